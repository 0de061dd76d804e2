import { parseDurationSeconds } from '../go/durationSeconds'
import type { Measurement, Metric } from '../model/analysis'
import { parseTime } from '../model/time'
import type { WakeUp } from '../model/wakeUp'
import { errorRetrySeconds, hasReachedCount, intervalOf } from './dueMeasurements'
import type { MeasurementTimes } from './measure'
import { isMetricCompleted, lastMeasurement, type Results } from './results'

/** A metric that is not finished, and when it needs the next action. */
export interface OpenMetric {
  readonly metric: Metric
  readonly last: Measurement | undefined
  readonly inFlight: boolean
  /** Seconds since 1970; undefined if only an event can trigger it. */
  readonly nextSeconds: number | undefined
}

export interface Waiting {
  readonly metrics: readonly Metric[]
  readonly results: Results
  /** For the measurements of this reconcile; for others the status has the time. */
  readonly times: ReadonlyMap<string, MeasurementTimes>
  /** Undefined if the run starts now. */
  readonly startedAt: string | undefined
  readonly nowSeconds: number
}

/** The metrics that are not finished (behaviour 4.6). */
export function openMetrics({ metrics, results, times, startedAt, nowSeconds }: Waiting): readonly OpenMetric[] {
  const open: OpenMetric[] = []
  for (const metric of metrics) {
    const result = results.get(metric.name)
    if (isMetricCompleted(result)) continue
    const last = lastMeasurement(result)
    const { finishedSeconds, resumeSeconds } = times.get(metric.name) ?? timesIn(last)
    const inFlight = last !== undefined && finishedSeconds === undefined
    let nextSeconds: number | undefined
    if (!last) nextSeconds = firstSeconds(metric, startedAt, nowSeconds)
    else if (finishedSeconds === undefined) nextSeconds = resumeSeconds
    else if (!hasReachedCount(metric, result)) {
      const waitSeconds = last.phase === 'Error' ? errorRetrySeconds : intervalOf(metric)
      nextSeconds = waitSeconds === undefined ? undefined : finishedSeconds + waitSeconds
    }
    open.push({ metric, last, inFlight, nextSeconds })
  }
  return open
}

const timesIn = (last: Measurement | undefined): MeasurementTimes => ({
  finishedSeconds: parseTime(last?.finishedAt),
  resumeSeconds: parseTime(last?.resumeAt),
})

/** A metric that was never measured and has no delay does not wait for a time. */
function firstSeconds({ initialDelay }: Metric, startedAt: string | undefined, nowSeconds: number): number | undefined {
  const delaySeconds = initialDelay ? parseDurationSeconds(initialDelay) : undefined
  return delaySeconds === undefined ? undefined : (parseTime(startedAt) ?? nowSeconds) + delaySeconds
}

/** When metrics need their next action; a late measurement is due at once. */
export const measurementWakeUps = (open: readonly OpenMetric[], nowSeconds: number): readonly WakeUp[] =>
  open.flatMap(({ metric, nextSeconds }): readonly WakeUp[] => {
    if (nextSeconds === undefined) return []
    const afterSeconds = Math.max(0, nextSeconds - nowSeconds)
    return [{ code: 'measurement', data: { metric: metric.name }, afterSeconds }]
  })
