import type { evaluateResult } from '../analysis/condition/condition'
import type { Metric } from '../model/analysis'
import { isJsonObject } from '../model/json'

type Evaluation = Parameters<typeof evaluateResult>[0]

/** A value as a provider would bring it, and as it would show it in the measurement. */
export interface TypedForm extends Pick<Evaluation, 'result' | 'resultType'> {
  readonly shown: string
}

/**
 * The forms in which a metric's provider can bring a value, the likeliest first. A bare number stands for whatever the
 * provider makes of it: Prometheus brings a list with one number for a vector and the number for a scalar.
 */
export function formsOf({ provider }: Metric, value: unknown): readonly TypedForm[] {
  const has = (name: string): boolean => isJsonObject(provider) && isJsonObject(provider[name])
  if (has('prometheus') || has('graphite')) return [...floatLists(value), ...floats(value), asJson(value)]
  if (has('datadog') || has('wavefront')) return [...floats(value), ...floatLists(value), asJson(value)]
  if (has('newRelic')) return [...typedRows(value, '[]NRDBResult', 'NRDBResult'), asJson(value)]
  if (has('cloudWatch')) return [...dataResults(value), asJson(value)]
  if (has('influxdb')) return [{ ...asJson(listed(value)), resultType: 'tagged' }, asJson(value)]
  if (typeof value === 'string') return [{ result: value, resultType: 'string', shown: value }]
  return typeof value === 'number' ? [asJson(value), asJson([value])] : [asJson(value)]
}

const listed = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value
  return value === null || value === undefined ? [] : [value]
}

const asJson = (value: unknown): TypedForm => ({ result: value, resultType: 'json', shown: showValue(value) })

/** JSON has no word for these numbers. */
const words: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '+Inf': Number.POSITIVE_INFINITY,
  '-Inf': Number.NEGATIVE_INFINITY,
}

const asFloat = (value: unknown): unknown =>
  typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : value

function floatLists(value: unknown): readonly TypedForm[] {
  const result = listed(value).map(asFloat)
  if (!result.every((item) => typeof item === 'number')) return []
  return [{ result, resultType: '[]float64', shown: showValue(result) }]
}

function floats(value: unknown): readonly TypedForm[] {
  const result = asFloat(value)
  if (typeof result === 'number') return [{ result, resultType: 'float64', shown: showValue(result) }]
  return result === null || result === undefined ? [{ result: null, resultType: 'nil *float64', shown: '[]' }] : []
}

function typedRows(value: unknown, ofList: '[]NRDBResult', ofOne: 'NRDBResult'): readonly TypedForm[] {
  if (isJsonObject(value)) return [{ ...asJson(value), resultType: ofOne }]
  return Array.isArray(value) ? [{ ...asJson(value), resultType: ofList }] : []
}

/** A number or a list of them stands for the values of one query. */
function dataResults(value: unknown): readonly TypedForm[] {
  const values = listed(value)
  const result = values.every((item) => typeof item === 'number') && values.length > 0 ? [{ Values: values }] : values
  return [{ ...asJson(result), resultType: '[]MetricDataResult', shown: showValue(value) }]
}

/** As Go prints it in a measurement: `NaN`, `+Inf`, lists of numbers without spaces, anything else in JSON. */
export function showValue(value: unknown): string {
  if (typeof value === 'number') return showNumber(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'number'))
    return `[${value.map(showNumber).join(',')}]`
  if (typeof value === 'string') return value
  // The condition language has integers that JSON cannot print.
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item)) ?? ''
}

function showNumber(value: number): string {
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return value > 0 ? '+Inf' : '-Inf'
  return String(value)
}
