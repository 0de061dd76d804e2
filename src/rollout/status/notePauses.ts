import type { RolloutStatus } from '../../model/rolloutStatus'
import { type ConditionUpdate, conditionOf } from '../facts/conditionList'
import type { Facts } from '../facts/facts'
import { isCompleted } from '../facts/health'
import type { Flow } from '../turn/flow'
import type { Turn } from '../turn/turn'
import { patchConditions } from './patchConditions'

const paused: ConditionUpdate = {
  type: 'Progressing',
  status: 'Unknown',
  reason: 'RolloutPaused',
  message: 'Rollout is paused',
}
const resumed: ConditionUpdate = {
  type: 'Progressing',
  status: 'Unknown',
  reason: 'RolloutResumed',
  message: 'Rollout is resumed',
}
const retried: ConditionUpdate = {
  type: 'Progressing',
  status: 'Unknown',
  reason: 'RolloutRetry',
  message: 'Retrying Rollout after abort',
}

/**
 * Records pause, resume and retry in the conditions first, so that the progress clock does not count the pause. Ends
 * the reconcile if a condition changed (behaviour 3.5.1).
 */
export function notePauses(turn: Turn): Flow {
  const { before, rollout } = turn.facts
  if (!turn.facts.semantics.mayNotePauses(turn.facts)) return 'continue'
  const reason = conditionOf(before.conditions, 'Progressing')?.reason
  const isPaused = (before.pauseConditions?.length ?? 0) > 0 || rollout.spec.paused === true
  const isAborted = reason === 'RolloutAborted'
  const updates: ConditionUpdate[] = []
  if (isPaused !== (reason === 'RolloutPaused') && !isAborted && turn.facts.semantics.notesPausesOf(before))
    updates.push(isPaused ? paused : resumed)
  if (!before.abort && isAborted) updates.push(retried)
  const pausedCondition = conditionOf(before.conditions, 'Paused')?.status === 'True'
  if (isPaused !== pausedCondition && !isAborted) {
    updates.push({
      type: 'Paused',
      status: isPaused ? 'True' : 'False',
      reason: 'RolloutPaused',
      message: 'Rollout is paused',
    })
  }
  if (updates.length === 0) return 'continue'
  return patchConditions(turn, before.conditions ?? [], updates) ? turn.facts.semantics.afterOwnWrite : 'continue'
}

/** A changed spec is handled first, because it may have other pauses. */
export const specIsObserved = ({ before, rollout }: Facts): boolean =>
  String(rollout.metadata.generation ?? 0) === (before.observedGeneration ?? '')

/** A completed update needs no progress. */
export const isUnderWay = (status: RolloutStatus): boolean => !isCompleted(status)
