import { describe, expect, test } from 'vitest'
import type { AnalysisRun, Measurement, Metric } from '../../src/model/analysis'
import { isMeasuredPhase } from '../../src/model/series'
import { cloudWatchForm } from '../../src/replay/forms/metricData'
import { measurePoint } from '../../src/replay/measurePoint'
import { recordedSeries } from '../../src/replay/recordedSeries'
import { replayAnalysis } from '../../src/replay/replayAnalysis'
import { readCases, vectorsFolder } from '../conformance/vectors'
import { fc } from '../properties/fc'

/** A run as the cluster has it after one measurement. */
function runOf(given: Metric, measurement: Measurement): AnalysisRun {
  const { phase } = measurement
  const metric = { ...given, count: 1, interval: undefined, consecutiveErrorLimit: 0 }
  const counters = phase === 'Error' ? { error: 1 } : { count: 1 }
  return {
    metadata: { name: 'run' },
    spec: { metrics: [metric] },
    status: { phase, metricResults: [{ name: metric.name, phase, ...counters, measurements: [measurement] }] },
  }
}

const judgedAgain = (metric: Metric, measurement: Measurement) => {
  const run = runOf(metric, measurement)
  return replayAnalysis(run, recordedSeries(run).series)
}

describe('what an AnalysisRun has recorded', () => {
  test('comes to the same verdict again, whichever provider measured it', () => {
    const judged = new Map<string, number>()
    for (const { id, given, expect: wanted } of readCases(vectorsFolder, 'providers')) {
      if (given.provider === 'factory') continue
      const calls = (wanted.calls ?? []) as readonly { readonly measurement?: Measurement }[]
      const measurement = calls
        .map((call) => call.measurement)
        .filter((one) => isMeasuredPhase(one?.phase))
        .at(-1)
      if (!measurement) continue
      judged.set(given.provider, (judged.get(given.provider) ?? 0) + 1)
      const { verdict, measurements } = judgedAgain(given.metric, measurement)
      expect([id, verdict, measurements[0]?.value]).toEqual([id, measurement.phase, measurement.value])
    }
    // All but plugins, which no recording can load.
    expect([...judged.keys()]).toHaveLength(11)
  })

  const number = fc.oneof(fc.double(), fc.double({ min: -2, max: 2, noNaN: true }), fc.integer({ min: -5, max: 5 }))
  const json = fc.jsonValue({ maxDepth: 2 })
  const cell = fc.oneof(number, fc.constant(null), fc.boolean(), fc.constantFrom('ok', 'not ok', '5', ''))
  const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    prometheus: fc.oneof(number, fc.array(number), fc.constant(null)),
    datadog: fc.oneof(number, fc.constant(null)),
    wavefront: fc.oneof(number, fc.array(number, { minLength: 2 }), fc.constant(null)),
    graphite: fc.oneof(number, fc.array(fc.oneof(number, fc.constant(null))), fc.constant(null)),
    newRelic: fc.oneof(fc.dictionary(fc.string(), json), fc.array(fc.dictionary(fc.string(), json)), fc.constant(null)),
    cloudWatch: fc.oneof(number, fc.array(number), fc.constant(null)),
    influxdb: fc.oneof(cell, fc.array(cell)),
    web: json,
    skywalking: json,
  }
  const conditions = [
    'result < 1',
    'result[0] < 1',
    'isNil(result)',
    'len(result) == 0',
    'isNaN(result)',
    'result == "ok"',
  ]
  const more = ['result[0] == "5"', 'result[0].Values[0] < 1', 'any(result, # == nil)', 'result == {"a": 1}', 'true']

  test.for(Object.keys(values))('measure, print, read back, judge: the same phase and print, for %s', (provider) => {
    const condition = fc.constantFrom(...conditions, ...more)
    fc.assert(
      fc.property(values[provider]!, condition, condition, fc.boolean(), (value, success, failure, both) => {
        const failureCondition = both ? { failureCondition: failure } : {}
        const metric = { name: 'm', successCondition: success, ...failureCondition, provider: { [provider]: {} } }
        const { measurement } = measurePoint(metric, { value }, { now: '2030-01-01T00:00:00Z' })
        const [again] = judgedAgain(metric, measurement).measurements
        expect([again?.phase, again?.value]).toEqual([measurement.phase, measurement.value])
      }),
      { verbose: 1, seed: 20300101, numRuns: 300 },
    )
  })

  test.for([
    [{ prometheus: {} }, 'isNaN(result[0])', '[NaN]', 'Successful'],
    [{ prometheus: {} }, 'result > 4', '5', 'Successful'],
    [{ web: {} }, 'result == "ok"', '"ok"', 'Successful'],
    [{ web: {} }, 'result == "ok"', 'ok', 'Successful'],
    [{ web: {} }, 'result == ""', undefined, 'Successful'],
    [{ datadog: {} }, 'default(result, 0) < 1', '[{"pointlist":[]}]', 'Successful'],
    [{ influxdb: {} }, 'result[0] == "5" && result[1] == nil', '[5 <nil>]', 'Successful'],
    [{ influxdb: {} }, 'result[0] == "not ok"', '[not ok]', 'Successful'],
    [{ influxdb: {} }, 'result[0].Year() == 2029 && result[1]', '[2029-12-31 23:59:00.5 +0000 UTC true]', 'Successful'],
    [{ cloudWatch: {} }, 'all(result[0].Values, # < 0.5)', '[[0.9 0.95]]', 'Failed'],
    [{ wavefront: {} }, 'result > 2', '2.00', 'Successful'],
    [{ kayenta: { threshold: { pass: 80, marginal: 70 } } }, '', '75', 'Inconclusive'],
    [{ plugin: { shop: {} } }, 'result > 1', '0', 'Successful'],
    [{ job: {} }, '', undefined, 'Failed'],
  ] as const)('by %j, judged by %s: %s', ([provider, successCondition, value, phase]) => {
    const measurement = { phase, ...(value === undefined ? {} : { value }) }
    expect(judgedAgain({ name: 'm', successCondition, provider }, measurement).verdict).toBe(phase)
  })

  test('is judged by the conditions that stand there now, and says what was recorded', () => {
    const metric = { name: 'm', successCondition: 'result[0] > 0.9', provider: { prometheus: {} } }
    const { verdict, measurements } = judgedAgain(metric, { phase: 'Successful', value: '[0.5]' })
    expect(verdict).toBe('Failed')
    expect(measurements[0]?.why).toMatch(/result\[0\] is 0.5; Successful was recorded$/)
  })

  test('has the ids of its queries, which the print leaves out', () => {
    const config = { metricDataQueries: [{ id: 'rate' }] }
    const metric = { name: 'm', successCondition: 'result[0].Id == "rate"', provider: { cloudWatch: config } }
    expect(cloudWatchForm([1], config)).toMatchObject({ value: '[[1]]' })
    expect(judgedAgain(metric, { phase: 'Successful', value: '[[1]]' }).verdict).toBe('Successful')
  })
})
