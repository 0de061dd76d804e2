import { describe, expect, test } from 'vitest'
import { type FetchReply, type MetricsHost, measureAnalysisRun } from '../../src/adapters/index'
import { hideSecrets } from '../../src/metrics/index'
import type { AnalysisRun, Metric } from '../../src/model/analysis'
import { fc } from '../properties/fc'
import { formsOf, secretArbitrary, textsOf } from './secretForms'

// Secrets with every awkward character, in every place where an argument can go, against servers that answer with what they were
// sent: nothing that people read holds the secret in any form.

const now = '2030-01-01T00:00:00Z'
const tag = '{{args.token}}'

const places: Readonly<Record<string, Metric['provider']>> = {
  'web path': { web: { url: `http://h.example/a/${tag}/b`, jsonPath: '{$.x}' } },
  'web query': { web: { url: `http://h.example/a?t=${tag}` } },
  'web user': { web: { url: `http://${tag}:${tag}@h.example/` } },
  'web host': { web: { url: `http://${tag}/` } },
  'web whole url': { web: { url: tag } },
  'web header': { web: { url: 'http://h.example/', headers: [{ key: 'X-Any', value: `Bearer ${tag}` }] } },
  'web header name': { web: { url: 'http://h.example/', headers: [{ key: tag, value: 'x' }] } },
  'web body': { web: { url: 'http://h.example/', method: 'POST', body: `t=${tag}` } },
  'web method': { web: { url: 'http://h.example/', method: tag } },
  'web json body': { web: { url: 'http://h.example/', method: 'POST', jsonBody: { t: tag } } },
  'web json path': { web: { url: 'http://h.example/', jsonPath: `{$.${tag}}` } },
  'web oauth2': {
    web: {
      url: 'http://h.example/',
      authentication: { oauth2: { tokenUrl: 'http://h.example/t', clientId: 'me', clientSecret: tag } },
    },
  },
  'prometheus query': { prometheus: { address: 'http://h.example', query: `up{t="${tag}"}` } },
  'prometheus address': { prometheus: { address: `http://${tag}`, query: 'up' } },
  'prometheus basic': {
    prometheus: {
      address: 'http://h.example',
      query: 'up',
      authentication: { basicAuth: { username: 'me', password: tag } },
    },
  },
  'prometheus range': {
    prometheus: { address: 'http://h.example', query: 'up', rangeQuery: { start: tag, end: 'now()', step: '1m' } },
  },
  'prometheus step': {
    prometheus: { address: 'http://h.example', query: 'up', rangeQuery: { start: 'now()', end: 'now()', step: tag } },
  },
  'datadog query': { datadog: { query: tag, apiVersion: 'v1' } },
  'datadog v2': { datadog: { query: tag, apiVersion: 'v2', interval: '5m' } },
  'datadog interval': { datadog: { query: 'q', interval: tag } },
  'newRelic query': { newRelic: { query: tag } },
  'wavefront query': { wavefront: { address: 'h.example', query: tag } },
  'graphite query': { graphite: { address: 'http://h.example', query: tag } },
  'influxdb query': { influxdb: { query: tag } },
  'skywalking query': { skywalking: { address: 'http://h.example', query: tag } },
  kayenta: {
    kayenta: {
      address: `http://h.example/${tag}`,
      application: tag,
      canaryConfigName: tag,
      metricsAccountName: tag,
      configurationAccountName: tag,
      storageAccountName: tag,
      threshold: { pass: 90, marginal: 75 },
      scopes: [],
    },
  },
  'kayenta scope': {
    kayenta: {
      address: 'http://h.example',
      application: 'shop',
      canaryConfigName: 'config',
      metricsAccountName: 'm',
      configurationAccountName: 'c',
      storageAccountName: 's',
      threshold: { pass: 90, marginal: 75 },
      scopes: [
        {
          name: 'default',
          controlScope: { scope: tag, region: tag, step: 60, start: tag, end: tag },
          experimentScope: { scope: tag, region: tag, step: 60, start: tag, end: tag },
        },
      ],
    },
  },
  'wavefront address': { wavefront: { address: tag, query: 'q' } },
  'graphite address': { graphite: { address: `http://${tag}/`, query: 'q' } },
  'skywalking address': { skywalking: { address: `http://${tag}`, query: 'q' } },
  'influxdb profile': { influxdb: { profile: tag, query: 'q' } },
  'newRelic profile': { newRelic: { profile: tag, query: 'q' } },
  'prometheus header': {
    prometheus: { address: 'http://h.example', query: 'up', headers: [{ key: 'X-Scope', value: tag }] },
  },
  'prometheus oauth2': {
    prometheus: {
      address: 'http://h.example',
      query: 'up',
      authentication: { oauth2: { tokenUrl: `http://${tag}/t`, clientId: tag, clientSecret: tag, scopes: [tag] } },
    },
  },
  'datadog formula': { datadog: { queries: { a: tag }, formula: `a * ${tag}`, apiVersion: 'v2' } },
  cloudWatch: {
    cloudWatch: { interval: '5m', metricDataQueries: [{ id: tag, expression: tag, label: tag }] },
  },
  'job environment': {
    job: {
      metadata: { annotations: { token: tag } },
      spec: {
        template: {
          spec: { containers: [{ name: 'c', image: 'i', args: [tag], env: [{ name: 'TOKEN', value: tag }] }] },
        },
      },
    },
  },
  plugin: { plugin: { 'x/y': { token: tag } } },
} as unknown as Readonly<Record<string, Metric['provider']>>

const conditions: readonly Partial<Metric>[] = [
  {},
  { successCondition: `result == "${tag}"` },
  { successCondition: tag },
  { failureCondition: `result.${tag} > 1` },
]

/** What a server says that has seen the request. */
interface Server {
  readonly status: number
  readonly body: (request: string) => string
}
const servers: readonly Server[] = [
  { status: 200, body: (request) => request },
  { status: 200, body: (request) => JSON.stringify({ x: request, status: 'error', error: request }) },
  { status: 200, body: () => '{"x": 1}' },
  { status: 200, body: () => 'not json' },
  { status: 401, body: (request) => `denied: ${encodeURIComponent(request)}` },
  { status: 500, body: (request) => JSON.stringify(JSON.stringify({ seen: request })) },
]

const replyOf = ({ status, body }: Server, request: string): FetchReply => {
  const bytes = new TextEncoder().encode(body(request))
  const parts = [bytes]
  return {
    status,
    statusText: '',
    headers: { forEach: () => {} },
    body: {
      getReader: () => ({
        read: async () => {
          const value = parts.shift()
          return value ? { done: false, value } : { done: true }
        },
      }),
    },
  }
}

const networkError = (message: string): Error =>
  new Error('fetch failed', { cause: Object.assign(new Error(message), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }) })

const runOf = (provider: Metric['provider'], more: Partial<Metric>): AnalysisRun => ({
  metadata: { name: 'run', namespace: 'shop', uid: 'u' },
  spec: {
    args: [{ name: 'token', valueFrom: { secretKeyRef: { name: 'creds', key: 'token' } } }],
    metrics: [{ name: 'm', provider, ...more }],
  },
})

async function shownBy(run: AnalysisRun, secret: string, server: Server, fails: boolean): Promise<readonly string[]> {
  const lines: string[] = []
  const host: MetricsHost = {
    now: () => now,
    wait: async () => {},
    log: (line) => void lines.push(line),
    environment: { DD_API_KEY: secret, DD_APP_KEY: secret, DD_ADDRESS: 'http://h.example' },
    readSecret: async () => ({
      token: secret,
      'personal-api-key': secret,
      'account-id': '1',
      authToken: secret,
      org: 'o',
      address: 'http://h.example',
      'h.example': secret,
    }),
    answer: async (ask) => {
      if (fails) throw new Error(`plugin broke: ${JSON.stringify(ask)}`)
      const text = JSON.stringify(ask)
      const measurement = { phase: 'Error', message: text, value: text, metadata: { [text]: text } } as const
      return { kind: 'plugin', measurement, metadata: { config: text } }
    },
    fetch: async (url, options) => {
      const request = `${url} ${JSON.stringify(options?.headers)} ${String(options?.body)}`
      if (fails) throw networkError(`getaddrinfo ENOTFOUND ${url}`)
      return replyOf(server, request)
    },
  }
  let status = run.status
  const shown: string[] = []
  for (let round = 0; round < 2; round++) {
    const decision = await measureAnalysisRun({ ...run, status }, host)
    status = decision.status
    shown.push(...textsOf(decision))
  }
  return [...shown, ...lines]
}

describe('secrets', () => {
  test.each(Object.keys(places))('in the place "%s" are shown nowhere', async (place) => {
    const provider = places[place] as Metric['provider']
    await fc.assert(
      fc.asyncProperty(
        secretArbitrary,
        fc.constantFrom(...conditions),
        fc.constantFrom(...servers),
        fc.boolean(),
        async (secret, condition, server, fails) => {
          const shown = await shownBy(runOf(provider, condition), secret, server, fails)
          for (const form of formsOf(secret)) {
            for (const text of shown)
              if (text.includes(form)) throw new Error(`${JSON.stringify(form)} in ${JSON.stringify(text)}`)
          }
        },
      ),
      { numRuns: 18, seed: 20300101 },
    )
  })

  test('in the name of a metric are shown nowhere, and the metric is measured once', async () => {
    const run = runOf({ web: { url: 'http://h.example/' } } as Metric['provider'], { name: `m-${tag}` })
    const shown = await shownBy(run, 'hush-hush-42', servers[2] as Server, false)
    expect(shown.filter((text) => text.includes('hush-hush'))).toEqual([])
    expect(shown).toContain('m-temp-for-secret')
  })

  test('stay where the controller leaves them if the host says so', async () => {
    const run = runOf(
      { prometheus: { address: 'http://h.example', query: `up{t="${tag}"}` } } as Metric['provider'],
      {},
    )
    const fetch = async () => replyOf({ status: 200, body: () => '{}' }, '')
    const host: MetricsHost = { now: () => now, fetch, readSecret: async () => ({ token: 'hush-hush-42' }) }
    const open = await measureAnalysisRun(run, { ...host, showSecrets: true })
    expect(open.status.metricResults?.[0]?.metadata).toEqual({ ResolvedPrometheusQuery: 'up{t="hush-hush-42"}' })
    const hidden = await measureAnalysisRun(run, host)
    expect(hidden.status.metricResults?.[0]?.metadata).toEqual({ ResolvedPrometheusQuery: 'up{t="*****"}' })
  })

  test.each([
    ['hush\n', 'token hush!', 'token *****!'],
    ['a"b\\c', 'Get "http://h/a\\"b\\\\c": EOF', 'Get "http://h/*****": EOF'],
    ['é t é', 'http://h/%C3%A9%20t%20%C3%A9 and %c3%a9+t+%c3%a9', 'http://h/***** and *****'],
    ['hush-hush', 'Basic bWU6aHVzaC1odXNo', 'Basic bWU6*****'],
    ['Hush-Hush', 'lookup hush-hush: no such host', 'lookup *****: no such host'],
    ['one line\nanother', 'invalid: another', 'invalid: *****'],
    ['abc', 'abc', 'abc'],
    ['', 'nothing', 'nothing'],
    ['\n\n', 'a\n\nb', 'a\n\nb'],
  ])('hideSecrets takes %j out of %j', (secret, text, expected) => {
    expect(hideSecrets(text, [secret])).toBe(expected)
  })

  test('hideSecrets bears texts and secrets that were made to cost much', () => {
    const backslashes = '\\'.repeat(2000)
    expect(hideSecrets(`${'\\'.repeat(60_000)}!`, [`${backslashes}x`]).length).toBeLessThan(70_000)
    expect(hideSecrets('a'.repeat(60_000), [`${'a'.repeat(4000)}b`])).toContain('*****')
    expect(hideSecrets(' '.repeat(60_000), [`a${' '.repeat(4000)}b`]).length).toBe(60_000)
  })
})
