import { describe, expect, test } from 'vitest'
import { parseSeries } from '../../src/input/index'
import type { Metric } from '../../src/model/analysis'
import type { JsonObject } from '../../src/model/json'
import { replayAnalysis } from '../../src/replay/replayAnalysis'

const read = (answer: unknown, windowSeconds?: number) =>
  parseSeries(JSON.stringify(answer), 'json', { metric: 'm', windowSeconds })
const metricOf = (provider: JsonObject, successCondition: string, more: Partial<Metric> = {}): Metric => ({
  name: 'm',
  interval: '30s',
  successCondition,
  provider,
  ...more,
})
/** `0 Successful, 30 Error: ...` */
const told = (metric: Metric, { series }: ReturnType<typeof read>) =>
  replayAnalysis({ metadata: { name: 't' }, spec: { metrics: [metric] } }, series)
const start = 1893456000

describe('an answer of Prometheus', () => {
  const matrix = (...lists: readonly (readonly number[])[]) => ({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: lists.map((times) => ({ metric: {}, values: times.map((time) => [start + time, '0.99']) })),
    },
  })
  const metric = metricOf({ prometheus: { query: 'x' } }, 'result[0] >= 0.95', { count: 10 })

  test('has holes, where there is no data', () => {
    expect(read(matrix([0, 15, 30, 330], [15])).series.m).toEqual([
      { atSeconds: 0, value: [0.99] },
      { atSeconds: 15, value: [0.99, 0.99] },
      { atSeconds: 30, value: [0.99] },
      { atSeconds: 45, value: [] },
      { atSeconds: 330, value: [0.99] },
    ])
    const { verdict, decidedAtSeconds, measurements } = told(metric, read(matrix([0, 15, 30, 330])))
    expect([verdict, decidedAtSeconds]).toEqual(['Error', 100])
    expect(measurements.map(({ phase }) => phase)).toEqual(['Successful', 'Successful', ...Array(5).fill('Error')])
  })

  test('without any time series is a metric that never had data, with a count and without', () => {
    const { series, issues } = read(matrix())
    expect([series.m, issues]).toEqual([[{ value: [], forever: true }], []])
    expect(told(metric, read(matrix())).verdict).toBe('Error')
    expect(told({ ...metric, count: undefined }, read(matrix())).verdict).toBe('Error')
    expect(told({ ...metric, successCondition: 'len(result) == 0', count: undefined }, read(matrix())).why).toContain(
      'the run was terminated',
    )
    expect(read({ status: 'success', data: { resultType: 'vector', result: [] } }).series.m).toHaveLength(1)
  })

  test('of a scalar is a number, though a range query lists it', () => {
    const scalar = metricOf({ prometheus: { query: 'scalar(x)' } }, 'result >= 0.95', { count: 2 })
    expect(told(scalar, read(matrix([0, 15, 30]))).verdict).toBe('Successful')
  })
})
