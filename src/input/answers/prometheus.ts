import { isJsonObject } from '../../model/json'
import { describe } from '../explain'
import type { FieldPath } from '../places'
import { pointOfCell } from '../series/seriesCells'
import { type AnswerPoint, type AnswerReader, type AnswerReading, neverData } from './answer'

/**
 * What `/api/v1/query_range` and `/api/v1/query` answer: at each moment a list with the value of every time series that
 * has one then, in the order of the answer; of a scalar the number. A step without any value is a moment without data.
 */
export const prometheusAnswer: AnswerReader = { server: 'Prometheus', is: isAnswer, read }

function isAnswer(value: unknown): boolean {
  if (!isJsonObject(value) || typeof value.status !== 'string') return false
  return (isJsonObject(value.data) && typeof value.data.resultType === 'string') || typeof value.errorType === 'string'
}

function read(answer: unknown): AnswerReading {
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
  return lists.every(({ list }) => list.length === 0) ? neverData(path, []) : pointsOf(lists, true)
}

interface Samples {
  readonly list: readonly unknown[]
  readonly paths: readonly FieldPath[]
}

function pointsOf(lists: readonly Samples[], isVector: boolean): AnswerReading {
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
  const sorted = [...moments].sort(([a], [b]) => a - b)
  const points = sorted.map(([time, { values, path }]) => ({ time, value: isVector ? values : values[0], path }))
  return { points: isVector ? withHoles(points) : points }
}

type Moment = AnswerPoint & { readonly time: number }

/** Moments are a step apart, the smallest distance of two; where one is left out, no time series had a value then. */
function withHoles(moments: readonly Moment[]): readonly AnswerPoint[] {
  const gaps = moments.slice(1).map(({ time }, index) => time - (moments[index]?.time ?? time))
  const step = gaps.reduce((least, gap) => Math.min(least, gap), Number.POSITIVE_INFINITY)
  return moments.flatMap((moment, index) =>
    (gaps[index] ?? 0) > step * 1.5 ? [moment, { time: moment.time + step, value: [], path: moment.path }] : [moment],
  )
}
