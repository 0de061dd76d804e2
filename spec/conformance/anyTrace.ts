import { reconcileExperimentAsRecorded } from './experimentTrace'
import { reconcileAnalysisRunAsRecorded } from './families/analysis-run'
import { reconcileAsRecorded } from './rolloutTrace'
import type { Outcome, Situation } from './trace'

/** By the first part of the key: which reducer a recorded step is for. */
const reconcilers: Readonly<Record<string, (situation: Situation) => Outcome>> = {
  rollouts: reconcileAsRecorded,
  experiments: reconcileExperimentAsRecorded,
  analysisruns: reconcileAnalysisRunAsRecorded,
}

/** Reconciles the object of a recorded step, of whatever kind: traces with Rollouts, Experiments and AnalysisRuns in turn. */
export function reconcileAnyAsRecorded(situation: Situation): Outcome {
  const [plural = ''] = situation.key.split('/')
  const reconcile = Object.hasOwn(reconcilers, plural) ? reconcilers[plural] : undefined
  return reconcile?.(situation) ?? { objects: situation.objects, events: [], error: `no reducer for ${plural}` }
}
