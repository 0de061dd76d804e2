import type { AnalysisPhase, Metric } from '../model/analysis'
import type { ControllerVersion } from '../model/controllerVersion'
import { metricsProblem, metricsProblemWithoutStreaks } from '../templates/metricsProblem'

/** Everything in which versions of the controller decide differently about AnalysisRuns. */
export interface AnalysisSemantics {
  readonly controller: ControllerVersion
  /** A run that ends also ends measurements that are to go on later. */
  readonly wakesSleepersToEnd: boolean
  /** Measurements that ended so when they were told to carry the message `Metric Terminated`. */
  readonly saysTerminated: (phase: AnalysisPhase | undefined) => boolean
  /** A metric as the controller knows it. */
  readonly knownMetric: (metric: Metric) => Metric
  readonly metricsProblem: (metrics: readonly Metric[]) => string | undefined
  /** Successes in a row are counted. */
  readonly countsStreaks: boolean
}

const main: AnalysisSemantics = {
  controller: 'main',
  wakesSleepersToEnd: true,
  saysTerminated: (phase) => phase === 'Successful' || phase === 'Inconclusive',
  knownMetric: (metric) => metric,
  metricsProblem,
  countsStreaks: true,
}

/** Up to v1.9 a measurement that waits for its `resumeAt` holds the end of its run up. */
const release19: AnalysisSemantics = {
  ...main,
  controller: 'v1.9',
  wakesSleepersToEnd: false,
  saysTerminated: (phase) => phase === 'Successful',
}

function withoutStreak(metric: Metric): Metric {
  const { consecutiveSuccessLimit: unknown, ...known } = metric
  return unknown === undefined ? metric : known
}

/** v1.7 knows no `consecutiveSuccessLimit`, and cannot switch failures off. */
const release17: AnalysisSemantics = {
  ...release19,
  controller: 'v1.7',
  knownMetric: withoutStreak,
  metricsProblem: metricsProblemWithoutStreaks,
  countsStreaks: false,
}

export const semantics: Readonly<Record<ControllerVersion, AnalysisSemantics>> = {
  main,
  'v1.10': { ...main, controller: 'v1.10' },
  'v1.9': release19,
  'v1.8': { ...release19, controller: 'v1.8' },
  'v1.7': release17,
}
