import { describe, expect, it } from 'vitest'
import { contextOf, ok, requests, tell } from './support'

const context = () =>
  contextOf({
    skywalking: { address: 'http://sky.example', interval: '90m', query: 'query q($duration: Duration!) {}' },
  })

describe('skywalking', () => {
  it('posts the query with a duration in minutes', () => {
    const sky = context()
    const story = tell(sky, [ok({ data: { service: 0.5, list: [1, 2] } })])
    const [request] = requests(story)
    expect(request).toMatchObject({ method: 'POST', url: 'http://sky.example/graphql', timeoutSeconds: 30 })
    expect(JSON.parse(request?.body ?? '')).toEqual({
      query: 'query q($duration: Duration!) {}',
      variables: { duration: { start: '2030-01-01 1030', end: '2030-01-01 1200', step: 'MINUTE' } },
    })
    expect(sky.judged).toEqual([{ resultType: 'json', result: { service: 0.5, list: [1, 2] } }])
    expect(story.outcome).toMatchObject({ type: 'skywalking', measurement: { value: '{"list":[1,2],"service":0.5}' } })
  })

  it('does not look at the HTTP status', () => {
    expect(tell(context(), [ok({ data: {} }, 500)]).outcome.measurement?.phase).toBe('Successful')
  })

  it('passes on errors of GraphQL, of the reply and of the network', () => {
    const message = (body: unknown): string | undefined => tell(context(), [ok(body)]).outcome.measurement?.message
    expect(message({ errors: [{ message: 'no such field' }, { message: 'x' }] })).toBe('graphql: no such field')
    expect(message({ data: null })).toBe('no results returned from SkyWalking query')
    expect(message('<html>')).toMatch(/^decoding response: invalid character '<'/)
    expect(tell(context(), [{ kind: 'timeout' }]).outcome.measurement?.message).toBe(
      'Post "http://sky.example/graphql": context deadline exceeded',
    )
  })

  it('needs an interval that can be read', () => {
    expect(tell(contextOf({ skywalking: { interval: '1 hour' } }), []).outcome.error).toBe(
      'time: unknown unit " hour" in duration "1 hour"',
    )
  })
})
