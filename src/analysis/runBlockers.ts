import type { Metric } from '../model/analysis'
import type { Blocker } from '../model/decision'
import { formatTime } from '../model/time'
import { nextTurnSeconds } from './requeue'
import { finishedSeconds, isMetricCompleted, lastMeasurement, type Results } from './results'

/** Why a run has no verdict yet: one blocker for each metric that is not through. */
export function runBlockers(
  metrics: readonly Metric[],
  results: Results,
  startedAt: string | undefined,
  nowSeconds: number,
): readonly Blocker[] {
  return metrics.flatMap((metric) => {
    const result = results.get(metric.name)
    if (isMetricCompleted(result)) return []
    const last = lastMeasurement(result)
    const turn = nextTurnSeconds(metric, results, startedAt, nowSeconds)
    if (last && finishedSeconds(last) === undefined) {
      const waitsFor = `metric ${metric.name}: the measurement in flight`
      return [{ kind: 'measurement', waitsFor, since: last.startedAt, clearedBy: 'the provider' }]
    }
    if (turn === undefined) {
      const waitsFor = `metric ${metric.name}: the next look at the run`
      return [{ kind: 'progress', waitsFor, since: last?.finishedAt ?? startedAt, clearedBy: 'the next reconcile' }]
    }
    const waitsFor = `metric ${metric.name}: its measurement at ${formatTime(turn)}`
    return [{ kind: 'interval', waitsFor, since: last?.finishedAt ?? startedAt, clearedBy: 'time' }]
  })
}
