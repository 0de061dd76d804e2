import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/model/json'
import { contextOf, ok, requests, tell } from './support'

const graphite = (config: JsonObject) =>
  contextOf({ graphite: { address: 'https://graphite.example/api/', ...config } })

describe('graphite', () => {
  it('asks the render API for JSON, whatever format the query wanted, and without white space', () => {
    const context = graphite({ query: 'target=sum( a.b.* )&from=-5min\n&format=csv' })
    const body = [
      {
        target: 'sum',
        datapoints: [
          [0.5, 1],
          [null, 2],
          ['1e-3', '3'],
        ],
      },
      { target: 'other', datapoints: [[9, 1]] },
    ]
    const story = tell(context, [ok(body)])
    expect(requests(story)).toEqual([
      {
        method: 'GET',
        url: 'https://graphite.example/api/render?format=json&from=-5min&target=sum%28a.b.%2A%29',
        timeoutSeconds: 10,
      },
    ])
    expect(context.judged).toEqual([{ resultType: '[]float64', result: [0.5, 0.001] }])
    expect(story.outcome.measurement?.value).toBe('[0.500000,0.001000]')
  })

  it('judges an empty list where all points are null, but not where there are none', () => {
    const context = graphite({ query: 'target=a' })
    const nulls = tell(context, [ok([{ target: 'a', datapoints: [[null, 1]] }])])
    expect(nulls.outcome.measurement).toMatchObject({ phase: 'Successful', value: '[]' })
    for (const body of [[], [{ target: 'a', datapoints: [] }], null]) {
      expect(tell(context, [ok(body)]).outcome.measurement).toMatchObject({
        phase: 'Error',
        message: 'no values found',
      })
    }
  })

  it('takes every status below 400 for an answer', () => {
    const context = graphite({ query: 'target=a' })
    const body = [{ target: 'a', datapoints: [[1, 1]] }]
    expect(tell(context, [ok(body, 399)]).outcome.measurement?.phase).toBe('Successful')
    expect(tell(context, [ok('down', 400)]).outcome.measurement?.message).toBe('error response: down')
  })

  it('shows the value even where a condition cannot be evaluated', () => {
    const context = contextOf(
      { graphite: { address: 'http://g', query: 'target=a' } },
      { evaluate: () => ({ phase: 'Error', error: 'no such variable' }) },
    )
    const { measurement } = tell(context, [ok([{ target: 'a', datapoints: [[1, 1]] }])]).outcome
    expect(measurement).toMatchObject({ phase: 'Error', message: 'no such variable', value: '[1.000000]' })
  })

  it('reads texts as Go reads floats, underscores between digits too', () => {
    const context = graphite({ query: 'target=a' })
    const datapoints = [
      ['1_000', 1],
      ['0x1p-1', 1],
      ['Inf', 1],
    ]
    expect(tell(context, [ok([{ target: 'a', datapoints }])]).outcome.measurement?.value).toBe(
      '[1000.000000,0.500000,+Inf]',
    )
    const bad = tell(context, [ok([{ target: 'a', datapoints: [['1__0', 1]] }])]).outcome.measurement
    expect(bad?.message).toBe('strconv.ParseFloat: parsing "1__0": invalid syntax')
  })

  it('says which point it cannot read', () => {
    const point = (datapoint: unknown): string | undefined =>
      tell(graphite({ query: 'target=a' }), [ok([{ target: 'a', datapoints: [datapoint] }])]).outcome.measurement
        ?.message
    expect(point([1])).toBe('error unmarshaling data point: [1]')
    expect(point([true, 1])).toBe('error unmarshaling value: true')
    expect(point(['x', 1])).toBe('strconv.ParseFloat: parsing "x": invalid syntax')
    expect(point([1, true])).toBe('error unmarshaling timestamp: 1')
  })

  it('refuses an address that is no URL', () => {
    expect(tell(contextOf({ graphite: { address: '' } }), []).outcome).toEqual({
      error: 'Graphite address  is not a valid URL',
    })
  })
})
