import { describe, expect, test } from 'vitest'
import type { AnalysisTemplate, Metric } from '../../src/model/analysis'
import type { Series } from '../../src/model/series'
import { replayAnalysis, simulate } from '../../src/simulate/index'
import { formsOf, secretArbitrary, textsOf } from '../adapters/secretForms'
import { fc } from '../properties/fc'
import { propertySeed } from '../properties/seed'

// Issue 12, item 5, for what is simulated and replayed: nobody asks a server, but conditions, names and limits of a metric can hold an
// argument, and what is said about them is read.

const tag = '{{args.token}}'
const web = (more: object = {}): Metric['provider'] => ({ web: { url: 'http://h.example/', ...more } })

const places: Readonly<Record<string, Partial<Metric>>> = {
  'a condition that compares': { successCondition: `result == "${tag}"` },
  'both conditions': { successCondition: `result.a == "${tag}"`, failureCondition: `"${tag}" in result` },
  'a condition that cannot be evaluated': { failureCondition: `result > "${tag}"` },
  'a condition that does not compile': { successCondition: tag },
  'a field that there is not': { successCondition: `result.${tag} == 1` },
  'the name of a metric': { name: `m-${tag}`, failureCondition: 'result == 1' },
  'its interval': { interval: tag },
  'its count': { count: tag },
  'its limits': { failureLimit: tag, inconclusiveLimit: tag, consecutiveErrorLimit: tag },
  'its delay': { initialDelay: tag },
  'its address': { provider: web({ url: `http://${tag}/${tag}`, jsonPath: `{$.${tag}}` }) },
  'its headers and body': { provider: web({ headers: [{ key: tag, value: tag }], method: 'POST', body: tag }) },
  'a query': { provider: { prometheus: { address: 'http://h', query: tag } } },
  'a job': { provider: { job: { metadata: { annotations: { a: tag } }, spec: { template: { spec: tag } } } } as never },
  'a plugin': { provider: { plugin: { 'acme/x': { token: tag } } } },
}

const templateWith = (more: Partial<Metric>): AnalysisTemplate => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: {
    args: [{ name: 'token', valueFrom: { secretKeyRef: { name: 'creds', key: 'token' } } }],
    metrics: [{ name: 'm', provider: web(), interval: '5s', count: 3, ...more } as Metric],
  },
})

/** What servers may have said. One that knows the secret says it. */
const seriesOf = (name: string, secret: string): Series => ({
  [name]: [{ value: { a: 1 } }, { value: secret }, { error: `denied: ${encodeURIComponent(secret)}` }, { value: [1] }],
})

const container = { name: 'web', image: 'web:1' }
const rollout = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } },
    strategy: { canary: { steps: [{ analysis: { templates: [{ templateName: 'rate' }] } }] } },
  },
}

function simulated(template: AnalysisTemplate, series: Series, token: string): readonly string[] {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'creds', namespace: 'shop' },
    stringData: { token },
  }
  const events = [{ atSeconds: 5, image: 'web:2' }]
  const manifests = [rollout, template, secret] as never
  const told = simulate({ manifests, events, untilSeconds: 60, series })
  return textsOf(JSON.parse(JSON.stringify(told, (_, value) => (isSecret(value) ? 'the Secret itself' : value))))
}

const isSecret = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Secret' && 'stringData' in value

/** Resolved names hold a word in the secret's place. */
const nameOf = ({ name = 'm' }: Partial<Metric>): string => name.replace(tag, 'temp-for-secret')

describe(`secrets are shown nowhere (PROPERTY_SEED=${propertySeed})`, () => {
  test.each(Object.keys(places))('in %s', (place) => {
    const metric = places[place] ?? {}
    const template = templateWith(metric)
    for (const secret of fc.sample(secretArbitrary, { numRuns: 3, seed: propertySeed })) {
      const series = seriesOf(nameOf(metric), secret)
      const replay = replayAnalysis(template, series, { secrets: { creds: { token: secret } } })
      const shown = [...textsOf(replay), ...simulated(template, series, secret)]
      for (const form of formsOf(secret)) {
        expect(
          shown.filter((text) => text.includes(form)),
          form,
        ).toEqual([])
      }
    }
  })

  test('a metric whose name holds one takes its series by the name that is shown', () => {
    const template = templateWith({ name: `m-${tag}`, successCondition: 'result == 1' })
    const { verdict, metrics } = replayAnalysis(template, { 'm-temp-for-secret': [1] })
    expect([verdict, metrics.map(({ name }) => name)]).toEqual(['Successful', ['m-temp-for-secret']])
  })
})
