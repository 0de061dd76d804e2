import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/model/json'
import { contextOf, environment, missing, ok, requests, secret, tell } from './support'

const keys = secret({ 'api-key': 'api-key-1', 'app-key': 'app-key-1' })
const datadog = (config: JsonObject) => contextOf({ datadog: { interval: '5m', ...config } })
const v2 = (columns: unknown): unknown => ({ data: { attributes: { columns } } })

describe('datadog', () => {
  it('v1: the last point of the first series, with keys from the default secret', () => {
    const context = datadog({ apiVersion: 'v1', query: 'avg:x{a:b}' })
    const story = tell(context, [
      environment(),
      keys,
      ok({
        series: [
          {
            pointlist: [
              [1, 2],
              [2, 0.25],
            ],
          },
          { pointlist: [[1, 9]] },
        ],
      }),
    ])
    expect(story.asks[1]).toEqual({ kind: 'secret', namespace: 'argo-rollouts', name: 'datadog' })
    expect(requests(story)).toEqual([
      {
        method: 'GET',
        url: 'https://api.datadoghq.com/api/v1/query?from=1893498902&query=avg%3Ax%7Ba%3Ab%7D&to=1893499202',
        headers: { 'content-type': 'application/json', 'dd-api-key': 'api-key-1', 'dd-application-key': 'app-key-1' },
        timeoutSeconds: 10,
      },
    ])
    expect(story.outcome.measurement?.value).toBe('0.25')
  })

  it('needs all three variables to take the environment', () => {
    const context = datadog({ apiVersion: 'v1', query: 'q' })
    const all = { DD_API_KEY: 'a', DD_APP_KEY: 'b', DD_ADDRESS: 'https://dd.example' }
    expect(requests(tell(context, [environment(all), ok({})]))[0]?.url).toMatch(/^https:\/\/dd\.example\/api\/v1/)
    const { outcome } = tell(context, [environment({ DD_API_KEY: 'a', DD_APP_KEY: 'b' }), missing])
    expect(outcome.error).toBe('failed to find the credentials for datadog metrics provider')
  })

  it("looks for a named secret in the run's namespace where it is namespaced", () => {
    const context = datadog({ apiVersion: 'v1', query: 'q', secretRef: { name: 'team', namespaced: true } })
    expect(tell(context, [keys, ok({})]).asks[0]).toEqual({ kind: 'secret', namespace: 'shop', name: 'team' })
  })

  it('v2: posts queries and formula, and lists the values of groups with their names', () => {
    const context = datadog({
      apiVersion: 'v2',
      queries: { a: 'sum:e', b: 'sum:h' },
      formula: 'a / b',
      aggregator: 'avg',
    })
    const columns = [
      { type: 'group', values: [['eu'], ['us'], ['ap']] },
      { type: 'group', values: [['h1'], ['h2', 'alias'], ['h3']] },
      { name: 'a / b', type: 'number', values: [0.5, null, 1e21] },
    ]
    const story = tell(context, [environment(), keys, ok(v2(columns))])
    expect(JSON.parse(requests(story)[0]?.body ?? '')).toEqual({
      data: {
        type: 'scalar_request',
        attributes: {
          from: 1893498902000,
          to: 1893499202000,
          queries: [
            { aggregator: 'avg', data_source: 'metrics', name: 'a', query: 'sum:e' },
            { aggregator: 'avg', data_source: 'metrics', name: 'b', query: 'sum:h' },
          ],
          formulas: [{ formula: 'a / b' }],
        },
      },
    })
    expect(context.judged).toEqual([{ resultType: '[]float64', result: [0.5, 1e21] }])
    expect(story.outcome.measurement).toMatchObject({
      value: '[0.5,1000000000000000000000]',
      metadata: { groups: '[{"name":"eu,h1","value":0.5},{"name":"ap,h3","value":1e+21}]' },
    })
  })

  it('keeps the lowest and highest fifty of many groups', () => {
    const values = Array.from({ length: 150 }, (_, at) => (at * 37) % 150)
    const columns = [
      { type: 'group', values: values.map((value) => [`g${value}`]) },
      { type: 'number', values },
    ]
    const { outcome } = tell(datadog({ apiVersion: 'v2', query: 'q' }), [environment(), keys, ok(v2(columns))])
    const groups = JSON.parse(outcome.measurement?.metadata?.groups ?? '[]') as { value: number }[]
    expect(groups.map((group) => group.value)).toEqual(
      [...values].sort((a, b) => a - b).filter((value) => value < 50 || value >= 100),
    )
    expect(outcome.measurement?.metadata?.groups_truncated).toBe('true')
  })

  it('reads nothing as nil, and judges that', () => {
    const context = datadog({ apiVersion: 'v2', query: 'q' })
    expect(tell(context, [environment(), keys, ok(v2([]))]).outcome.measurement?.value).toBe('[]')
    expect(context.judged).toEqual([{ resultType: 'nil *float64', result: null }])
  })

  it('checks its fields before it sends anything', () => {
    const error = (config: JsonObject) => tell(datadog(config), [environment(), keys]).outcome.error
    expect(error({ apiVersion: 'v1' })).toMatch(/^Must have either a query or queries/)
    expect(error({ query: 'q', queries: { a: 'b' } })).toMatch(/^Cannot have both/)
    expect(error({ query: 'q', requestTimeout: '0s' })).toMatch(/^Request timeout must be a positive duration/)
  })
})
