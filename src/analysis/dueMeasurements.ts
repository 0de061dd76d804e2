import { parseDurationSeconds } from '../go/durationSeconds'
import { int32Value } from '../kube/intOrString'
import type { Measurement, Metric, MetricResult } from '../model/analysis'
import { parseTime } from '../model/time'
import { effectiveCount } from '../templates/effectiveCount'
import { finishedSeconds, isMetricCompleted, lastMeasurement, type Results } from './results'

/** After an error, and for a metric without an interval. */
export const errorRetrySeconds = 10

/** A call of a metric's provider. */
export interface MeasurementTask {
  /** Index of the metric in the spec. */
  readonly index: number
  readonly metric: Metric
  readonly operation: 'run' | 'resume' | 'terminate'
  /** The measurement in progress that is resumed or terminated. */
  readonly measurement?: Measurement
}

export interface MeasuringSituation {
  /** With arguments substituted. */
  readonly metrics: readonly Metric[]
  readonly results: Results
  readonly terminating: boolean
  readonly wakesSleepersToEnd: boolean
  readonly startedAt: string | undefined
  readonly nowSeconds: number
}

/** Which provider calls are due now (behaviour 4.4). A run that is ending only terminates measurements in progress. */
export function dueMeasurements(situation: MeasuringSituation): readonly MeasurementTask[] {
  const { metrics, results, terminating, wakesSleepersToEnd, nowSeconds } = situation
  const tasks: MeasurementTask[] = []
  metrics.forEach((metric, index) => {
    const result = results.get(metric.name)
    if (isMetricCompleted(result)) return
    const last = lastMeasurement(result)
    if (last && finishedSeconds(last) === undefined) {
      const isAsleep = (parseTime(last.resumeAt) ?? Number.NEGATIVE_INFINITY) > nowSeconds
      if ((terminating && wakesSleepersToEnd) || !isAsleep) {
        tasks.push({ index, metric, operation: terminating ? 'terminate' : 'resume', measurement: last })
      }
    } else if (!terminating && isDue(situation, metric, result, last)) tasks.push({ index, metric, operation: 'run' })
  })
  return tasks
}

function isDue(
  { startedAt, nowSeconds }: MeasuringSituation,
  metric: Metric,
  result: MetricResult | undefined,
  last: Measurement | undefined,
): boolean {
  if (!last) {
    if (!metric.initialDelay) return true
    const startedSeconds = parseTime(startedAt)
    const delaySeconds = parseDurationSeconds(metric.initialDelay)
    return startedSeconds !== undefined && delaySeconds !== undefined && startedSeconds + delaySeconds <= nowSeconds
  }
  if (hasReachedCount(metric, result)) return false
  const intervalSeconds = last.phase === 'Error' ? errorRetrySeconds : (intervalOf(metric) ?? errorRetrySeconds)
  return nowSeconds > (finishedSeconds(last) ?? 0) + intervalSeconds
}

export function hasReachedCount(metric: Metric, result: MetricResult | undefined): boolean {
  const count = effectiveCount(metric)
  return count !== undefined && (result?.count ?? 0) >= int32Value(count)
}

/** Seconds between measurements; undefined if the metric has no interval. */
export const intervalOf = ({ interval }: Metric): number | undefined =>
  interval ? parseDurationSeconds(interval) : undefined
