import { isJsonObject, type JsonObject } from '../../model/json'
import type { FieldPath } from '../places'
import { type AnswerReader, neverData } from './answer'

const path: FieldPath = ['data', 'actor', 'account', 'nrql', 'results']

/**
 * NerdGraph's answer to an NRQL query. With TIMESERIES each span of time is a measurement when it ends, of the rows
 * that it has; without, the rows are one measurement.
 */
export const newRelicAnswer: AnswerReader = {
  server: 'New Relic',
  is: (value) => rowsOf(value) !== undefined,
  read: (answer) => {
    const rows = rowsOf(answer) ?? []
    if (rows.length === 0) return neverData(path)
    const isTimed = rows.every(({ endTimeSeconds }) => typeof endTimeSeconds === 'number')
    if (!isTimed) return { points: [{ time: undefined, value: rows, path }] }
    const moments = new Map<number, JsonObject[]>()
    for (const { beginTimeSeconds: _, endTimeSeconds, ...row } of rows) {
      const moment = moments.get(endTimeSeconds as number) ?? []
      moment.push(row)
      moments.set(endTimeSeconds as number, moment)
    }
    const points = [...moments].sort(([one], [other]) => one - other)
    return { points: points.map(([time, value]) => ({ time, value, path })) }
  },
}

function rowsOf(value: unknown): readonly JsonObject[] | undefined {
  let inner: unknown = value
  for (const name of path) inner = isJsonObject(inner) && typeof name === 'string' ? inner[name] : undefined
  return Array.isArray(inner) ? inner.filter(isJsonObject) : undefined
}
