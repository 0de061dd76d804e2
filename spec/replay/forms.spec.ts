import { describe, expect, test } from 'vitest'
import type { Metric } from '../../src/model/analysis'
import type { JsonObject } from '../../src/model/json'
import type { SeriesItem } from '../../src/model/series'
import { queryType } from '../../src/replay/forms/queryType'
import { measurePoint } from '../../src/replay/measurePoint'
import { replayAnalysis } from '../../src/replay/replayAnalysis'

const now = '2030-01-01T00:00:00Z'
const metricOf = (provider: JsonObject, successCondition: string): Metric => ({
  name: 'm',
  successCondition,
  provider,
})
const measured = (provider: JsonObject, condition: string, value: unknown) => {
  const { measurement } = measurePoint(metricOf(provider, condition), { value }, { now })
  return [measurement.phase, measurement.value ?? measurement.message]
}
const noData = (which: string) =>
  `could not evaluate successCondition "${which}": metric result is nil or empty: no data returned from the metric provider`

const prometheus = { prometheus: { query: 'sum(rate(x[1m]))' } }
const scalar = { prometheus: { query: 'scalar(sum(rate(x[1m])))' } }
const range = { prometheus: { query: 'scalar(x)', rangeQuery: { start: 'now()', end: 'now()', step: '1s' } } }
const v1 = { datadog: { apiVersion: 'v1', query: 'avg:x{*}' } }
const v2 = { datadog: { apiVersion: 'v2', query: 'avg:x{*}' } }
const newRelic = { newRelic: { query: 'SELECT average(x) FROM T' } }
const named = { newRelic: { query: "SELECT percentage(count(*), WHERE ok) AS 'rate' FROM T" } }
const oneQuery = {
  cloudWatch: {
    metricDataQueries: [
      { id: 'rate', label: 'Rate' },
      { id: 'x', returnData: false },
    ],
  },
}
const influxdb = { influxdb: { query: 'from(bucket: "b")' } }
const thresholds = { kayenta: { threshold: { pass: 80, marginal: 70 } } }

// Source: behaviour 7 and 11.2, and the recorded runs of each provider (spec/conformance, family providers).
describe('a value in the form of', () => {
  test.for([
    ['a Prometheus vector', prometheus, 'result[0] > 1', 2, 'Successful', '[2]'],
    ['a vector without samples', prometheus, 'len(result) == 0', null, 'Successful', '[]'],
    [
      'a vector, which has no default',
      prometheus,
      'default(result, 0) < 1',
      null,
      'Error',
      noData('default(result, 0) < 1'),
    ],
    ['several samples', prometheus, 'all(result, # > 1)', [2, '+Inf'], 'Successful', '[2,+Inf]'],
    ['a sample that is not a number', prometheus, 'isNaN(result[0])', Number.NaN, 'Successful', '[NaN]'],
    ['a Prometheus scalar', scalar, 'result > 1', 2, 'Successful', '2'],
    ['a scalar of nothing', scalar, 'isNaN(result)', null, 'Successful', 'NaN'],
    ['a range query, even of a scalar', range, 'result[0] > 1', 2, 'Successful', '[2]'],
    ['Datadog v1', v1, 'result < 1', 0.5, 'Successful', '0.5'],
    ['Datadog v1 without points', v1, 'default(result, 0) < 1', null, 'Successful', 'null'],
    ['Datadog v2', v2, 'result < 1', 0.5, 'Successful', '0.5'],
    ['Datadog v2 with groups', v2, 'all(result, # < 1)', [0.5, 0.6], 'Successful', '[0.5,0.6]'],
    ['Datadog v2 without values', v2, 'isNil(result)', null, 'Successful', '[]'],
    ['Graphite', { graphite: {} }, 'result[0] < 1', 0.5, 'Successful', '[0.500000]'],
    ['Graphite with nulls only', { graphite: {} }, 'len(result) == 0', [null], 'Successful', '[]'],
    ['Graphite without points', { graphite: {} }, 'len(result) == 0', null, 'Error', 'no values found'],
    ['Wavefront', { wavefront: {} }, 'result < 1', 0.5, 'Successful', '0.50'],
    ['Wavefront with two series', { wavefront: {} }, 'result[1] < 1', [2, 0.5], 'Successful', '[2.00,0.50]'],
    ['no Wavefront series', { wavefront: {} }, 'true', null, 'Error', 'No TimeSeries found in response from Wavefront'],
    ['a New Relic row', newRelic, 'result.errors < 1', { errors: 0 }, 'Successful', '{"errors":0}'],
    ['its only named column', named, 'result.rate < 1', 0.5, 'Successful', '{"rate":0.5}'],
    ['New Relic rows', newRelic, 'result[1].n < 1', [{ n: 3 }, { n: 0 }], 'Successful', '[{"n":3},{"n":0}]'],
    ['no New Relic row', newRelic, 'true', null, 'Error', 'no results returned from NRQL query'],
    ['CloudWatch', oneQuery, 'all(result[0].Values, {# <= 0.01})', 0.005, 'Successful', '[[0.005]]'],
    ['CloudWatch with two values', oneQuery, 'result[0].Values[1] > 1', [1, 2], 'Successful', '[[1 2]]'],
    ['CloudWatch without values', oneQuery, 'len(result[0].Values) == 0', null, 'Successful', '[[]]'],
    [
      'CloudWatch, with its ids and labels',
      oneQuery,
      'result[0].Id == "rate" && result[0].Label == "Rate"',
      1,
      'Successful',
      '[[1]]',
    ],
    ['InfluxDB', influxdb, 'result[0] == 3', 3, 'Successful', '[3]'],
    ['InfluxDB with an integer', influxdb, 'result[0] % 2 == 1', { $int64: '3' }, 'Successful', '[3]'],
    ['no InfluxDB record', influxdb, 'len(result) == 0', null, 'Error', 'no results returned from flux query'],
    ['a JSON document', { web: {} }, 'result.ok', { ok: true }, 'Successful', '{"ok":true}'],
    ['a body that is no JSON', { web: {} }, 'result == "green"', 'green', 'Successful', 'green'],
    ['a text out of JSON', { web: { jsonPath: '{$.state}' } }, 'result == "green"', 'green', 'Successful', '"green"'],
    ['a text of digits', { web: {} }, 'result == "4"', '4', 'Successful', '"4"'],
    ['a JSON number', { web: {} }, 'asInt(result) > 3', 4, 'Successful', '4'],
    ['a null out of JSON', { web: { jsonPath: '{$.state}' } }, 'isNil(result)', null, 'Successful', 'null'],
    ['a SkyWalking answer', { skywalking: {} }, 'result.a[0] > 0', { a: [1] }, 'Successful', '{"a":[1]}'],
    [
      'no SkyWalking data',
      { skywalking: {} },
      'default(result, 0) == 0',
      null,
      'Error',
      'no results returned from SkyWalking query',
    ],
    ['a good score of Kayenta', thresholds, 'false', 80.9, 'Successful', '80'],
    ['a marginal score', thresholds, 'true', 79.9, 'Inconclusive', '79'],
    ['a bad score', thresholds, 'true', 30, 'Failed', '30'],
    ['no score', thresholds, 'true', null, 'Error', 'Missing Score'],
  ] as const)('%s', ([, provider, condition, value, phase, shown]) => {
    expect(measured(provider as JsonObject, condition, value)).toEqual([phase, shown])
  })

  test('its provider alone: a condition for another form is an error, as in the cluster, with a hint', () => {
    const { measurement, why } = measurePoint(metricOf(prometheus, 'result < 0.5'), { value: 0.2 }, { now })
    expect(measurement.phase).toBe('Error')
    expect(why).toContain('result is a list, even of one number: result[0] is the first')
    for (const [provider, condition] of [
      [v1, 'result[0] < 0.5'],
      [influxdb, 'result < 0.5'],
      [named, 'result < 0.5'],
      [scalar, 'result[0] < 0.5'],
    ] as const) {
      expect(measured(provider, condition, 0.2)[0], condition).toBe('Error')
    }
  })

  test.for([
    ['Datadog v1', v1, [0.5]],
    ['New Relic without a named column', newRelic, 0.2],
    ['CloudWatch', oneQuery, 'OK'],
    ['CloudWatch with two queries', { cloudWatch: { metricDataQueries: [{ id: 'a' }, { id: 'b' }] } }, 0.2],
    ['Prometheus', prometheus, 'up'],
    ['a number with a percent sign', prometheus, '95%'],
    ['a scalar', scalar, [1, 2]],
    ['a Job', { job: {} }, 5],
    ['JSON', { web: {} }, Number.NaN],
    ['InfluxDB', influxdb, { field: 1 }],
  ] as const)('no provider: %s never brings it, which is an error in the series', ([, provider, value]) => {
    const template = { metadata: { name: 't' }, spec: { metrics: [metricOf(provider as JsonObject, 'true')] } }
    const { verdict, issues } = replayAnalysis(template, { m: [{ value } as SeriesItem] })
    expect(issues.filter(({ severity }) => !severity)).toMatchObject([{ code: 'series-form', path: 'm' }])
    expect(verdict).toBe('Error')
  })
})

test('conditions of Jobs and Kayenta are ignored, with a warning even where they cannot be read', () => {
  for (const provider of [{ job: {} }, thresholds]) {
    const template = { metadata: { name: 't' }, spec: { metrics: [metricOf(provider, 'result >=')] } }
    const { verdict, issues } = replayAnalysis(template, { m: ['Successful'] })
    expect(verdict).toBe('Successful')
    expect(issues).toMatchObject([
      { code: 'condition-ignored', path: 'spec.metrics[0].successCondition', severity: 'warning' },
    ])
  }
})

// Source: Prometheus documentation, "Expression language data types".
test.for([
  ['up', 'vector'],
  ['sum(rate(x{a="scalar(1)"}[5m])) / 2', 'vector'],
  ['vector(1)', 'vector'],
  ['1 + up', 'vector'],
  ['histogram_quantile(0.9, x) > bool 1', 'vector'],
  ['scalar_total', 'vector'],
  ['', 'vector'],
  ['scalar(sum(up))', 'scalar'],
  ['-(scalar(up{a="("}) + 1) * 1e3 # rest', 'scalar'],
  ['time() - 5 > bool 3', 'scalar'],
  ['pi() / 0x1F ^ Inf', 'scalar'],
  ['"text"', 'string'],
] as const)('the query %s gives a %s', ([query, type]) => {
  expect(queryType(query)).toBe(type)
})
