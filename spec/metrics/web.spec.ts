import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/model/json'
import { contextOf, ok, requests, tell } from './support'

const url = 'https://metrics.example/health?window=5m'
const web = (more: JsonObject = {}) => contextOf({ web: { url, ...more } })

describe('web', () => {
  it('gets a URL and judges the first hit of the JSONPath', () => {
    const context = web({ jsonPath: '{$.data.rate}' })
    const story = tell(context, [ok({ data: { rate: 0.5, label: 'x' } })])
    expect(requests(story)).toEqual([{ method: 'GET', url, timeoutSeconds: 10 }])
    expect(context.judged).toEqual([{ resultType: 'json', result: 0.5 }])
    expect(story.outcome.measurement?.value).toBe('0.5')
  })

  it('judges a body that is no JSON as text, whatever the path', () => {
    const context = web({ jsonPath: '{$.a}' })
    expect(tell(context, [ok('all fine')]).outcome.measurement?.value).toBe('all fine')
    expect(context.judged).toEqual([{ resultType: 'string', result: 'all fine' }])
  })

  it('has no body where HTTP has none: after HEAD, with 204 and 304', () => {
    const judgedAs = (more: JsonObject, status: number) => {
      const context = web(more)
      return { ...tell(context, [{ ...ok('{"a":1}', status), bodyError: 'timeout' }]), judged: context.judged }
    }
    expect(judgedAs({ method: 'HEAD' }, 200).judged).toEqual([{ resultType: 'string', result: '' }])
    expect(judgedAs({}, 204).judged).toEqual([{ resultType: 'string', result: '' }])
    expect(judgedAs({}, 304).outcome.measurement?.message).toBe('received non 2xx response code: 304')
  })

  it('prints the value as Go prints JSON: sorted keys, escaped HTML', () => {
    const { outcome } = tell(web(), [ok('{"b":"<&>","a":[1.0,-0,1e21],"A":null}')])
    expect(outcome.measurement?.value).toBe('{"A":null,"a":[1,-0,1e+21],"b":"\\u003c\\u0026\\u003e"}')
  })

  it('sends a JSON body with its content type, over headers of other spelling', () => {
    const headers = [
      { key: 'content-type', value: 'text/plain' },
      { key: 'x-a', value: '1' },
      { key: 'X-A', value: '2' },
    ]
    const story = tell(web({ method: 'POST', jsonBody: { q: [1, null] }, headers }), [ok({})])
    expect(requests(story)[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-a': '2' },
      body: '{"q":[1,null]}',
    })
  })

  it('refuses what cannot be sent, with the words of Go', () => {
    const message = (more: JsonObject) => tell(web(more), []).outcome.measurement?.message
    expect(message({ body: 'x' })).toBe('Body/JSONBody can only be used with POST or PUT WebMetric Method types')
    expect(message({ method: 'BAD METHOD' })).toBe('net/http: invalid method "BAD METHOD"')
    expect(message({ url: 'metrics.example/x' })).toBe('Get "metrics.example/x": unsupported protocol scheme ""')
    expect(message({ url: '://x' })).toBe('parse "://x": missing protocol scheme')
    expect(message({ headers: [{ key: 'X-Y', value: 'a\nb' }] })).toBe(
      `Get "${url}": net/http: invalid header field value for "X-Y"`,
    )
    expect(tell(web({ jsonPath: '{$.a[?(]}' }), []).outcome).toEqual({ error: 'unterminated filter' })
  })

  it('turns what comes back wrong into errors', () => {
    const message = (answer: Parameters<typeof tell>[1][number]) => tell(web(), [answer]).outcome.measurement?.message
    expect(message(ok('{}', 301))).toBe('received non 2xx response code: 301')
    expect(message({ kind: 'failed', message: 'EOF' })).toBe(`Get "${url}": EOF`)
    expect(message({ kind: 'timeout' })).toBe(
      `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    )
    expect(message({ kind: 'http', status: 200, body: '{', bodyError: 'unexpected EOF' })).toBe(
      'Received no bytes in response: unexpected EOF',
    )
    expect(message(ok('null'))).toBe('the body is null: there is no result to judge')
  })

  it('lets the time of a timeout pass even where the host forgets to', () => {
    const { outcome } = tell(web({ timeoutSeconds: 5 }), [{ kind: 'timeout' }])
    expect(outcome.measurement?.finishedAt).toBe('2030-01-01T12:00:05Z')
  })

  it('follows redirects as the client does: GET, no body headers, credentials only within the domain', () => {
    const redirect = (location: string, status: number) => ({ ...ok('', status), headers: { location } })
    const context = web({
      method: 'POST',
      jsonBody: {},
      headers: [
        { key: 'Authorization', value: 'Bearer abc' },
        { key: 'X-Kept', value: '1' },
      ],
    })
    const story = tell(context, [
      redirect('/elsewhere', 307),
      redirect('https://sub.metrics.example/b', 302),
      redirect('https://other.example/c?d=e', 302),
      ok({ v: 1 }),
    ])
    expect(
      requests(story).map(({ method, url: to, headers, body }) => [method, to, Object.keys(headers ?? {}), body]),
    ).toEqual([
      ['POST', url, ['authorization', 'x-kept', 'content-type'], '{}'],
      ['POST', 'https://metrics.example/elsewhere', ['authorization', 'x-kept', 'content-type', 'referer'], '{}'],
      ['GET', 'https://sub.metrics.example/b', ['authorization', 'x-kept', 'referer'], undefined],
      ['GET', 'https://other.example/c?d=e', ['x-kept', 'referer'], undefined],
    ])
  })

  it('gives back neither body nor credentials once a hop has taken them', () => {
    const redirect = (location: string, status: number) => ({ ...ok('', status), headers: { location } })
    const headers = [{ key: 'Authorization', value: 'Bearer abc' }]
    const story = tell(web({ method: 'POST', body: 'x', headers }), [
      redirect('/a', 303),
      redirect('https://Metrics.example/b', 308),
      redirect('https://metrics.example/c', 307),
      ok({ v: 1 }),
    ])
    expect(requests(story).map((one) => [one.method, one.body, one.headers?.authorization])).toEqual([
      ['POST', 'x', 'Bearer abc'],
      ['GET', undefined, 'Bearer abc'],
      ['GET', undefined, undefined],
      ['GET', undefined, undefined],
    ])
  })

  it('stops after ten redirects', () => {
    const again = { ...ok('', 302), headers: { Location: '/again' } }
    const { outcome } = tell(
      web(),
      Array.from({ length: 10 }, () => again),
    )
    expect(outcome.measurement?.message).toBe('Get "/again": stopped after 10 redirects')
  })

  it('authenticates with the user of the URL and never shows the password', () => {
    const context = contextOf({ web: { url: 'http://me:sesame@h/x' } })
    const story = tell(context, [{ kind: 'failed', message: 'EOF' }])
    expect(requests(story)[0]).toMatchObject({ url: 'http://h/x', headers: { authorization: 'Basic bWU6c2VzYW1l' } })
    expect(story.outcome.measurement?.message).toBe('Get "http://me:***@h/x": EOF')
  })
})
