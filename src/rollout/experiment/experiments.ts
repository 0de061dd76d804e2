import { isCompletedPhase } from '../../model/analysisPhases'
import type { Experiment } from '../../model/experiment'
import { commit } from '../turn/commit'
import type { Flow } from '../turn/flow'
import type { Turn } from '../turn/turn'

/**
 * Terminates running Experiments. Finished ones, and those already being terminated, are unchanged. Quirk kept for
 * fidelity: one that was deleted with its revision earlier in this reconcile ends the reconcile with "not found".
 */
export function terminateExperiments(turn: Turn, experiments: readonly (Experiment | undefined)[]): Flow {
  for (const experiment of experiments) {
    if (!experiment || experiment.spec.terminate || isCompletedPhase(experiment.status?.phase)) continue
    const { name } = experiment.metadata
    const live = turn.ledger.experiments.find((one) => one.metadata.name === name)
    if (!live) {
      const error = `experiments.argoproj.io "${name}" not found`
      return { error, code: 'not-found', path: 'spec.revisionHistoryLimit', forgotten: true }
    }
    if (live.spec.terminate) continue
    commit(turn, { kind: 'terminateExperiment', namespace: turn.facts.namespace, name })
  }
  return 'continue'
}

export function deleteExperiments(turn: Turn, experiments: readonly Experiment[]): void {
  for (const { metadata } of experiments) {
    if (metadata.deletionTimestamp || !turn.ledger.experiments.some((one) => one.metadata.name === metadata.name))
      continue
    commit(turn, { kind: 'deleteExperiment', namespace: turn.facts.namespace, name: metadata.name })
  }
}
