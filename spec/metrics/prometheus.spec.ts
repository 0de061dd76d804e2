import { describe, expect, it } from 'vitest'
import { contextOf, environment, ok, requests, tell } from './support'

const vector = (...values: string[]): unknown => ({
  status: 'success',
  data: { resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [1, value] })) },
})
const address = 'http://prometheus.example:9090'

describe('prometheus', () => {
  it('posts an instant query as a form and judges the values of a vector as a list', () => {
    const context = contextOf({ prometheus: { address, query: 'sum(up{a="b"})' } })
    const story = tell(context, [ok(vector('0.95', '+Inf'))])
    expect(requests(story)).toEqual([
      {
        method: 'POST',
        url: 'http://prometheus.example:9090/api/v1/query',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'query=sum%28up%7Ba%3D%22b%22%7D%29&time=1893499200',
        timeoutSeconds: 30,
        idempotent: true,
      },
    ])
    expect(context.judged).toEqual([{ resultType: '[]float64', result: [0.95, Number.POSITIVE_INFINITY] }])
    expect(story.outcome).toEqual({
      type: 'Prometheus',
      metadata: { ResolvedPrometheusQuery: 'sum(up{a="b"})' },
      measurement: {
        phase: 'Successful',
        startedAt: '2030-01-01T12:00:00Z',
        finishedAt: '2030-01-01T12:00:01Z',
        value: '[0.95,+Inf]',
      },
    })
  })

  it('asks once more with GET where POST is not allowed, in the time that is left', () => {
    const story = tell(contextOf({ prometheus: { address, query: 'up', timeout: 10 } }), [ok('', 405), ok(vector('1'))])
    const [, get] = requests(story)
    expect(get).toMatchObject({
      method: 'GET',
      url: `${address}/api/v1/query?query=up&time=1893499200`,
      timeoutSeconds: 9,
    })
    expect(story.outcome.measurement?.value).toBe('[1]')
  })

  it('takes a missing address from the environment, and says so where there is none', () => {
    const context = contextOf({ prometheus: { query: 'up' } })
    const found = tell(context, [
      environment({ ARGO_ROLLOUTS_PROMETHEUS_ADDRESS: 'http://env.example/base/' }),
      ok(vector('1')),
    ])
    expect(requests(found)[0]?.url).toBe('http://env.example/base/api/v1/query')
    expect(tell(context, [environment()]).outcome).toEqual({ error: 'prometheus address is not configured' })
  })

  it('gives up at once with a timeout of zero', () => {
    const { outcome, asks } = tell(contextOf({ prometheus: { address, query: 'up', timeout: 0 } }), [])
    expect(asks).toEqual([])
    expect(outcome.measurement?.message).toBe(`Post "${address}/api/v1/query": context deadline exceeded`)
  })

  it('fetches an OAuth 2 token first, by header and then by form, and keeps warnings', () => {
    const oauth2 = { tokenUrl: 'https://login.example/token', clientId: 'me', clientSecret: 'hush hush' }
    const context = contextOf({ prometheus: { address, query: 'up', authentication: { oauth2 } } })
    const token = ok({ access_token: 'tok-123', token_type: 'bearer' })
    const reply = ok({ ...(vector('1') as object), warnings: ['slow', 'old'] })
    const story = tell(context, [ok({ error: 'invalid_client' }, 401), token, reply])
    const [first, second, query] = requests(story)
    expect(first?.headers?.authorization).toBe('Basic bWU6aHVzaCtodXNo')
    expect(second?.body).toBe('client_id=me&client_secret=hush+hush&grant_type=client_credentials')
    expect(query?.headers?.authorization).toBe('Bearer tok-123')
    expect(story.outcome.measurement?.metadata).toEqual({ warnings: '"slow", "old"' })
  })

  it('fetches a second token for the GET where the first one is about to expire', () => {
    const oauth2 = { tokenUrl: 'https://login.example/token', clientId: 'me', clientSecret: 'hush hush' }
    const context = contextOf({ prometheus: { address, query: 'up', authentication: { oauth2 } } })
    const token = (text: string) => ok({ access_token: text, expires_in: 5 })
    const story = tell(context, [token('one'), ok('', 405), token('two'), ok(vector('1'))])
    expect(requests(story).map((one) => one.headers?.authorization)).toEqual([
      'Basic bWU6aHVzaCtodXNo',
      'Bearer one',
      'Basic bWU6aHVzaCtodXNo',
      'Bearer two',
    ])
  })

  it('shows the password to no other domain', () => {
    const basicAuth = { username: 'reader', password: 'hush-hush' }
    const context = contextOf({ prometheus: { address, query: 'up', authentication: { basicAuth } } })
    const redirect = (location: string) => ({ ...ok('', 307), headers: { location } })
    const story = tell(context, [
      redirect('/moved'),
      redirect('http://other.example/'),
      redirect('/x'),
      ok(vector('1')),
    ])
    expect(requests(story).map((one) => one.headers?.authorization !== undefined)).toEqual([true, true, false, false])
  })

  it('asks the host to sign for Amazon Managed Prometheus, and refuses the GET that upstream panics on', () => {
    const aws = 'https://aps-workspaces.eu-central-1.example/workspaces/ws-1'
    const sigv4 = { region: 'eu-central-1', roleArn: 'arn:role' }
    const context = contextOf({ prometheus: { address: aws, query: 'up', authentication: { sigv4 } } })
    const story = tell(context, [ok('', 403)])
    expect(requests(story)[0]?.sigv4).toEqual({ service: 'aps', region: 'eu-central-1', roleArn: 'arn:role' })
    expect(story.outcome.measurement?.phase).toBe('Error')
  })

  it('reads errors as the API client does', () => {
    const context = contextOf({ prometheus: { address, query: 'up' } })
    const message = (body: unknown, status: number) => tell(context, [ok(body, status)]).outcome.measurement?.message
    expect(message({ status: 'error', errorType: 'bad_data', error: 'parse error' }, 400)).toBe('bad_data: parse error')
    expect(message('no', 429)).toBe('client_error: client error: 429')
    expect(message('boom', 503)).toBe('server_error: server error: 503')
    expect(message('<html>', 200)).toMatch(/^bad_response: /)
    expect(message('{"status":"success","data":{"resultType":"vector","result":1e999}}', 200)).toMatch(
      /^bad_response: /,
    )
    expect(message(`${JSON.stringify(vector('1'))} x`, 200)).toMatch(/^bad_response: /)
    expect(message(`${JSON.stringify(vector('1'))}\0x`, 200)).toBeUndefined()
    expect(message({ status: 'success', data: { resultType: 'string', result: [1, 'a'] } }, 200)).toMatch(
      /^unmarshalerDecoder: /,
    )
  })

  it('evaluates a range with the language it is given', () => {
    const rangeQuery = { start: 'earlier', end: 'now()', step: '1m30s' }
    const context = contextOf(
      { prometheus: { address, query: 'up', rangeQuery } },
      {
        evaluateTime: (expression, now) =>
          expression === 'earlier' ? { time: '2030-01-01T11:00:00.5Z' } : { time: now },
      },
    )
    const matrix = {
      resultType: 'matrix',
      result: [
        {
          metric: {},
          values: [
            [1, '1'],
            [2, '2.5'],
          ],
        },
        { values: [[1, 'NaN']] },
      ],
    }
    const story = tell(context, [ok({ status: 'success', data: matrix })])
    expect(requests(story)[0]?.body).toBe('end=1893499200&query=up&start=1893495600.5&step=90')
    expect(story.outcome.measurement?.value).toBe('[1,2.5,NaN]')
    const broken = contextOf({ prometheus: { address, query: 'up', rangeQuery: { ...rangeQuery, step: '1 minute' } } })
    expect(tell(broken, []).outcome.measurement?.message).toBe(
      'failed to parse rangeQuery.step as duration: time: unknown unit " minute" in duration "1 minute"',
    )
  })
})
