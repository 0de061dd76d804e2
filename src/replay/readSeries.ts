import type { Issue } from '../model/issue'
import { hasAnEnd, isJsonObject } from '../model/json'
import { isMeasuredPhase, type SeriesItem, type SeriesPoint } from '../model/series'

/** One metric's points, ready to be looked up. */
export interface ReadSeries {
  /** Every point has a time, and they are in the order of their times. */
  readonly isTimed: boolean
  readonly points: readonly SeriesPoint[]
  /** The first point is all there is, and it holds for good. */
  readonly forever?: true
}

/** After the last point: that one again, or no data any more (a null result). */
export type AfterEnd = 'repeatLast' | 'noData'

const noData: SeriesPoint = { value: null }

/** What has no end cannot be judged: it is no data. */
function pointOf(item: SeriesItem): SeriesPoint {
  if (!hasAnEnd(item)) return noData
  if (isMeasuredPhase(item)) return { phase: item }
  if (!isJsonObject(item)) return { value: item }
  const { recorded, ...point } = item as SeriesPoint
  return isJsonObject(recorded) && isMeasuredPhase(recorded.phase) ? { ...point, recorded } : point
}

/** Puts a metric's points in order. Where some have a time and others have none, those without are left out. */
export function readSeries(
  metric: string,
  items: readonly SeriesItem[],
): ReadSeries & { readonly issues: readonly Issue[] } {
  const points = items.map(pointOf)
  const timed = points.filter(({ atSeconds }) => Number.isFinite(atSeconds))
  if (timed.length === 0) {
    const forever = points[0]?.forever === true && points.length === 1 ? { forever: true as const } : {}
    return { isTimed: false, points, issues: [], ...forever }
  }
  const sorted = timed.sort((a, b) => (a.atSeconds ?? 0) - (b.atSeconds ?? 0))
  const left = points.length - timed.length
  const message = `${left} of ${points.length} points have no time; they are left out`
  const issues: readonly Issue[] =
    left === 0 ? [] : [{ code: 'series-time', path: metric, message, severity: 'warning' }]
  return { isTimed: true, points: sorted, issues }
}

/** What the n-th measurement (from 0) finds, so many seconds after the start. */
export function pointFor(
  { isTimed, points, forever }: ReadSeries,
  measurement: number,
  atSeconds: number,
  afterEnd: AfterEnd,
): SeriesPoint {
  if (forever) return points[0] ?? noData
  const isBeyond = isTimed ? atSeconds > (points.at(-1)?.atSeconds ?? 0) : measurement >= points.length
  if (isBeyond) return (afterEnd === 'repeatLast' ? points.at(-1) : undefined) ?? noData
  return points[isTimed ? lastUpTo(points, atSeconds) : measurement] ?? noData
}

/** Whether so many measurements, the last one at that second, have seen the last point of a series. */
export function isUsedUp(
  { isTimed, points, forever }: ReadSeries,
  measurements: number,
  lastAtSeconds: number,
): boolean {
  if (measurements === 0 || forever) return false
  return isTimed ? lastAtSeconds >= (points.at(-1)?.atSeconds ?? 0) : measurements >= points.length
}

/** Index of the last point that is not later, -1 before the first. */
function lastUpTo(points: readonly SeriesPoint[], atSeconds: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.atSeconds ?? 0) <= atSeconds) low = middle + 1
    else high = middle
  }
  return low - 1
}
