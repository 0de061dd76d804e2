import { describe, expect, it } from 'vitest'
import { metricConditions } from '../../src/metrics/conditions'
import type { JsonObject } from '../../src/model/json'
import { contextOf, tell } from './support'

const query = { id: 'rate', expression: 'errors / requests', period: '60' }
const stat = {
  id: 'errors',
  metricStat: {
    metric: { namespace: 'app', metricName: 'errors', dimensions: [{ name: 'service', value: 'shop' }] },
    period: 300,
    stat: 'Sum',
  },
  returnData: false,
}
const cloudWatch = (config: JsonObject = {}) =>
  contextOf({ cloudWatch: { metricDataQueries: [query, stat], ...config } })
const answer = (output: JsonObject) => ({ kind: 'aws', output }) as const

describe('cloudWatch', () => {
  it('asks GetMetricData about the five minutes before now', () => {
    const { asks } = tell(cloudWatch(), [answer({})])
    expect(asks).toEqual([
      {
        kind: 'aws',
        service: 'CloudWatch',
        operation: 'GetMetricData',
        input: {
          StartTime: '2030-01-01T11:55:00Z',
          EndTime: '2030-01-01T12:00:00Z',
          MetricDataQueries: [
            { Id: 'rate', Expression: 'errors / requests', Period: 60 },
            {
              Id: 'errors',
              MetricStat: {
                Metric: { Dimensions: [{ Name: 'service', Value: 'shop' }], MetricName: 'errors', Namespace: 'app' },
                Period: 300,
                Stat: 'Sum',
              },
              ReturnData: false,
            },
          ],
        },
      },
    ])
  })

  it('judges the list of results with the names of the SDK', () => {
    const context = cloudWatch({ interval: '1m' })
    const results = [{ Id: 'rate', Values: [0.5, 1e21] }, { Id: 'empty' }]
    const messages = [{ Code: 'ArithmeticError', Value: 'by zero' }]
    const { outcome } = tell(context, [answer({ MetricDataResults: results, Messages: messages })])
    expect(context.judged).toEqual([{ resultType: '[]MetricDataResult', result: results }])
    expect(outcome.measurement).toMatchObject({
      phase: 'Successful',
      value: '[[0.5 1e+21] []]',
      metadata: { messages: '[{Code:ArithmeticError Value:by zero}]' },
    })
  })

  it('tells no list from an empty list: conditions see nil, which has no length', () => {
    const [none, empty] = [cloudWatch(), cloudWatch()]
    tell(none, [answer({})])
    tell(empty, [answer({ MetricDataResults: [] })])
    expect(none.judged).toEqual([{ resultType: 'nil', result: null }])
    expect(empty.judged).toEqual([{ resultType: '[]MetricDataResult', result: [] }])
    const metric = { ...cloudWatch().metric, successCondition: 'len(result) == 0' }
    const judgedAs = (output: JsonObject) =>
      tell({ ...cloudWatch(), metric, ...metricConditions }, [answer(output)]).outcome.measurement?.phase
    expect(judgedAs({})).toBe('Error')
    expect(judgedAs({ MetricDataResults: [] })).toBe('Successful')
  })

  it('passes on refusals and failures', () => {
    const refused = { kind: 'refused', reason: 'Throttling', message: 'slow down' } as const
    expect(tell(cloudWatch(), [refused]).outcome.measurement?.message).toBe(
      'operation error CloudWatch: GetMetricData, api error Throttling: slow down',
    )
    expect(tell(cloudWatch({ interval: 'soon' }), []).outcome.measurement?.message).toBe(
      'time: invalid duration "soon"',
    )
  })
})
