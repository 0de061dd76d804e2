import { describe, expect, test } from 'vitest'
import type { AnalysisRunObservation } from '../../src/analysis/observation'
import { reconcileAnalysisRun } from '../../src/analysis/reconcileAnalysisRun'
import type { AnalysisRun, Metric } from '../../src/model/analysis'
import { isCompletedPhase } from '../../src/model/analysisPhases'
import { fc } from '../properties/fc'
import { spoilt } from '../properties/oddities'
import { deepFreeze, recordedSituations } from '../properties/recorded'
import { propertySeed } from '../properties/seed'
import { at, metric, play, runOf } from './host'

const parameters = { seed: propertySeed, verbose: 1 } as const

/** Answers that finish a decision as far as the trace has them, so that more than asking is looked at. */
function observations(): { name: string; observation: AnalysisRunObservation }[] {
  const found: { name: string; observation: AnalysisRunObservation }[] = []
  for (const { name, situation } of recordedSituations('analysis-run', 2)) {
    const analysisRun = situation.objects[situation.key] as unknown as AnalysisRun
    const replies: Record<string, object> = { 'secret/default/creds': { data: { token: 'hunter2' } } }
    for (const { op, metric: measured, measurement } of situation.given.measurements ?? []) {
      replies[`${op}/${measured}`] = { measurement }
    }
    found.push({ name, observation: { now: situation.now, analysisRun, answers: { replies } } })
  }
  return found
}

describe(`a decision about a run is a function of its observation (PROPERTY_SEED=${propertySeed})`, () => {
  const recorded = observations()

  test('frozen inputs, run twice, same bytes; a JSON round trip changes nothing', () => {
    expect(recorded.length).toBeGreaterThan(1000)
    for (const { name, observation } of recorded) {
      const first = JSON.stringify(reconcileAnalysisRun(deepFreeze(observation)))
      expect(JSON.stringify(reconcileAnalysisRun(observation)), name).toBe(first)
      const copy = JSON.parse(JSON.stringify(observation)) as typeof observation
      expect(JSON.stringify(reconcileAnalysisRun(copy)), name).toBe(first)
    }
  })

  test('a status that says the same is the same object; results that say the same are too', () => {
    for (const { name, observation } of recorded) {
      const before = observation.analysisRun.status
      const { status } = reconcileAnalysisRun(observation)
      if (before && JSON.stringify(before) === JSON.stringify(status)) expect(status, name).toBe(before)
      for (const result of status.metricResults ?? []) {
        const same = before?.metricResults?.find(({ name }) => name === result.name)
        if (same && JSON.stringify(same) === JSON.stringify(result)) expect(result, name).toBe(same)
      }
    }
  })

  test('while it asks it decides nothing', () => {
    let asking = 0
    for (const { name, observation } of recorded) {
      const { analysisRun, now } = observation
      const decision = reconcileAnalysisRun({ analysisRun, now })
      if (decision.asks.length === 0) continue
      asking++
      expect(decision.status, name).toBe(analysisRun.status ?? decision.status)
      expect([decision.changes, decision.events], name).toEqual([[], []])
    }
    expect(asking).toBeGreaterThan(100)
  })
})

const phases = fc.constantFrom('Successful', 'Failed', 'Error', 'Inconclusive')
const limits = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined })

const metrics: fc.Arbitrary<Metric> = fc
  .record({
    count: fc.integer({ min: 1, max: 6 }),
    failureLimit: limits,
    inconclusiveLimit: limits,
    consecutiveErrorLimit: limits,
  })
  .map((more) => metric('m', { ...more, interval: '10s', count: Math.max(more.count, more.failureLimit ?? 0, 3) }))

describe('whatever the measurements are', () => {
  const seconds = Array.from({ length: 30 }, (_, i) => i * 11)

  test('counters only grow, the count is what was judged, and a verdict is final', () => {
    fc.assert(
      fc.property(metrics, fc.array(phases, { minLength: 1, maxLength: 30 }), (one, series) => {
        const steps = play(runOf({ metrics: [one] }), seconds, { m: series })
        let measured = 0
        steps.forEach(({ status }, index) => {
          const result = status.metricResults?.[0]
          const { count = 0, successful = 0, failed = 0, inconclusive = 0, error = 0 } = result ?? {}
          expect(count).toBe(successful + failed + inconclusive)
          expect(count + error).toBeGreaterThanOrEqual(measured)
          expect(result?.measurements?.length ?? 0).toBeLessThanOrEqual(10)
          measured = count + error
          if (isCompletedPhase(status.phase)) expect(steps.at(-1)?.status.phase, `step ${index}`).toBe(status.phase)
        })
      }),
      parameters,
    )
  })

  test('only successes succeed; a failure more than the limit never does', () => {
    fc.assert(
      fc.property(metrics, fc.array(phases, { minLength: 1, maxLength: 30 }), (one, series) => {
        const { status } = play(runOf({ metrics: [one] }), seconds, { m: series }).at(-1)!
        const { failed = 0, inconclusive = 0 } = status.metricResults?.[0] ?? {}
        const isBeyond = failed > Number(one.failureLimit ?? 0) || inconclusive > Number(one.inconclusiveLimit ?? 0)
        if (isBeyond) expect(status.phase).not.toBe('Successful')
        if (series.every((phase) => phase === 'Successful')) expect(status.phase).toBe('Successful')
      }),
      parameters,
    )
  })
})

describe('hostile inputs', () => {
  const harmless = (analysisRun: unknown, answers?: unknown) => {
    const observation = { now: at(60), analysisRun, answers } as unknown as AnalysisRunObservation
    return reconcileAnalysisRun(observation)
  }

  test('any JSON in any place ends in a decision', () => {
    const json = fc.jsonValue({ maxDepth: 4 })
    const spec = fc.record(
      { metrics: json, args: json, dryRun: json, measurementRetention: json, terminate: json, ttlStrategy: json },
      { requiredKeys: [] },
    )
    const status = fc.record(
      { phase: json, metricResults: json, startedAt: json, completedAt: json },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(spec, json), fc.oneof(status, json), json, (someSpec, someStatus, replies) => {
        const decision = harmless({ metadata: { name: 'x' }, spec: someSpec, status: someStatus }, { replies })
        expect(decision.asks).toBeDefined()
      }),
      { ...parameters, numRuns: 400 },
    )
  })

  test('recorded observations with odd values in any place end in a decision, in JSON', () => {
    const recorded = observations().map(({ observation }) => observation)
    fc.assert(
      fc.property(spoilt(recorded), (observation) => {
        const { requeueAfterSeconds = 0, ...decision } = reconcileAnalysisRun(deepFreeze(observation))
        expect(Number.isFinite(requeueAfterSeconds)).toBe(true)
        expect(JSON.parse(JSON.stringify(decision))).toEqual(decision)
      }),
      { ...parameters, numRuns: 1000 },
    )
  })

  test('any answer ends in a decision', () => {
    const run = runOf({
      metrics: [metric('m')],
      args: [{ name: 'a', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
    })
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (secret, measurement) => {
        const replies = { 'secret/shop/s': secret, 'run/m': { measurement } }
        expect(harmless(run, { replies }).status.phase).toMatch(/^(Error|Running|Successful|Failed|Inconclusive|)$/)
      }),
      parameters,
    )
  })

  test('names of Object.prototype are names like others', () => {
    const names = ['__proto__', 'constructor', 'toString']
    const run = runOf({ metrics: names.map((name) => metric(name)) })
    const [only] = play(run, [0], { constructor: ['Successful'] as const } as never)
    expect(only?.status.metricResults?.map(({ name }) => name)).toEqual(names)
  })

  test('a plugin configuration nested deeper than the stack goes does no harm', () => {
    let deep: unknown = 'x'
    for (let i = 0; i < 50_000; i++) deep = [deep]
    const run = runOf({ metrics: [metric('m', { provider: { plugin: { 'a/b': deep as string } } })] })
    expect(harmless(run).asks).toHaveLength(1)
  })

  test('an expression that explodes elsewhere is matched in linear time', () => {
    const dryRun = [{ metricName: '(a+)+$' }]
    const run = runOf({ metrics: [metric(`${'a'.repeat(5000)}!`)], dryRun })
    expect(harmless(run).status.message).toBe("Analysis spec invalid: dryRun[0]: Rule didn't match any metric name(s)")
  })

  test('a long history costs nothing: only the last measurement is read', () => {
    const touched: string[] = []
    const measurement = { phase: 'Successful', startedAt: at(0), finishedAt: at(50) } as const
    const history = Array.from({ length: 50 }, (_, i) =>
      Object.defineProperty({ ...measurement }, 'phase', {
        enumerable: true,
        get: () => {
          if (i < 49) touched.push(`measurement ${i}`)
          return 'Successful'
        },
      }),
    )
    const result = { name: 'm', phase: 'Running', count: 50, successful: 50, measurements: history } as const
    const spec = { metrics: [metric('m', { interval: '30s' })], measurementRetention: [{ metricName: 'm', limit: 90 }] }
    const run = { ...runOf(spec), status: { phase: 'Running', startedAt: at(0), metricResults: [result] } as const }
    expect(harmless(run).requeueAfterSeconds).toBe(20)
    expect(touched).toEqual([])
  })
})
