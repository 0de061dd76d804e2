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

// Sources: the providers' API documentation; what a provider makes of an answer is behaviour 7.
describe('an answer of', () => {
  const moments = (answer: unknown, windowSeconds?: number) => {
    const { series, issues } = read(answer, windowSeconds)
    expect(issues).toEqual([])
    return (series.m ?? []).map((item) => {
      const { atSeconds, value } = item as { readonly atSeconds?: number; readonly value?: unknown }
      return [atSeconds, value]
    })
  }
  const ms = start * 1000

  test('Datadog v1 gives the last point of the first series within the window', () => {
    const pointlist = [
      [ms, 0.5],
      [ms + 60_000, null],
    ]
    expect(moments({ status: 'ok', series: [{ pointlist }, { pointlist: [[ms, 9]] }] }, 90)).toEqual([
      [0, 0.5],
      [60, 0],
      [90, 0],
      [150, null],
    ])
    expect(moments({ status: 'ok', series: [], from_date: ms })).toEqual([[undefined, null]])
    expect(read({ series: [{ pointlist: [['x', 1]] }] }).issues[0]?.message).toContain(
      'expected [milliseconds, number]',
    )
  })

  test('Datadog v2 gives a number, or a list where there are groups', () => {
    const times = [ms, ms + 60_000]
    const plain = { data: { attributes: { times, values: [[0.5, 0.6]], series: [{ group_tags: [] }] } } }
    expect(moments(plain)).toEqual([
      [0, 0.5],
      [60, 0.6],
      [300, 0.6],
      [360, null],
    ])
    const values = [
      [1, 2],
      [null, 3],
    ]
    const grouped = { data: { attributes: { times, values, series: [{ group_tags: ['a'] }, { group_tags: ['b'] }] } } }
    expect(moments(grouped).slice(0, 2)).toEqual([
      [0, [1]],
      [60, [2, 3]],
    ])
    const columns = [
      { type: 'group', values: [['a']] },
      { type: 'number', values: [0.25] },
    ]
    expect(moments({ data: { attributes: { columns } } })).toEqual([[undefined, [0.25]]])
  })

  test('CloudWatch gives a result for each query with the values in the window, newest first', () => {
    const Timestamps = ['2030-01-01T00:01:00+00:00', '2030-01-01T00:00:00+00:00']
    const answer = { MetricDataResults: [{ Id: 'rate', Label: 'Rate', Timestamps, Values: [0.6, 0.5] }] }
    const metric = metricOf(
      { cloudWatch: { metricDataQueries: [{ id: 'rate' }] } },
      'result[0].Id == "rate" && all(result[0].Values, # < 0.7)',
      { count: 4, interval: '60s' },
    )
    expect(told(metric, read(answer, 90)).measurements.map(({ value }) => value)).toEqual([
      '[[0.5]]',
      '[[0.6 0.5]]',
      '[[0.6]]',
      '[[]]',
    ])
    expect(moments({ MetricDataResults: [{ Id: 'rate', Values: [] }] })).toEqual([
      [undefined, [{ Id: 'rate', StatusCode: 'Complete', Timestamps: [], Values: [] }]],
    ])
  })

  test('New Relic gives the rows of each span, or all rows at once', () => {
    const nerdGraph = (results: unknown) => ({ data: { actor: { account: { nrql: { results } } } } })
    const rows = [
      { beginTimeSeconds: start, endTimeSeconds: start + 60, rate: 1 },
      { beginTimeSeconds: start + 60, endTimeSeconds: start + 120, rate: 2 },
    ]
    expect(moments(nerdGraph(rows))).toEqual([
      [0, [{ rate: 1 }]],
      [60, [{ rate: 2 }]],
    ])
    expect(moments(nerdGraph([{ rate: 1 }]))).toEqual([[undefined, [{ rate: 1 }]]])
    expect(moments(nerdGraph([]))).toEqual([[undefined, null]])
  })

  test('Graphite gives the points of the first target in the window', () => {
    const answer = [
      {
        target: 'a',
        datapoints: [
          [1, start],
          [null, start + 60],
        ],
      },
      { target: 'b', datapoints: [] },
    ]
    expect(moments(answer, 90)).toEqual([
      [0, [1]],
      [60, [1, null]],
      [90, [null]],
      [150, null],
    ])
    expect(moments([{ target: 'a', datapoints: [] }])).toEqual([[undefined, null]])
  })

  test('InfluxDB gives the values of all records of a moment, with their types', () => {
    const text = `#datatype,string,long,dateTime:RFC3339,long,string
#group,false,false,false,false,true
#default,_result,,,,
,result,table,_time,_value,host
,,0,2030-01-01T00:00:00Z,5,a
,,0,2030-01-01T00:01:00Z,,a

#datatype,string,long,dateTime:RFC3339,double,string
#group,false,false,false,false,true
#default,_result,,,,
,result,table,_time,_value,host
,,1,2030-01-01T00:00:00Z,0.5,b
`
    const { series, issues } = parseSeries(text, 'csv', { metric: 'm' })
    expect(issues).toEqual([])
    expect(series.m).toEqual([
      { atSeconds: 0, value: [{ $int64: '5' }, 0.5] },
      { atSeconds: 60, value: [null] },
    ])
    expect(told(metricOf({ influxdb: {} }, 'result[0] % 2 == 1', { count: 1 }), { series, issues }).verdict).toBe(
      'Successful',
    )
    expect(parseSeries(',result,table,_value\n', 'csv', { metric: 'm' }).series.m).toEqual([
      { value: null, forever: true },
    ])
    expect(parseSeries(text, 'csv').issues[0]?.message).toContain('say which metric')
  })

  test('InfluxDB in JSON: rows of Flux, and what InfluxQL answers', () => {
    const rows = [
      { result: '_result', table: 0, _time: '2030-01-01T00:00:00Z', _value: 0.5, host: 'a' },
      { result: '_result', table: 0, _time: '2030-01-01T00:01:00Z', _value: 0.25, host: 'a' },
      { result: '_result', table: 1, _time: '2030-01-01T00:00:00Z', _value: 0.75, host: 'b' },
    ]
    expect(moments(rows)).toEqual([
      [0, [0.5, 0.75]],
      [60, [0.25]],
    ])
    const ql = (values: readonly unknown[]) => ({
      results: [{ statement_id: 0, series: [{ name: 'cpu', columns: ['time', 'mean', 'max'], values }] }],
    })
    expect(
      moments(
        ql([
          ['2030-01-01T00:00:00Z', 0.5, 0.9],
          ['2030-01-01T00:01:00Z', null, 0.8],
        ]),
      ),
    ).toEqual([
      [0, [0.5, 0.9]],
      [60, [0.8]],
    ])
    expect(moments({ results: [{ statement_id: 0 }] })).toEqual([[undefined, null]])
    expect(read({ results: [{ error: 'no such database' }] }).issues[0]).toMatchObject({
      message: 'the server answered: no such database',
      path: 'results[0].error',
    })
  })

  test('too many points in wide windows is refused with what to do', () => {
    const datapoints = Array.from({ length: 5000 }, (_, index) => [1, start + index])
    expect(read([{ target: 'a', datapoints }]).issues[0]?.message).toContain('give a shorter record')
  })
})
