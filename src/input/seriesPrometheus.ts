import { isJsonObject } from '../model/json'
import { describe } from './explain'
import type { FieldPath } from './places'
import { pointOfCell } from './seriesCells'

/** What a query found at one moment, in the form in which the provider brings it: a number, or a list of them. */
export interface RangePoint {
  readonly time: unknown
  readonly value: unknown
  readonly path: FieldPath
}

type RangeReading = { readonly points: readonly RangePoint[] } | { readonly problem: string; readonly path: FieldPath }

/** Whether something is what `/api/v1/query_range` and `/api/v1/query` answer. */
export const isRangeAnswer = (value: unknown): boolean =>
  isJsonObject(value) &&
  typeof value.status === 'string' &&
  ((isJsonObject(value.data) && typeof value.data.resultType === 'string') || typeof value.errorType === 'string')

/**
 * The measurements that a metric would have made of the answers of a Prometheus server: at each moment a list with the value
 * of every time series that has one then, in the order of the answer; of a scalar the number.
 */
export function readRangeAnswer(answer: unknown): RangeReading {
  const { status, data, error } = answer as Readonly<Record<string, unknown>>
  if (status !== 'success' || !isJsonObject(data)) return { problem: `the server answered: ${String(error)}`, path: [] }
  const { resultType, result } = data
  const path: FieldPath = ['data', 'result']
  if (!Array.isArray(result)) return { problem: `expected a list, got ${describe(result)}`, path }
  if (resultType === 'scalar') return pointsOf([{ list: [result], paths: [path] }], false)
  if (resultType !== 'matrix' && resultType !== 'vector') {
    return {
      problem: `expected a matrix, a vector or a scalar, got a ${String(resultType)}`,
      path: ['data', 'resultType'],
    }
  }
  const key = resultType === 'matrix' ? 'values' : 'value'
  const lists = result.map((one: unknown, index) => {
    const samples = isJsonObject(one) ? one[key] : undefined
    const list = resultType === 'vector' ? [samples] : Array.isArray(samples) ? samples : []
    const paths = list.map((_, at) => [...path, index, key, ...(resultType === 'matrix' ? [at] : [])])
    return { list, paths }
  })
  return pointsOf(lists, true)
}

interface Samples {
  readonly list: readonly unknown[]
  readonly paths: readonly FieldPath[]
}

function pointsOf(lists: readonly Samples[], isVector: boolean): RangeReading {
  const moments = new Map<number, { readonly values: unknown[]; readonly path: FieldPath }>()
  for (const { list, paths } of lists) {
    for (const [index, sample] of list.entries()) {
      const path = paths[index] ?? []
      const [time, text] = Array.isArray(sample) ? (sample as readonly unknown[]) : []
      const value = typeof text === 'string' ? pointOfCell(text)?.value : undefined
      if (typeof time !== 'number' || typeof value !== 'number') {
        return { problem: `expected [seconds, "number"], got ${describe(sample)}`, path }
      }
      const moment = moments.get(time) ?? { values: [], path }
      moment.values.push(value)
      moments.set(time, moment)
    }
  }
  const points = [...moments].sort(([a], [b]) => a - b)
  return { points: points.map(([time, { values, path }]) => ({ time, value: isVector ? values : values[0], path })) }
}
