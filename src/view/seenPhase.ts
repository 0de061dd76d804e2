import type { Rollout } from '../model/rollout'
import type { PhaseAndMessage } from '../rollout/facts/phase'
import { phaseOf } from '../rollout/facts/phase'

/**
 * The phase that a reader of the object sees (upstream: GetRolloutPhase): the controller's own, unless it has not yet
 * looked at what was changed. A workload's generation counts inside the controller only, for no stored object says that
 * its template came from a workload.
 */
export function seenPhaseOf(rollout: Rollout): PhaseAndMessage {
  const { status = {} } = rollout
  if (!generationIsObserved(rollout))
    return { phase: 'Progressing', message: 'waiting for rollout spec update to be observed' }
  if (status.controllerPause && (status.pauseConditions ?? []).length === 0)
    return { phase: 'Progressing', message: 'waiting for rollout to unpause' }
  if (status.phase) return { phase: status.phase, message: status.message ?? '' }
  // Before v1.0 the controller wrote no phase.
  return phaseOf(rollout, status)
}

/** Before v0.10 the field had a hash, which may look like a number: then it counts as a greater one. */
function generationIsObserved({ metadata, status }: Rollout): boolean {
  const text = status?.observedGeneration ?? ''
  if (!/^[+-]?\d+$/.test(text)) return true
  return Number(text) >= (metadata.generation ?? 0)
}
