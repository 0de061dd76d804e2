import { describe, expect, it } from 'vitest'
import type { ProviderAnswer } from '../../src/metrics/exchange/ask'
import type { Measurement } from '../../src/model/analysis'
import type { JsonObject } from '../../src/model/json'
import { contextOf, ok, requests, tell } from './support'

const kayenta = (config: JsonObject = {}) =>
  contextOf({
    kayenta: {
      address: 'http://kayenta.example:8090',
      application: 'shop',
      canaryConfigName: 'cfg',
      metricsAccountName: 'metrics',
      configurationAccountName: 'configuration',
      storageAccountName: 'storage',
      threshold: { pass: 90, marginal: 75 },
      scopes: [
        {
          name: 'default',
          controlScope: { scope: 'c', region: 'eu', step: 60 },
          experimentScope: { scope: 'e', region: 'eu', step: 60, end: '', start: '' },
        },
      ],
      ...config,
    },
  })
const everyFiveMinutes = (config: JsonObject = {}) => {
  const context = kayenta(config)
  return { ...context, metric: { ...context.metric, interval: '5m' } }
}
const found = ok([
  { id: 'other', name: 'x' },
  { id: 'c-1', name: 'cfg' },
])
const running: Measurement = {
  phase: 'Running',
  startedAt: '2030-01-01T11:59:00Z',
  metadata: { canaryExecutionId: 'e-1' },
}
const resume = (answer: ProviderAnswer) =>
  tell(kayenta(), [answer], { op: 'resume', measurement: running }).outcome.measurement

describe('kayenta', () => {
  it('looks the configuration up, then starts an execution', () => {
    const story = tell(everyFiveMinutes(), [found, ok({ canaryExecutionId: 'e-1' })])
    const [lookUp, start] = requests(story)
    // The account of the look-up is the storage account: upstream's habit.
    expect(lookUp?.url).toBe(
      'http://kayenta.example:8090/canaryConfig?application=shop&configurationAccountName=storage',
    )
    expect(start?.url).toBe(
      'http://kayenta.example:8090/canary/c-1?application=shop&metricsAccountName=metrics' +
        '&configurationAccountName=configuration&storageAccountName=storage',
    )
    const scope = { location: 'eu', step: 60, start: '2030-01-01T11:55:00Z', end: '2030-01-01T12:00:00Z' }
    expect(JSON.parse(start?.body ?? '')).toEqual({
      scopes: { default: { controlScope: { scope: 'c', ...scope }, experimentScope: { scope: 'e', ...scope } } },
      thresholds: { pass: 90, marginal: 75 },
    })
    expect(story.outcome.measurement).toEqual({
      phase: 'Running',
      startedAt: '2030-01-01T12:00:00Z',
      metadata: { canaryExecutionId: 'e-1' },
      resumeAt: '2030-01-01T12:00:17Z',
    })
  })

  it('looks back to the start of the run', () => {
    const runSince = (startedAt?: string) => ({
      ...kayenta({ lookback: true }),
      run: { metadata: { name: 'run' }, status: { phase: 'Running' as const, startedAt } },
    })
    const started = runSince('2030-01-01T10:00:00Z')
    const [, start] = requests(tell(started, [found, ok({ canaryExecutionId: 'e-1' })]))
    expect(start?.body).toContain('"start":"2030-01-01T10:00:00Z"')
    // Upstream panics.
    expect(tell(runSince(), [found]).outcome.measurement?.phase).toBe('Error')
  })

  it.each([
    [95.9, 'Successful', '95'],
    [90, 'Successful', '90'],
    [89.9, 'Inconclusive', '89'],
    [75, 'Inconclusive', '75'],
    [74.9, 'Failed', '74'],
  ])('judges a score of %d as %s', (score, phase, value) => {
    const reply = { complete: true, result: { judgeResult: { score: { score } } } }
    expect(resume(ok(reply))).toEqual({ ...running, phase, value, finishedAt: '2030-01-01T12:00:01Z' })
  })

  it('asks again in 15 seconds until the execution is complete', () => {
    expect(resume(ok({ complete: false }))).toEqual({ ...running, resumeAt: '2030-01-01T12:00:16Z' })
  })

  it('says what is missing in a reply', () => {
    expect(resume(ok({}))?.message).toBe('Missing Complete Status')
    expect(resume(ok({ complete: true }))?.message).toBe('Missing Score')
    expect(resume(ok({ complete: 'yes' }))?.message).toBe(
      '.complete accessor error: yes is of the type string, expected bool',
    )
    expect(resume(ok('', 500))?.message).toBe('Invalid Response')
    expect(tell(kayenta(), [ok([])]).outcome.measurement?.message).toBe('Canary config not found')
  })

  it('leaves a measurement that is terminated alone', () => {
    const { outcome, asks } = tell(kayenta(), [], { op: 'terminate', measurement: running })
    expect(asks).toEqual([])
    expect(outcome.measurement).toBe(running)
  })
})
