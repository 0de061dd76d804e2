import type { Condition } from '../../model/meta'
import type { RolloutStatus } from '../../model/rolloutStatus'
import type { ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import { textNow } from '../facts/clock'
import {
  type ConditionUpdate,
  conditionAt,
  conditionOf,
  countsAsSame,
  withCondition,
  withoutCondition,
} from '../facts/conditionList'
import type { Facts } from '../facts/facts'
import {
  hasTimedOut,
  isCompleted,
  isFullyPromoted,
  isHealthy,
  isIndefiniteStep,
  isProgressing,
  waitsForScaleDown,
} from '../facts/health'
import { availablePods, isSaturated, revisionOf, setWithHash, sumOf } from '../facts/replicaSets'
import type { NextStatus } from '../turn/draft'
import { emit } from '../turn/events'
import { isAborted } from '../turn/pauses'
import type { Turn } from '../turn/turn'
import { progressTexts } from './progressTexts'

export interface ConditionInputs {
  readonly pauses: RolloutStatus['pauseConditions']
  /** The message that the update made no progress before its deadline. */
  readonly onTimeout: (turn: Turn, message: string) => void
}

/** Sets the conditions of the next status in the controller's order, because the order of the list is observable. */
export function settleConditions(turn: Turn, next: NextStatus, inputs: ConditionInputs): void {
  const becameUnhealthy = settleHealthy(turn.facts, next, inputs)
  if (isAborted(turn)) settleAborted(turn, next)
  else settleProgressing(turn, next, becameUnhealthy, inputs)
  set(turn.facts, next, availability(turn.facts, next))
  const failure = replicaFailure(turn.facts)
  next.conditions = failure
    ? withCondition(next.conditions, failure).conditions
    : withoutCondition(next.conditions, 'ReplicaFailure')
  settleCompleted(turn, next)
}

function set(facts: Facts, next: NextStatus, update: ConditionUpdate): boolean {
  const current = conditionOf(next.conditions, update.type)
  if (current && countsAsSame(current, update)) return false
  const { conditions, changed } = withCondition(next.conditions, conditionAt(update, textNow(facts)))
  next.conditions = conditions
  return changed
}

/** Returns whether a healthy Rollout has just become unhealthy. */
function settleHealthy(facts: Facts, next: NextStatus, { pauses }: ConditionInputs): boolean {
  const paused = (pauses?.length ?? 0) > 0 || facts.rollout.spec.paused === true
  if (!paused && isHealthy(facts.rollout, facts.before, next)) {
    set(facts, next, { type: 'Healthy', status: 'True', reason: 'RolloutHealthy', message: 'Rollout is healthy' })
    return false
  }
  if (!conditionOf(facts.before.conditions, 'Healthy')) return false
  return set(facts, next, {
    type: 'Healthy',
    status: 'False',
    reason: 'RolloutHealthy',
    message: 'Rollout is not healthy',
  })
}

function settleAborted(turn: Turn, next: NextStatus): void {
  const text = `Rollout aborted update to revision ${revisionOf(turn.facts.rollout) ?? 0}`
  const message = turn.ledger.pauses.abortMessage ? `${text}: ${turn.ledger.pauses.abortMessage}` : text
  const changed = set(turn.facts, next, { type: 'Progressing', status: 'False', reason: 'RolloutAborted', message })
  if (changed) emit(turn, 'RolloutAborted', message, 'Warning')
}

const unavailableText = 'Rollout does not have minimum availability'

function settleProgressing(
  turn: Turn,
  next: NextStatus,
  becameUnhealthy: boolean,
  { onTimeout }: ConditionInputs,
): void {
  if (isHealthy(turn.facts.rollout, turn.facts.before, next)) {
    const message = progressTexts.done(turn)
    set(turn.facts, next, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message })
  } else if (isProgressing(turn.facts.rollout, turn.facts.before, next) || becameUnhealthy) {
    refreshProgressing(turn, next, becameUnhealthy)
  } else if (!isIndefiniteStep(turn.facts) && !waitsForScaleDown(turn.facts) && hasTimedOut(turn.facts, next)) {
    const message = progressTexts.late(turn)
    set(turn.facts, next, { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message })
    onTimeout(turn, message)
  }
}

/**
 * Unlike other conditions this one is renewed even if status and reason are unchanged: its update time is the progress
 * clock.
 */
function refreshProgressing(turn: Turn, next: NextStatus, becameUnhealthy: boolean): void {
  const lostPods = isFullyPromoted(next) && becameUnhealthy
  const fresh: Condition = conditionAt(
    {
      type: 'Progressing',
      status: 'True',
      reason: lostPods ? 'ReplicaSetNotAvailable' : 'ReplicaSetUpdated',
      message: lostPods ? unavailableText : progressTexts.going(turn),
    },
    textNow(turn.facts),
  )
  const current = conditionOf(turn.facts.before.conditions, 'Progressing')
  const kept = current?.status === 'True' ? { ...fresh, lastTransitionTime: current.lastTransitionTime } : fresh
  const others = current ? withoutCondition(next.conditions, 'Progressing') : next.conditions
  next.conditions = withCondition(others, kept).conditions
}

function availability(facts: Facts, next: NextStatus): ConditionUpdate {
  const { canary, blueGreen } = facts.rollout.spec.strategy ?? {}
  const active = blueGreen && setWithHash(facts, next.blueGreen?.activeSelector ?? '')
  const available =
    (active !== undefined && isSaturated(facts, active)) ||
    (canary !== undefined && sumOf(facts.replicaSets, availablePods) >= replicasOf(facts.rollout))
  return {
    type: 'Available',
    status: available ? 'True' : 'False',
    reason: 'AvailableReason',
    message: available ? 'Rollout has minimum availability' : unavailableText,
  }
}

/** A failure such as a quota: the new ReplicaSet's comes first. */
function replicaFailure(facts: Facts): Condition | undefined {
  let failure = failureOf(facts.newSet)
  for (const one of facts.replicaSets) failure ??= failureOf(one)
  return failure && { ...failure, lastUpdateTime: failure.lastTransitionTime }
}

const failureOf = (set: ReplicaSet | undefined): Condition | undefined =>
  conditionOf(set?.status?.conditions, 'ReplicaFailure')

function settleCompleted(turn: Turn, next: NextStatus): void {
  const completed = isCompleted(next)
  const changed = set(turn.facts, next, {
    type: 'Completed',
    status: completed ? 'True' : 'False',
    reason: 'RolloutCompleted',
    message: 'RolloutCompleted',
  })
  if (!changed || completed) return
  const revision = turn.facts.semantics.startedRevision(revisionOf(turn.facts.rollout) ?? 0)
  emit(
    turn,
    'RolloutNotCompleted',
    `Rollout not completed, started update to revision ${revision} (${next.currentPodHash ?? ''})`,
  )
}
