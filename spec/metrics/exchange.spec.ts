import { describe, expect, it } from 'vitest'
import type { ProviderAnswer } from '../../src/metrics/exchange/ask'
import { describeAsk } from '../../src/metrics/exchange/describeAsk'
import { continueExchange, type Exchange, errorMeasurement, startExchange } from '../../src/metrics/exchange/exchange'
import { interpret, request } from '../../src/metrics/request'
import { contextOf, noon, ok, secret } from './support'

const oauth2 = { tokenUrl: 'https://login.example/token', clientId: 'id', clientSecret: 'client-secret' }
const web = () =>
  contextOf({ web: { url: 'https://a.example/health', jsonPath: '{$.rate}', authentication: { oauth2 } } })
const plain = () => contextOf({ web: { url: 'https://a.example/health' } })
const token = ok({ access_token: 'token-1', token_type: 'bearer', expires_in: 3600 })
const later = '2030-01-01T12:00:01Z'

function asked(exchange: Exchange): Extract<Exchange, { kind: 'ask' }> {
  if (exchange.kind !== 'ask') throw new Error(`done: ${JSON.stringify(exchange.outcome)}`)
  return exchange
}

describe('an exchange', () => {
  it('can be stored as JSON between any two questions, and goes on the same', () => {
    const first = asked(startExchange(web(), { op: 'run' }, noon))
    const restored = JSON.parse(JSON.stringify(first.state))
    expect(restored).toEqual(first.state)
    const second = asked(continueExchange(web(), restored, token, later))
    expect(second).toEqual(asked(continueExchange(web(), first.state, token, later)))
    expect(second.ask).toMatchObject({ request: { headers: { authorization: 'Bearer token-1' } } })
    const end = continueExchange(web(), JSON.parse(JSON.stringify(second.state)), ok({ rate: 1 }), later)
    expect(end).toMatchObject({ kind: 'done', outcome: { measurement: { phase: 'Successful', value: '1' } } })
  })

  it('can be branched: a state is never used up', () => {
    const { state } = asked(startExchange(plain(), { op: 'run' }, noon))
    const good = continueExchange(plain(), state, ok({ rate: 1 }), later)
    const bad = continueExchange(plain(), state, { kind: 'failed', message: 'down' }, later)
    expect(continueExchange(plain(), state, ok({ rate: 1 }), later)).toEqual(good)
    expect(bad).toMatchObject({ kind: 'done', outcome: { measurement: { phase: 'Error' } } })
  })

  it('takes a clock that runs backwards for one that stands still', () => {
    const { state } = asked(startExchange(plain(), { op: 'run' }, noon))
    const early = '2029-01-01T00:00:00Z'
    const end = continueExchange(plain(), state, { kind: 'failed', message: 'down' }, early)
    expect(end).toMatchObject({ outcome: { measurement: { startedAt: noon, finishedAt: noon } } })
  })

  it('ends in an error where the host gives no time', () => {
    const exchange = startExchange(web(), { op: 'run' }, 'noon')
    expect(exchange).toMatchObject({ kind: 'done', outcome: { error: expect.stringContaining('RFC 3339') } })
  })

  it('takes an answer that makes no sense for a failure', () => {
    const { state } = asked(startExchange(plain(), { op: 'run' }, noon))
    const message = (answer: unknown): string => {
      const end = continueExchange(plain(), state, answer as ProviderAnswer, later)
      return end.kind === 'done' ? (end.outcome.measurement?.message ?? '') : 'one more question'
    }
    expect(message(null)).toContain('the host gave no answer of a known kind')
    expect(message({ kind: 'constructor' })).toContain('the host gave no answer of a known kind')
    expect(message({ kind: 'http', status: '200', body: '' })).toContain('the host gave a malformed "http" answer')
    expect(message({ kind: 'http', status: 200 })).toContain('the host gave a malformed "http" answer')
    expect(message({ kind: 'waited' })).toContain('the host answered "waited" to a question of kind "http"')
  })

  it('has the measurement for a metric without provider', () => {
    expect(errorMeasurement('no provider', noon)).toEqual({
      phase: 'Error',
      message: 'no provider',
      startedAt: noon,
      finishedAt: noon,
    })
  })
})

describe('describeAsk', () => {
  it('leaves out whatever may be secret', () => {
    const { ask } = asked(continueExchange(web(), asked(startExchange(web(), { op: 'run' }, noon)).state, token, later))
    expect(describeAsk(ask)).toBe('GET https://a.example/…')
    expect(describeAsk({ kind: 'http', request: { method: 'GET', url: 'http://h/p?token=t' } })).toBe('GET http://h/…')
    expect(describeAsk({ kind: 'secret', namespace: 'a', name: 'b' })).toBe('secret a/b')
    expect(describeAsk({ kind: 'wait', seconds: 2 })).toBe('wait 2 s')
  })
})

describe('request and interpret', () => {
  const datadog = contextOf({ datadog: { apiVersion: 'v1', query: 'q', interval: '5m' } })
  const secrets = [{ namespace: 'argo-rollouts', name: 'datadog', data: { 'api-key': 'a-key', 'app-key': 'b-key' } }]

  it('answer what is known, and hand out what has to be sent', () => {
    const pending = request(datadog, { secrets }, noon)
    if (pending.kind !== 'request') throw new Error('done')
    expect(pending.http?.headers).toMatchObject({ 'dd-api-key': 'a-key' })
    const end = interpret(datadog, { secrets }, pending, ok({ series: [{ pointlist: [[1, 0.5]] }] }), later)
    expect(end).toMatchObject({ kind: 'done', outcome: { measurement: { value: '0.5' } } })
  })

  it('prefer the environment where it is complete', () => {
    const environment = { DD_API_KEY: 'e-key', DD_APP_KEY: 'f-key', DD_ADDRESS: 'https://dd.example', PATH: 'x' }
    expect(request(datadog, { secrets, environment }, noon)).toMatchObject({
      http: { headers: { 'dd-api-key': 'e-key' } },
    })
  })

  it('are done at once where a secret is missing', () => {
    expect(request(datadog, {}, noon)).toEqual({
      kind: 'done',
      outcome: { error: 'failed to find the credentials for datadog metrics provider' },
    })
  })

  // A sparse list takes no memory, but walking it took six minutes.
  it('count secrets of an impossible number as none', () => {
    const endless: never[] = []
    endless.length = 2 ** 32 - 1
    expect(request(datadog, { secrets: endless }, noon)).toMatchObject({ kind: 'done' })
    expect(request(datadog, { secrets: 'x', environment: [1] } as never, noon)).toMatchObject({ kind: 'done' })
  })

  it('give the next request where one is not enough', () => {
    const first = request(web(), {}, noon)
    if (first.kind !== 'request') throw new Error('done')
    expect(first.http?.url).toBe('https://login.example/token')
    expect(interpret(web(), {}, first, token, later)).toMatchObject({ http: { url: 'https://a.example/health' } })
  })

  it('hand out what is no HTTP request as well', () => {
    const cloudWatch = contextOf({ cloudWatch: { metricDataQueries: [] } })
    expect(request(cloudWatch, {}, noon)).toMatchObject({ other: { kind: 'aws', operation: 'GetMetricData' } })
    const newRelic = contextOf({ newRelic: { query: 'q' } })
    const data = secret({ 'personal-api-key': 'nr-key', 'account-id': '1' }) as { data: Record<string, string> }
    const known = { secrets: [{ namespace: 'argo-rollouts', name: 'newrelic', data: data.data }] }
    const pending = request(newRelic, known, noon)
    if (pending.kind !== 'request') throw new Error('done')
    expect(interpret(newRelic, known, pending, ok('', 500), later)).toMatchObject({
      other: { kind: 'wait', seconds: 1 },
    })
  })
})
