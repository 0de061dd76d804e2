import { isJsonObject } from '../../model/json'
import { describe } from '../explain'
import type { FieldPath } from '../places'
import { type AnswerReader, type AnswerReading, neverData } from './answer'
import { type Sample, tooMuch, windowPoints } from './window'

const defaultWindowSeconds = 300

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** `/api/v1/query`: the last point of the first series in the window; a null counts as 0, as the provider reads it. */
export const datadogV1Answer: AnswerReader = {
  server: 'Datadog',
  is: (value) =>
    isJsonObject(value) &&
    isList(value.series) &&
    ('from_date' in value || 'res_type' in value || hasPoints(value.series)),
  read: (answer, windowSeconds = defaultWindowSeconds) => {
    const [first] = (answer as { readonly series: readonly unknown[] }).series
    const path: FieldPath = ['series', 0, 'pointlist']
    const list = isJsonObject(first) && isList(first.pointlist) ? first.pointlist : []
    if (list.length === 0) return neverData(['series'])
    const samples: Sample<number>[] = []
    for (const [index, point] of list.entries()) {
      const [milliseconds, value] = isList(point) ? point : []
      if (typeof milliseconds !== 'number' || (typeof value !== 'number' && value !== null)) {
        return { problem: `expected [milliseconds, number], got ${describe(point)}`, path: [...path, index] }
      }
      samples.push({ seconds: milliseconds / 1000, value: value ?? 0 })
    }
    const bring = ([window = []]: readonly (readonly Sample<number>[])[]): unknown => window.at(-1)?.value ?? null
    const points = windowPoints({ lists: [samples], windowSeconds, bring, path })
    return points ? { points } : tooMuch(path)
  },
}

const hasPoints = (series: readonly unknown[]): boolean => series.some((one) => isJsonObject(one) && 'pointlist' in one)

/**
 * `/api/v2/query/timeseries` (a series for each group, the last value in the window) and `/api/v2/query/scalar` (one
 * moment).
 */
export const datadogV2Answer: AnswerReader = {
  server: 'Datadog',
  is: (value) => attributesOf(value) !== undefined,
  read: (answer, windowSeconds = defaultWindowSeconds) => {
    const attributes = attributesOf(answer) ?? {}
    if (isList(attributes.columns)) return scalarReading(attributes.columns)
    const { times, values, series } = attributes as Readonly<Record<string, readonly unknown[] | undefined>>
    const path: FieldPath = ['data', 'attributes', 'values']
    const lists = (values ?? []).map((list) => samplesOf(times ?? [], isList(list) ? list : []))
    if (lists.every((list) => list.length === 0)) return neverData(path)
    const isGrouped = (series ?? []).some(
      (one) => isJsonObject(one) && isList(one.group_tags) && one.group_tags.length > 0,
    )
    const bring = (windows: readonly (readonly Sample<number>[])[]): unknown => {
      const found = windows.flatMap((window) => window.at(-1)?.value ?? [])
      return isGrouped ? (found.length === 0 ? null : found) : (found[0] ?? null)
    }
    const points = windowPoints({ lists: isGrouped ? lists : lists.slice(0, 1), windowSeconds, bring, path })
    return points ? { points } : tooMuch(path)
  },
}

function attributesOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const data = isJsonObject(value) ? value.data : undefined
  const attributes = isJsonObject(data) ? data.attributes : undefined
  if (!isJsonObject(attributes)) return undefined
  return isList(attributes.columns) || (isList(attributes.times) && isList(attributes.values)) ? attributes : undefined
}

/** Nulls are passed over. */
const samplesOf = (times: readonly unknown[], values: readonly unknown[]): readonly Sample<number>[] =>
  times.flatMap((milliseconds, index) => {
    const value = values[index]
    return typeof milliseconds === 'number' && typeof value === 'number'
      ? [{ seconds: milliseconds / 1000, value }]
      : []
  })

function scalarReading(columns: readonly unknown[]): AnswerReading {
  const objects = columns.filter(isJsonObject)
  const isGrouped = objects.some(({ type }) => type === 'group')
  const numbers = objects.find(({ type }) => type === undefined || type === 'number')
  const values = isList(numbers?.values) ? numbers.values.filter((value) => typeof value === 'number') : []
  const path: FieldPath = ['data', 'attributes', 'columns']
  if (values.length === 0) return neverData(path)
  return { points: [{ time: undefined, value: isGrouped ? values : values[0], path }] }
}
