import type { Issue } from '../../model/issue'
import type { Series, SeriesItem, SeriesPoint } from '../../model/series'
import { formatTime } from '../../model/time'
import { isTimeName, readSeriesTime, type SeriesTime } from './seriesCells'

/** A measurement as it was read, before times are put together. */
export interface SeriesEntry {
  readonly metric: string
  /** As it is in the text; undefined if there is none. */
  readonly time: unknown
  readonly item: SeriesItem
  readonly path: string
  readonly line: number | undefined
}

/** One row of a table: cells by column. */
export interface SeriesRow {
  readonly cells: ReadonlyMap<string, SeriesPoint>
  /** Times are kept as they were written. */
  readonly time: unknown
  readonly path: string
  readonly line: number | undefined
}

export const seriesIssue = (code: string, message: string, path = '', line?: number): Issue => ({
  code,
  path,
  message,
  ...(line === undefined ? {} : { line }),
})

/**
 * The measurements of one row. Long: columns `metric` and `value`, `phase` or `error`. Wide: a column a metric; one
 * that is called `value` represents `onlyMetric`, where the caller has one.
 */
export function entriesOfRow(
  { cells, time, path, line }: SeriesRow,
  onlyMetric: string | undefined,
): readonly SeriesEntry[] {
  const metric = cells.get('metric')
  if (metric) {
    const item = pointOfLongRow(cells)
    return item ? [{ metric: String(metric.value), time, item, path, line }] : []
  }
  return [...cells]
    .filter(([name]) => !isTimeName(name))
    .map(([name, item]) => {
      const isOnly = onlyMetric !== undefined && name.toLowerCase() === 'value'
      return { metric: isOnly ? onlyMetric : name, time, item, path: path === '' ? name : `${path}.${name}`, line }
    })
}

function pointOfLongRow(cells: ReadonlyMap<string, SeriesPoint>): SeriesPoint | undefined {
  const error = cells.get('error')?.value
  if (error !== undefined) return { error: String(error) }
  return cells.get('phase') ?? cells.get('value')
}

export interface AssembledSeries {
  readonly series: Series
  readonly issues: readonly Issue[]
  /** RFC 3339 of the second 0, where times are moments. */
  readonly startAt?: string
}

/**
 * Lists by metric. `isTimed`: every entry needs a time. Moments count from the earliest one, or from `startSeconds`;
 * seconds and durations are what they are.
 */
export function assembleSeries(
  entries: readonly SeriesEntry[],
  isTimed: boolean,
  startSeconds: number | undefined,
): AssembledSeries {
  const issues: Issue[] = []
  const timed = entries.flatMap((entry) => {
    const time = timeOf(entry, isTimed, issues)
    return time === 'wrong' ? [] : [{ entry, time }]
  })
  const moments = timed.flatMap(({ time }) => (time && 'moment' in time ? [time.moment] : []))
  const relative = timed.find(({ time }) => time && 'seconds' in time)
  if (moments.length > 0 && relative) {
    const message = 'some times are moments, others are seconds: write all of them in one way'
    issues.push(seriesIssue('series-time', message, relative.entry.path, relative.entry.line))
  }
  const earliest = startSeconds ?? moments.reduce((least, moment) => Math.min(least, moment), Number.POSITIVE_INFINITY)
  const lists = new Map<string, SeriesItem[]>()
  for (const { entry, time } of timed) {
    const list = lists.get(entry.metric) ?? []
    list.push(time ? { atSeconds: secondsAfter(time, earliest), ...asPoint(entry.item) } : entry.item)
    lists.set(entry.metric, list)
  }
  const start = moments.length === 0 ? {} : { startAt: formatTime(earliest) }
  return { series: Object.fromEntries(lists), issues, ...start }
}

function timeOf(
  { time, path, line }: SeriesEntry,
  isTimed: boolean,
  issues: Issue[],
): SeriesTime | 'wrong' | undefined {
  if (time === undefined && !isTimed) return undefined
  const read = readSeriesTime(time)
  if (read) return read
  const given = time === undefined ? 'the time is missing' : `${JSON.stringify(time)} is no time`
  const message = `${given}: write RFC 3339, seconds, or a duration such as 1m30s`
  issues.push(seriesIssue('series-time', message, path, line))
  return 'wrong'
}

/** To the millisecond: differences of moments are not exact. */
const secondsAfter = (time: SeriesTime, earliest: number): number =>
  'seconds' in time ? time.seconds : Math.round((time.moment - earliest) * 1000) / 1000

const asPoint = (item: SeriesItem): SeriesPoint =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as SeriesPoint) : { value: item }
