import { isJsonObject, type JsonObject } from '../../model/json'
import type { FieldPath } from '../places'
import type { AnswerPoint, AnswerReader, AnswerReading } from './answer'
import { neverData } from './answer'

// InfluxDB answers Flux with tables in CSV (influxdb.ts). JSON is what its clients make of them, and what InfluxQL
// answers.

/** Rows of a Flux answer as clients collect them: `[{ "_time": ..., "_value": 0.5 }]`. */
export const fluxRowsAnswer: AnswerReader = {
  server: 'InfluxDB',
  is: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((row) => isJsonObject(row) && Object.hasOwn(row, '_value')),
  read: (answer) => {
    const rows = answer as readonly JsonObject[]
    return byMoment(rows.map((row, index) => ({ time: row._time, values: [row._value], path: [index, '_value'] })))
  },
}

/** `/query` of InfluxQL: `{ "results": [{ "series": [{ "columns": ["time", "mean"], "values": [...] }] }] }`. */
export const influxQlAnswer: AnswerReader = {
  server: 'InfluxDB',
  is: (value) => isJsonObject(value) && Array.isArray(value.results) && value.results.every(isResult),
  read: (answer) => {
    const { results } = answer as { readonly results: readonly JsonObject[] }
    const failed = results.findIndex(({ error }) => error !== undefined)
    if (failed >= 0) {
      return { problem: `the server answered: ${String(results[failed]?.error)}`, path: ['results', failed, 'error'] }
    }
    return byMoment(results.flatMap(({ series }, at) => recordsOf(series, ['results', at, 'series'])))
  },
}

const isResult = (result: unknown): boolean =>
  isJsonObject(result) && ['statement_id', 'series', 'error'].some((key) => Object.hasOwn(result, key))

interface FluxRecord {
  readonly time: unknown
  readonly values: readonly unknown[]
  readonly path: FieldPath
}

/** Every field of a row is a value; a field that is null has no record in Flux. */
function recordsOf(series: unknown, path: FieldPath): readonly FluxRecord[] {
  if (!Array.isArray(series)) return []
  return series.filter(isJsonObject).flatMap(({ columns, values }, at) => {
    const names: readonly unknown[] = Array.isArray(columns) ? columns : []
    const rows: readonly unknown[] = Array.isArray(values) ? values : []
    return rows.map((row, index) => {
      const cells: readonly unknown[] = Array.isArray(row) ? row : []
      const fields = cells.filter((cell, column) => names[column] !== 'time' && cell !== null)
      return { time: cells[names.indexOf('time')], values: fields, path: [...path, at, 'values', index] }
    })
  })
}

/** At each moment a list with all values, as the provider brings them. */
function byMoment(records: readonly FluxRecord[]): AnswerReading {
  if (records.every(({ values }) => values.length === 0)) return neverData([])
  const moments = new Map<unknown, { readonly values: unknown[]; readonly path: FieldPath }>()
  for (const { time, values, path } of records) {
    const moment = moments.get(time) ?? { values: [], path }
    moment.values.push(...values)
    moments.set(time, moment)
  }
  const points: AnswerPoint[] = [...moments].map(([time, { values, path }]) => ({ time, value: values, path }))
  return { points }
}
