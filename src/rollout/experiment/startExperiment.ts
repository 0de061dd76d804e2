import { controllerOf } from '../../kube/ownerReference'
import { experimentSpecShape } from '../../kube/types/experimentShape'
import { printShape } from '../../kube/types/printShape'
import { isCompletedPhase } from '../../model/analysisPhases'
import type { Experiment, ExperimentSpec } from '../../model/experiment'
import type { RolloutExperimentStep } from '../../model/rollout'
import { commit } from '../turn/commit'
import type { Problem } from '../turn/flow'
import type { Turn } from '../turn/turn'
import { buildExperiment, fieldOfExperiment } from './buildExperiment'

/**
 * Starts the Experiment of a step, or reuses the unfinished one that an earlier reconcile created without recording it.
 * If another object has the name, `<name>-1`, `<name>-2` and so on are tried (behaviour 3.14).
 */
export function startExperiment(turn: Turn, step: RolloutExperimentStep): Experiment | Problem {
  const built = buildExperiment(turn.facts, step)
  if ('error' in built) return built
  const taken = new Map(
    (turn.facts.observed.experiments ?? [])
      .filter(({ metadata }) => (metadata.namespace ?? '') === turn.facts.namespace)
      .map((one) => [one.metadata.name, one] as const),
  )
  for (let collisions = 0; ; collisions++) {
    const name = collisions === 0 ? built.metadata.name : `${built.metadata.name}-${collisions}`
    const existing = taken.get(name)
    if (!existing) return create(turn, { ...built, metadata: { ...built.metadata, name } })
    const isOurs = controllerOf(existing)?.uid === turn.facts.rollout.metadata.uid
    if (isOurs && !isCompletedPhase(existing.status?.phase) && runsTheSame(built.spec, existing.spec)) return existing
  }
}

function create(turn: Turn, experiment: Experiment): Experiment | Problem {
  const failure = commit(turn, { kind: 'createExperiment', experiment })
  return failure ? { error: failure.message, code: 'create-refused', path: fieldOfExperiment(turn.facts) } : experiment
}

/** Equal as the controller prints them; `terminate` is ignored. */
function runsTheSame(left: ExperimentSpec, right: ExperimentSpec): boolean {
  const print = (spec: ExperimentSpec): string => printShape(experimentSpecShape, { ...spec, terminate: undefined })
  return print(left) === print(right)
}
