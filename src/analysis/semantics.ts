import type { AnalysisPhase, Metric } from '../model/analysis'
import type { ControllerVersion } from '../model/controllerVersion'
import { metricsProblem, metricsProblemWithoutStreaks } from '../templates/metricsProblem'

/** All differences between controller versions in decisions about AnalysisRuns. */
export interface AnalysisSemantics {
  /** A run that ends also terminates measurements that would resume later. */
  readonly wakesSleepersToEnd: boolean
  /** Terminated measurements that get the message `Metric Terminated`. */
  readonly saysTerminated: (phase: AnalysisPhase | undefined) => boolean
  /** A metric with the fields of the controller's version. */
  readonly knownMetric: (metric: Metric) => Metric
  readonly metricsProblem: (metrics: readonly Metric[]) => string | undefined
  /** Consecutive successes are counted. */
  readonly countsStreaks: boolean
}

const main: AnalysisSemantics = {
  wakesSleepersToEnd: true,
  saysTerminated: (phase) => phase === 'Successful' || phase === 'Inconclusive',
  knownMetric: (metric) => metric,
  metricsProblem,
  countsStreaks: true,
}

/** Up to v1.9 a measurement that waits for its `resumeAt` delays the end of its run. */
const release19: AnalysisSemantics = {
  ...main,
  wakesSleepersToEnd: false,
  saysTerminated: (phase) => phase === 'Successful',
}

function withoutStreak(metric: Metric): Metric {
  const { consecutiveSuccessLimit: unknown, ...known } = metric
  return unknown === undefined ? metric : known
}

/** v1.7 has no `consecutiveSuccessLimit`, and cannot ignore failures. */
const release17: AnalysisSemantics = {
  ...release19,
  knownMetric: withoutStreak,
  metricsProblem: metricsProblemWithoutStreaks,
  countsStreaks: false,
}

export const semantics: Readonly<Record<ControllerVersion, AnalysisSemantics>> = {
  main,
  'v1.10': main,
  'v1.9': release19,
  'v1.8': release19,
  'v1.7': release17,
}
