import type { AnalysisRun, Metric } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { MeasuredPhaseName, SeriesPoint } from '../model/series'
import { whyConditionsAreIgnored } from './fitness'
import type { ReplayedMeasurement } from './report'

/** A run and its measurements, once it was replayed. */
interface Replayed {
  readonly run: AnalysisRun
  readonly measurements: readonly ReplayedMeasurement[]
}

/** Measurements of a run beyond which nobody looks for an earlier moment. */
const mostMeasurements = 2_000

const endings = ['Successful', 'Failed', 'Inconclusive'] as const

/**
 * The second from which on no measurement could have changed the verdict, as long as the provider answers; undefined if
 * that is the verdict's own. `replayFrom` runs the same replay, in which all measurements from the n-th on end alike.
 */
export function decidedAlready(
  { run, measurements }: Replayed,
  replayFrom: (measurement: number, ending: (typeof endings)[number]) => string | undefined,
): number | undefined {
  const verdict = run.status?.phase
  if (!isCompletedPhase(verdict) || measurements.length > mostMeasurements) return undefined
  const isDecidedAfter = (count: number): boolean => endings.every((ending) => replayFrom(count, ending) === verdict)
  // What is decided stays decided, so that halving finds the first such moment.
  let [low, high] = [0, measurements.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isDecidedAfter(middle)) high = middle
    else low = middle + 1
  }
  if (low === 0 || low >= measurements.length) return undefined
  return measurements[low - 1]?.atSeconds
}

/** The point of a measurement that ends in a way, if the metric can end so: else it is successful. */
export function endingPoint(metric: Metric, ending: MeasuredPhaseName): SeriesPoint {
  const { successCondition, failureCondition } = metric
  const isFree = whyConditionsAreIgnored(metric) !== undefined
  const canFail = isFree || Boolean(successCondition) || Boolean(failureCondition)
  const canBeInconclusive = isFree || (Boolean(successCondition) && Boolean(failureCondition))
  const isPossible = ending === 'Failed' ? canFail : ending !== 'Inconclusive' || canBeInconclusive
  return { phase: isPossible ? ending : 'Successful' }
}
