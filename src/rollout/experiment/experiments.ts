import { controllerOf } from '../../kube/ownerReference'
import { isCompletedPhase } from '../../model/analysisPhases'
import type { Experiment } from '../../model/experiment'
import type { Flow, Turn } from '../turn'

/** Finds the Experiments of this Rollout, and the one that its status names (behaviour 3.3, item 4). */
export function claimExperiments(turn: Turn): void {
  const { observed, rollout } = turn
  const owned = (observed.experiments ?? []).filter(
    (experiment) =>
      (experiment.metadata.namespace ?? '') === turn.namespace &&
      controllerOf(experiment)?.uid === rollout.metadata.uid,
  )
  const named = turn.before.canary?.currentExperiment ?? ''
  const current = owned.find(({ metadata }) => metadata.name === named)
  turn.experiments = owned
  turn.currentExperiment = current
  turn.otherExperiments = owned.filter((experiment) => experiment !== current)
}

/**
 * Ends what still runs. Finished Experiments, and those that are asked to end already, stay as they are. Quirk kept for
 * fidelity: one that was deleted with its revision earlier in this reconcile ends the reconcile with "not found".
 */
export function terminateExperiments(turn: Turn, experiments: readonly (Experiment | undefined)[]): Flow {
  for (const experiment of experiments) {
    if (!experiment || experiment.spec.terminate || isCompletedPhase(experiment.status?.phase)) continue
    const { name } = experiment.metadata
    const live = turn.experiments.find((one) => one.metadata.name === name)
    if (!live) return { error: `experiments.argoproj.io "${name}" not found`, code: 'not-found', forgotten: true }
    if (live.spec.terminate) continue
    turn.changes.push({ kind: 'terminateExperiment', namespace: turn.namespace, name })
    turn.experiments = turn.experiments.map((one) =>
      one === live ? { ...live, spec: { ...live.spec, terminate: true } } : one,
    )
  }
  return 'continue'
}

export function deleteExperiments(turn: Turn, experiments: readonly Experiment[]): void {
  for (const { metadata } of experiments) {
    if (metadata.deletionTimestamp || !turn.experiments.some((one) => one.metadata.name === metadata.name)) continue
    turn.changes.push({ kind: 'deleteExperiment', namespace: turn.namespace, name: metadata.name })
    turn.experiments = turn.experiments.filter((one) => one.metadata.name !== metadata.name)
  }
}
