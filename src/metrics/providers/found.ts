import { type GoJson, type GoJsonObject, printJson } from '../../go/json/jsonPrint'
import { formatFixed, formatGeneral, formatPlain } from '../../go/printNumber'
import type { TypedResult } from '../exchange/context'
import type { Failed } from '../exchange/steps'
import type { FluxValue } from './fluxTables'

// What each provider makes of what it got: the result with the type that conditions see, and the text that the
// measurement shows. Providers judge these; the verdict lab makes them of values in a series (behaviour 7, 11.2).

export interface Found extends TypedResult {
  /** The measurement's `value`. */
  readonly value: string
}

type PrintNumber = (value: number) => string

/** Prometheus (a scalar), Datadog; Wavefront prints two decimals. */
export const numberFound = (result: number, print: PrintNumber = formatPlain): Found => ({
  resultType: 'float64',
  result,
  value: print(result),
})

/** Prometheus (a vector or matrix), Datadog v2 with groups, Wavefront, Graphite. */
export const numbersFound = (result: readonly number[], print: PrintNumber = formatPlain): Found => ({
  resultType: '[]float64',
  result,
  value: `[${result.map(print).join(',')}]`,
})

export const twoDecimals: PrintNumber = (value) => formatFixed(value, 2)
export const sixDecimals: PrintNumber = (value) => formatFixed(value, 6)

/** Datadog has no point: v1 shows the series of the reply, v2 `[]`. */
export const nilNumberFound = (value: string): Found => ({ resultType: 'nil *float64', result: null, value })

/** New Relic: a row is an object, several are a list. */
export function rowsFound(rows: readonly (GoJsonObject | null)[]): Found | Failed {
  const first = rows[0] ?? {}
  if (rows.length === 0 || (rows.length === 1 && Object.keys(first).length === 0)) {
    return { error: 'no results returned from NRQL query' }
  }
  if (rows.length === 1) return { resultType: 'NRDBResult', result: first, value: printJson(first) }
  // A row that is null counts as an empty one.
  return { resultType: '[]NRDBResult', result: rows.map((row) => row ?? {}), value: printJson(rows) }
}

/** CloudWatch: one result for each query; no list at all is nil. Shown are the numbers, a list for each. */
export function metricDataFound(results: readonly { readonly Values?: unknown }[] | undefined): Found {
  const lists = (results ?? []).map(({ Values }) =>
    (Array.isArray(Values) ? (Values as readonly unknown[]) : []).map((value) =>
      formatGeneral(typeof value === 'number' ? value : Number.NaN),
    ),
  )
  const value = `[${lists.map((list) => `[${list.join(' ')}]`).join(' ')}]`
  return results
    ? { resultType: '[]MetricDataResult', result: results, value }
    : { resultType: 'nil', result: null, value }
}

/** InfluxDB: the values of all records. */
export function recordsFound(values: readonly FluxValue[]): Found | Failed {
  if (values.length === 0) return { error: 'no results returned from flux query' }
  const value = `[${values.map(({ shown }) => shown).join(' ')}]`
  return { resultType: 'tagged', result: values.map(({ tagged }) => tagged), value }
}

/** Web and SkyWalking: any JSON, every number a float. */
export const jsonFound = (json: GoJson): Found => ({
  resultType: json === null ? 'nil' : 'json',
  result: json,
  value: printJson(json),
})

/** Web: a body that is not JSON. */
export const textFound = (result: string): Found => ({ resultType: 'string', result, value: result })
