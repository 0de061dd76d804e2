import { describe, expect, it } from 'vitest'
import type { HttpAnswer, ProviderAnswer } from '../../src/metrics/exchange/ask'
import type { JsonObject } from '../../src/model/json'
import { contextOf, environment, ok, requests, type Story, secret, tell } from './support'

const newRelic = (config: JsonObject = {}) => contextOf({ newRelic: { query: 'SELECT count(*) FROM T', ...config } })
const keysAlone = (more: Record<string, string> = {}) =>
  secret({ 'personal-api-key': 'NRAK-1234', 'account-id': '42', ...more })
const keys = (more: Record<string, string> = {}, serviceName = '') => [
  keysAlone(more),
  environment(serviceName === '' ? {} : { NEW_RELIC_SERVICE_NAME: serviceName }),
]
const rows = (...results: unknown[]): HttpAnswer => ok({ data: { actor: { account: { nrql: { results } } } } })
const waited: ProviderAnswer = { kind: 'waited' }
const waits = (story: Story): readonly number[] =>
  story.asks.flatMap((ask) => (ask.kind === 'wait' ? [ask.seconds] : []))

describe('new relic', () => {
  it('posts the query to NerdGraph and judges the row', () => {
    const context = newRelic({ timeout: 8 })
    const story = tell(context, [...keys(), rows({ count: 5, name: 'a' })])
    const [request] = requests(story)
    expect(request).toMatchObject({ method: 'POST', url: 'https://api.newrelic.com/graphql', timeoutSeconds: 30 })
    expect(request?.headers?.['api-key']).toBe('NRAK-1234')
    expect(JSON.parse(request?.body ?? '').variables).toEqual({
      accountId: 42,
      query: 'SELECT count(*) FROM T',
      timeout: 8,
    })
    expect(context.judged).toEqual([{ resultType: 'NRDBResult', result: { count: 5, name: 'a' } }])
    expect(story.outcome).toMatchObject({
      type: 'NewRelic',
      metadata: { ResolvedNewRelicQuery: 'SELECT count(*) FROM T' },
      measurement: { phase: 'Successful', value: '{"count":5,"name":"a"}' },
    })
  })

  it('names the service that asks, as the environment calls it', () => {
    const headersOf = (name: string) => requests(tell(newRelic(), [...keys({}, name), rows({ a: 1 })]))[0]?.headers
    expect(headersOf('')).toMatchObject({ 'newrelic-requesting-services': 'newrelic-client-go' })
    expect(headersOf('shop')).toMatchObject({
      'newrelic-requesting-services': 'shop|newrelic-client-go',
      'x-query-source-component-id': 'shop|newrelic-client-go',
    })
    expect(headersOf('terraform-provider-newrelic')).toMatchObject({ 'x-query-source-capability-id': 'TERRAFORM' })
  })

  it('judges the list where there are several rows', () => {
    const context = newRelic()
    const { measurement } = tell(context, [...keys(), rows({ a: 1 }, { a: 2 })]).outcome
    expect(context.judged).toEqual([{ resultType: '[]NRDBResult', result: [{ a: 1 }, { a: 2 }] }])
    expect(measurement?.value).toBe('[{"a":1},{"a":2}]')
  })

  it('shows a row that is null as it is, and judges it as one without members', () => {
    const context = newRelic()
    const { measurement } = tell(context, [...keys(), rows(null, { a: 2 })]).outcome
    expect(context.judged).toEqual([{ resultType: '[]NRDBResult', result: [{}, { a: 2 }] }])
    expect(measurement?.value).toBe('[null,{"a":2}]')
    expect(tell(newRelic(), [...keys(), rows(null)]).outcome.measurement?.phase).toBe('Error')
  })

  it('finds no result in no row and in one empty row', () => {
    for (const answer of [rows(), rows({}), ok({}), ok({ data: null })]) {
      expect(tell(newRelic(), [...keys(), answer]).outcome.measurement).toMatchObject({
        phase: 'Error',
        message: 'no results returned from NRQL query',
      })
    }
  })

  it('waits 1, 2 and 4 seconds between four attempts, then gives up', () => {
    const bad = ok('', 502)
    const story = tell(newRelic(), [...keys(), bad, waited, bad, waited, bad, waited, bad])
    expect(waits(story)).toEqual([1, 2, 4])
    expect(story.outcome.measurement).toMatchObject({
      phase: 'Error',
      message: 'POST https://api.newrelic.com/graphql giving up after 4 attempt(s)',
    })
  })

  it('waits as long as an overloaded server wants', () => {
    const busy: HttpAnswer = { kind: 'http', status: 429, headers: { 'Retry-After': '7' }, body: '' }
    // Asked one second past noon, answered two seconds past noon.
    const until: HttpAnswer = {
      kind: 'http',
      status: 503,
      headers: { 'retry-after': 'Tue, 01 Jan 2030 12:00:30 GMT' },
      body: '',
    }
    expect(waits(tell(newRelic(), [...keys(), busy, waited, rows({ a: 1 })]))).toEqual([7])
    expect(waits(tell(newRelic(), [...keys(), until, waited, rows({ a: 1 })]))).toEqual([27])
  })

  it('repeats a query that NerdGraph says has timed out', () => {
    const passing = ok({ errors: [{ message: 'slow', extensions: { errorClass: 'TIMEOUT' } }] })
    const answers: ProviderAnswer[] = [...keys(), passing, waited, passing, waited, passing, waited, passing]
    const story = tell(newRelic(), answers)
    expect(waits(story)).toEqual([1, 2, 4])
    expect(story.outcome.measurement?.message).toBe('maximum retries reached: slow')
  })

  it('passes on what NerdGraph and the server refuse', () => {
    const message = (answer: HttpAnswer): string | undefined =>
      tell(newRelic(), [...keys(), answer]).outcome.measurement?.message
    expect(message(ok({ errors: [{ message: 'NRQL Syntax Error' }] }))).toBe('NRQL Syntax Error')
    expect(message(ok('', 404))).toBe('resource not found')
    expect(message(ok('', 402))).toBe('Payment Required')
    expect(message(ok({ errors: [{ message: 'x' }] }, 401))).toMatch(/Invalid credentials provided/)
    expect(message(ok({ errors: [{ message: 'x' }] }, 400))).toBe('400 response returned: x')
  })

  it('goes to the region, or to the address, of the secret', () => {
    const url = (more: Record<string, string>): string | undefined =>
      requests(tell(newRelic(), [...keys(more), rows({ a: 1 })]))[0]?.url
    expect(url({ region: 'EU' })).toBe('https://api.eu.newrelic.com/graphql')
    expect(url({ region: 'nowhere' })).toBe('https://api.newrelic.com/graphql')
    expect(url({ 'base-url-nerdgraph': 'https://own.example/g/' })).toBe('https://own.example/g')
  })

  it('has no provider without key and account', () => {
    const error = (data: Record<string, string>): string | undefined => tell(newRelic(), [secret(data)]).outcome.error
    expect(error({ 'account-id': '42' })).toBe('account ID or personal API key not found')
    expect(error({ 'personal-api-key': 'k', 'account-id': 'x' })).toBe(
      'could not parse account ID: strconv.Atoi: parsing "x": invalid syntax',
    )
  })
})
