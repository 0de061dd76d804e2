import type { Condition } from '../../model/meta'
import type { RolloutStatus } from '../../model/rolloutStatus'
import { type ConditionUpdate, conditionAt, conditionOf, withCondition } from '../status/conditionList'
import { isCompleted } from '../status/health'
import { phaseOf } from '../status/phase'
import { patchedStatus } from '../status/statusWrite'
import type { Flow, NextStatus, Turn } from '../turn'

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
 * Notes pause, resume and retry in the conditions before anything else, so that the progress clock does not count the
 * pause. Ends the reconcile if there was something to note (behaviour 3.5.1).
 */
export function notePauses(turn: Turn): Flow {
  const { before, rollout } = turn
  if (!turn.semantics.mayNotePauses(turn)) return 'continue'
  const reason = conditionOf(before.conditions, 'Progressing')?.reason
  const isPaused = (before.pauseConditions?.length ?? 0) > 0 || rollout.spec.paused === true
  const isAborted = reason === 'RolloutAborted'
  const updates: ConditionUpdate[] = []
  if (isPaused !== (reason === 'RolloutPaused') && !isAborted && turn.semantics.notesPausesOf(before))
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
  return patchConditions(turn, before.conditions ?? [], updates) ? turn.semantics.afterOwnWrite : 'continue'
}

/** A spec that was changed just now is worked on first: its pauses may be others. */
export const specIsObserved = ({ before, rollout }: Turn): boolean =>
  String(rollout.metadata.generation ?? 0) === (before.observedGeneration ?? '')

/** A completed update has no progress to watch. */
export const isUnderWay = (status: RolloutStatus): boolean => !isCompleted(status)

/** Sets conditions and what must agree with them: phase, message, duration. False if nothing changed. */
export function patchConditions(turn: Turn, from: readonly Condition[], updates: readonly ConditionUpdate[]): boolean {
  const next: NextStatus = { ...turn.before, conditions: from }
  for (const update of updates)
    next.conditions = withCondition(next.conditions, conditionAt(update, turn.nowText)).conditions
  next.observedGeneration = String(turn.rollout.metadata.generation ?? 0)
  const { phase, message } = phaseOf(turn.rollout, next)
  next.phase = phase
  next.message = message
  next.duration = turn.semantics.duration.next(turn, next)
  const status = patchedStatus(turn.before, next)
  if (status === turn.before) return false
  turn.decided = status
  return true
}
