import { isJsonObject, type JsonObject } from '../../model/json'
import { formatTime } from '../../model/time'
import { describe } from '../explain'
import type { FieldPath } from '../places'
import { readSeriesTime } from '../series/seriesCells'
import { type AnswerReader, neverData } from './answer'
import { type Sample, tooMuch, windowPoints } from './window'

const defaultWindowSeconds = 300
const path: FieldPath = ['MetricDataResults']

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/**
 * GetMetricData, as the API or `aws cloudwatch get-metric-data` answers: for each query the values in the window,
 * newest first.
 */
export const cloudWatchAnswer: AnswerReader = {
  server: 'CloudWatch',
  is: (value) => isJsonObject(value) && isList(value.MetricDataResults),
  read: (answer, windowSeconds = defaultWindowSeconds) => {
    const results = (answer as { readonly MetricDataResults: readonly unknown[] }).MetricDataResults.filter(
      isJsonObject,
    )
    const lists: Sample<number>[][] = []
    for (const [index, result] of results.entries()) {
      const { Timestamps: times, Values: values } = result
      const list: Sample<number>[] = []
      for (const [at, value] of (isList(values) ? values : []).entries()) {
        const seconds = momentOf(isList(times) ? times[at] : undefined)
        if (seconds === undefined || typeof value !== 'number') {
          return {
            problem: `expected a number with a timestamp, got ${describe(value)}`,
            path: [...path, index, 'Values', at],
          }
        }
        list.push({ seconds, value })
      }
      lists.push(list)
    }
    const bring = (windows: readonly (readonly Sample<number>[])[]): unknown =>
      results.map((result, index) => resultWith(result, windows[index] ?? []))
    if (lists.every((list) => list.length === 0)) return neverData(path, bring([]))
    const points = windowPoints({ lists, windowSeconds, bring, path })
    return points ? { points } : tooMuch(path)
  },
}

function momentOf(time: unknown): number | undefined {
  const read = readSeriesTime(time)
  return read && 'moment' in read ? read.moment : undefined
}

function resultWith({ Id, Label, StatusCode = 'Complete' }: JsonObject, window: readonly Sample<number>[]): unknown {
  const newestFirst = [...window].reverse()
  return {
    ...(Id === undefined ? {} : { Id }),
    ...(Label === undefined ? {} : { Label }),
    StatusCode,
    Timestamps: newestFirst.map(({ seconds }) => formatTime(seconds)),
    Values: newestFirst.map(({ value }) => value),
  }
}
