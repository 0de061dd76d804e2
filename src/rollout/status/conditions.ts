import type { Condition } from '../../model/meta'
import type { RolloutStatus } from '../../model/rolloutStatus'
import type { ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import { addAbort, isAborted } from '../pause/pauseLedger'
import {
  availablePods,
  createdPods,
  desiredReplicasOf,
  newSet,
  podHash,
  revisionOf,
  sumOf,
  wantedPods,
} from '../pods/replicaSets'
import { emit, type NextStatus, type Turn } from '../turn'
import {
  type ConditionUpdate,
  conditionAt,
  conditionOf,
  countsAsSame,
  withCondition,
  withoutCondition,
} from './conditionList'
import {
  hasTimedOut,
  isCompleted,
  isFullyPromoted,
  isHealthy,
  isIndefiniteStep,
  isProgressing,
  waitsForScaleDown,
} from './health'

export interface ConditionInputs {
  readonly pauses: RolloutStatus['pauseConditions']
  /** The update showed no progress for too long, in this message. */
  readonly onTimeout: (turn: Turn, message: string) => void
}

/** Writes the conditions of the next status, in the controller's order: the order of the list is observable. */
export function settleConditions(turn: Turn, next: NextStatus, inputs: ConditionInputs): void {
  const becameUnhealthy = settleHealthy(turn, next, inputs)
  if (isAborted(turn)) settleAborted(turn, next)
  else settleProgressing(turn, next, becameUnhealthy, inputs)
  set(turn, next, availability(turn, next))
  const failure = replicaFailure(turn)
  next.conditions = failure
    ? withCondition(next.conditions, failure).conditions
    : withoutCondition(next.conditions, 'ReplicaFailure')
  settleCompleted(turn, next)
}

function set(turn: Turn, next: NextStatus, update: ConditionUpdate): boolean {
  const current = conditionOf(next.conditions, update.type)
  if (current && countsAsSame(current, update)) return false
  const { conditions, changed } = withCondition(next.conditions, conditionAt(update, turn.nowText))
  next.conditions = conditions
  return changed
}

/** Returns whether a healthy Rollout became unhealthy just now. */
function settleHealthy(turn: Turn, next: NextStatus, { pauses }: ConditionInputs): boolean {
  const paused = (pauses?.length ?? 0) > 0 || turn.rollout.spec.paused === true
  if (!paused && isHealthy(turn.rollout, turn.before, next)) {
    set(turn, next, { type: 'Healthy', status: 'True', reason: 'RolloutHealthy', message: 'Rollout is healthy' })
    return false
  }
  if (!conditionOf(turn.before.conditions, 'Healthy')) return false
  return set(turn, next, {
    type: 'Healthy',
    status: 'False',
    reason: 'RolloutHealthy',
    message: 'Rollout is not healthy',
  })
}

function settleAborted(turn: Turn, next: NextStatus): void {
  const text = `Rollout aborted update to revision ${revisionOf(turn.rollout) ?? 0}`
  const message = turn.pause.abortMessage ? `${text}: ${turn.pause.abortMessage}` : text
  const changed = set(turn, next, { type: 'Progressing', status: 'False', reason: 'RolloutAborted', message })
  if (changed) emit(turn, 'RolloutAborted', message, 'Warning')
}

const progressTexts = {
  done: (turn: Turn): string => `ReplicaSet "${turn.newName ?? ''}" has successfully progressed.`,
  going: (turn: Turn): string =>
    turn.newName ? `ReplicaSet "${turn.newName}" is progressing.` : `Rollout "${turn.name}" is progressing.`,
  late: (turn: Turn): string =>
    turn.newName
      ? `ReplicaSet "${turn.newName}" has timed out progressing.`
      : `Rollout "${turn.name}" has timed out progressing.`,
}

const unavailableText = 'Rollout does not have minimum availability'

function settleProgressing(
  turn: Turn,
  next: NextStatus,
  becameUnhealthy: boolean,
  { onTimeout }: ConditionInputs,
): void {
  if (isHealthy(turn.rollout, turn.before, next)) {
    const message = progressTexts.done(turn)
    set(turn, next, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message })
  } else if (isProgressing(turn.rollout, turn.before, next) || becameUnhealthy) {
    refreshProgressing(turn, next, becameUnhealthy)
  } else if (!isIndefiniteStep(turn) && !waitsForScaleDown(turn) && hasTimedOut(turn, next)) {
    const message = progressTexts.late(turn)
    set(turn, next, { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message })
    onTimeout(turn, message)
  }
}

/** Unlike other conditions this one is renewed even if status and reason stay: its update time is the progress clock. */
function refreshProgressing(turn: Turn, next: NextStatus, becameUnhealthy: boolean): void {
  const lostPods = isFullyPromoted(next) && becameUnhealthy
  const fresh: Condition = conditionAt(
    {
      type: 'Progressing',
      status: 'True',
      reason: lostPods ? 'ReplicaSetNotAvailable' : 'ReplicaSetUpdated',
      message: lostPods ? unavailableText : progressTexts.going(turn),
    },
    turn.nowText,
  )
  const current = conditionOf(turn.before.conditions, 'Progressing')
  const kept = current?.status === 'True' ? { ...fresh, lastTransitionTime: current.lastTransitionTime } : fresh
  const others = current ? withoutCondition(next.conditions, 'Progressing') : next.conditions
  next.conditions = withCondition(others, kept).conditions
}

function availability(turn: Turn, next: NextStatus): ConditionUpdate {
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  const active = blueGreen && setWithHash(turn, next.blueGreen?.activeSelector ?? '')
  const available =
    (active !== undefined && isSaturated(turn, active)) ||
    (canary !== undefined && sumOf(turn.replicaSets, availablePods) >= replicasOf(turn.rollout))
  return {
    type: 'Available',
    status: available ? 'True' : 'False',
    reason: 'AvailableReason',
    message: available ? 'Rollout has minimum availability' : unavailableText,
  }
}

export const setWithHash = (turn: Turn, hash: string): ReplicaSet | undefined =>
  hash === '' ? undefined : turn.replicaSets.find((one) => podHash(one) === hash)

/** Wanted, annotated, created and available pods all equal `spec.replicas`. */
export function isSaturated(turn: Turn, one: ReplicaSet | undefined): boolean {
  if (!one) return false
  const replicas = replicasOf(turn.rollout)
  return (
    wantedPods(one) === replicas &&
    desiredReplicasOf(one) === replicas &&
    availablePods(one) === replicas &&
    createdPods(one) >= 0
  )
}

/** A quota or the like: the new ReplicaSet's failure comes before that of any other. */
function replicaFailure(turn: Turn): Condition | undefined {
  const fresh = newSet(turn)
  for (const one of fresh ? [fresh, ...turn.replicaSets] : turn.replicaSets) {
    const failure = conditionOf(one.status?.conditions, 'ReplicaFailure')
    if (failure) return { ...failure, lastUpdateTime: failure.lastTransitionTime }
  }
  return undefined
}

function settleCompleted(turn: Turn, next: NextStatus): void {
  const completed = isCompleted(next)
  const changed = set(turn, next, {
    type: 'Completed',
    status: completed ? 'True' : 'False',
    reason: 'RolloutCompleted',
    message: 'RolloutCompleted',
  })
  if (!changed || completed) return
  const revision = turn.semantics.startedRevision(revisionOf(turn.rollout) ?? 0)
  emit(
    turn,
    'RolloutNotCompleted',
    `Rollout not completed, started update to revision ${revision} (${next.currentPodHash ?? ''})`,
  )
}

/** `progressDeadlineAbort`: an update that shows no progress for too long aborts itself (behaviour 3.21). */
export function abortIfLate(turn: Turn, next: NextStatus): void {
  if (!turn.rollout.spec.progressDeadlineAbort || isAborted(turn) || isCompleted(next)) return
  if (isProgressing(turn.rollout, turn.before, next)) return
  if (isIndefiniteStep(turn) || waitsForScaleDown(turn)) return
  if (!hasTimedOut(turn, turn.before)) return
  const message = progressTexts.late(turn)
  addAbort(turn, message)
  emit(turn, 'RolloutAborted', message, 'Warning')
}

/** Until v1.9: the same, of a promoted Rollout as well, and without a look at progress that this reconcile saw. */
export function abortWhenTimedOut(turn: Turn, message: string): void {
  if (!turn.rollout.spec.progressDeadlineAbort || isAborted(turn)) return
  addAbort(turn, message)
  emit(turn, 'RolloutAborted', message, 'Warning')
}
