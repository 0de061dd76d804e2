import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MetricsHost, measureAnalysisRun, measureWithFetch } from '../../src/adapters/measure'
import { metricConditions } from '../../src/metrics/conditions'
import type { AnalysisRun, Metric } from '../../src/model/analysis'

const now = '2030-01-01T00:00:00Z'
const host: MetricsHost = { now: () => now }
const metadata = { name: 'run', namespace: 'shop', uid: 'u' }

const runOf = (...metrics: Metric[]): AnalysisRun => ({ metadata, spec: { metrics } })

describe('metrics measured with fetch', () => {
  const seen: { readonly url: string; readonly authorization?: string }[] = []
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { authorization } = request.headers
    seen.push({ url: request.url ?? '', ...(authorization === undefined ? {} : { authorization }) })
    response.setHeader('content-type', 'application/json')
    if (request.url === '/token') response.end('{"access_token":"tok-123","token_type":"bearer"}')
    else if (request.url === '/api/v1/query') response.end(JSON.stringify(vector))
    else response.end('{"rate":0.97}')
  }
  const vector = { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [1, '0.97'] }] } }
  const server = createServer(answer)
  const at = { url: '' }
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    at.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const web = (more: object = {}): Metric => ({
    name: 'rate',
    successCondition: 'result > 0.95',
    provider: { web: { url: `${at.url}/rate`, jsonPath: '{$.rate}', ...more } },
  })
  const prometheus = (): Metric => ({
    name: 'success-rate',
    successCondition: 'result[0] > 0.95',
    provider: { prometheus: { address: at.url, query: 'rate' } },
  })
  const unreachable = (): Metric => ({ name: 'gone', provider: { web: { url: 'http://127.0.0.1:1/' } } })

  it('runs a provider to its end, tokens included, and logs nothing secret', async () => {
    const oauth2 = { tokenUrl: `${at.url}/token`, clientId: 'me', clientSecret: 'hush-hush' }
    const lines: string[] = []
    const context = { metric: web({ authentication: { oauth2 } }), run: { metadata }, ...metricConditions }
    const outcome = await measureWithFetch(context, { op: 'run' }, { ...host, log: (line) => lines.push(line) })
    expect(outcome.measurement).toMatchObject({ phase: 'Successful', value: '0.97' })
    expect(seen.at(-1)).toEqual({ url: '/rate', authorization: 'Bearer tok-123' })
    expect(lines).toEqual([`POST ${at.url}/…`, `GET ${at.url}/…`])
  })

  it('decides an AnalysisRun with real measurements', async () => {
    const first = await measureAnalysisRun(runOf(web(), prometheus()), host)
    expect(first.asks).toEqual([])
    expect(first.status).toMatchObject({ phase: 'Successful', runSummary: { count: 2, successful: 2 } })
    expect(first.status.metricResults?.map(({ measurements }) => measurements?.[0]?.value)).toEqual(['0.97', '[0.97]'])
  })

  it('makes measurements of phase Error of what cannot be reached, and looks again', async () => {
    const { status, requeueAfterSeconds } = await measureAnalysisRun(runOf(unreachable()), host)
    expect(status.metricResults?.[0]).toMatchObject({ phase: 'Running', error: 1, consecutiveError: 1 })
    expect(status.metricResults?.[0]?.measurements?.[0]?.message).toMatch(/^Get "http:\/\/127\.0\.0\.1:1\/": /)
    expect(requeueAfterSeconds).toBeGreaterThan(0)
  })

  it('reads the secrets that arguments and providers name', async () => {
    const args = [{ name: 'key', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } }]
    const headers = [{ key: 'Authorization', value: '{{args.key}}' }]
    const withSecret: AnalysisRun = { metadata, spec: { args, metrics: [web({ headers })] } }
    const readSecret = async (namespace: string, name: string) =>
      namespace === 'shop' && name === 'api' ? { token: 'hush-hush' } : undefined
    const { status } = await measureAnalysisRun(withSecret, { ...host, readSecret })
    expect(status.phase).toBe('Successful')
    expect(seen.at(-1)?.authorization).toBe('hush-hush')
    const without = await measureAnalysisRun(withSecret, host)
    expect(without.status).toMatchObject({ phase: 'Error', message: expect.stringContaining('"api" not found') })
    const broken = { ...host, readSecret: () => Promise.reject(new Error('vault is sealed')) }
    expect((await measureAnalysisRun(withSecret, broken)).status.message).toContain('vault is sealed')
    const influx = runOf({ name: 'm', provider: { influxdb: { query: 'q' } } })
    const results = (await measureAnalysisRun(influx, host)).status.metricResults
    expect(results?.[0]?.measurements?.[0]?.message).toBe('secrets "influxdb" not found')
  })

  it('gives providers the environment that the host shows, and no other', async () => {
    const hidden: Metric = { name: 'm', provider: { prometheus: { query: 'rate' } } }
    const messageWith = async (more: Partial<MetricsHost>) =>
      (await measureAnalysisRun(runOf(hidden), { ...host, ...more })).status.metricResults?.[0]?.measurements?.[0]
    expect((await messageWith({}))?.message).toBe('prometheus address is not configured')
    const environment = { ARGO_ROLLOUTS_PROMETHEUS_ADDRESS: at.url, OTHER: undefined }
    expect(await messageWith({ environment })).toMatchObject({ phase: 'Successful', value: '[0.97]' })
  })

  it('hands on what is no HTTP, and says so where nobody answers', async () => {
    const job = runOf({ name: 'm', provider: { job: { spec: {} } } })
    const messageOf = async (more: Partial<MetricsHost>) =>
      (await measureAnalysisRun(job, { ...host, ...more })).status.metricResults?.[0]?.measurements?.[0]
    expect((await messageOf({}))?.message).toBe('the host has no answer to questions of kind "kubernetes"')
    expect(await messageOf({ answer: async () => ({ kind: 'done' }) })).toMatchObject({ phase: 'Running' })
    expect((await messageOf({ answer: () => Promise.reject(new Error('no cluster')) }))?.message).toBe('no cluster')
  })

  it('waits where a provider wants to try again', async () => {
    const waited: number[] = []
    const secret = { 'personal-api-key': 'k', 'account-id': '1', 'base-url-nerdgraph': 'http://127.0.0.1:1/graphql' }
    const newRelic = runOf({ name: 'm', provider: { newRelic: { query: 'q' } } })
    const { status } = await measureAnalysisRun(newRelic, {
      ...host,
      readSecret: async () => secret,
      wait: async (seconds) => {
        waited.push(seconds)
      },
    })
    expect(waited).toEqual([1, 2, 4])
    expect(status.metricResults?.[0]?.measurements?.[0]?.message).toContain('giving up after 4 attempt(s)')
  })
})
