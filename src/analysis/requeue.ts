import type { Metric } from '../model/analysis'
import { parseDurationSeconds } from '../model/duration'
import { parseTime } from '../model/time'
import { errorRetrySeconds, hasReachedCount, intervalOf } from './dueMeasurements'
import { finishedSeconds, isMetricCompleted, lastMeasurement, type Results } from './results'

/** When there is something to do for the metric, in seconds since 1970; undefined where only an event can bring it on. */
export function nextTurnSeconds(
  metric: Metric,
  results: Results,
  startedAt: string | undefined,
  nowSeconds: number,
): number | undefined {
  const result = results.get(metric.name)
  if (isMetricCompleted(result)) return undefined
  const last = lastMeasurement(result)
  if (!last) {
    const delaySeconds = metric.initialDelay ? parseDurationSeconds(metric.initialDelay) : undefined
    return delaySeconds === undefined ? undefined : (parseTime(startedAt) ?? nowSeconds) + delaySeconds
  }
  const finished = finishedSeconds(last)
  if (finished === undefined) return parseTime(last.resumeAt)
  if (hasReachedCount(metric, result)) return undefined
  const waitSeconds = last.phase === 'Error' ? errorRetrySeconds : intervalOf(metric)
  return waitSeconds === undefined ? undefined : finished + waitSeconds
}

/** Seconds until the first metric has something to do, at least 0 (behaviour 4.6). */
export function requeueAfterSeconds(
  metrics: readonly Metric[],
  results: Results,
  startedAt: string | undefined,
  nowSeconds: number,
): number | undefined {
  const turns = metrics
    .map((metric) => nextTurnSeconds(metric, results, startedAt, nowSeconds))
    .filter((seconds) => seconds !== undefined)
  return turns.length === 0 ? undefined : Math.max(0, turns.reduce((a, b) => Math.min(a, b)) - nowSeconds)
}
