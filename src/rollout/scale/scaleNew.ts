import { resyncSeconds, scaleDownDeadlineAnnotation } from '../../model/labelKeys'
import type { ReplicaSet } from '../../model/workload'
import { abortScaleDownDelayOf, replicasOf } from '../defaults'
import { availablePods, newSet, revisionOf, secondsUntilDeadline, stableSet, wantedPods } from '../pods/replicaSets'
import { setWithHash } from '../status/conditions'
import { type Problem, requeueAfter, type Turn } from '../turn'
import { blueGreenNewCount } from './blueGreenCounts'
import { canaryCountsOf } from './canaryCounts'
import { delaysScaleDownOnAbort, scaleTo, setScaleDownDeadline } from './scale'
import { scaleWorkloadDown } from './workloadScale'

/** Scales the new ReplicaSet; true if its size changed (behaviour 3.8.5). */
export function scaleNewReplicaSet(turn: Turn): boolean | Problem {
  const set = newSet(turn)
  if (!set) return false
  let count = turn.rollout.spec.strategy?.canary
    ? canaryCountsOf(turn, turn.next.canary?.weights).canary
    : blueGreenNewCount(turn)
  if (delaysScaleDownOnAbort(turn)) {
    const waiting = waitForAbortDeadline(turn)
    if (waiting === 'wait') return false
    if (waiting === 'over') count = 0
  }
  const scaled = scaleTo(turn, set, count)
  if (revisionOf(set) === 1 && turn.rollout.spec.workloadRef?.scaleDown === 'progressively') {
    return scaleDownProgressively(turn, wantedPods(set) > count) ?? scaled
  }
  return scaled
}

/** v1.7: where the template was changed together with the size, the revision that the status names is scaled. */
export function scaleRecordedReplicaSet(turn: Turn): boolean | Problem {
  const { newName, before } = turn
  if (newName === undefined && before.currentPodHash !== before.stableRS) {
    turn.newName = setWithHash(turn, before.currentPodHash ?? '')?.metadata.name
  }
  const scaled = scaleNewReplicaSet(turn)
  turn.newName = newName
  return scaled
}

/** After an abort the new pods wait for their deadline. */
function waitForAbortDeadline(turn: Turn): 'wait' | 'over' | 'ignore' {
  const set = newSet(turn)
  if (!set) return 'ignore'
  const left = secondsUntilDeadline(set, turn.now)
  if (left === undefined && set.metadata.annotations?.[scaleDownDeadlineAnnotation] === '') return 'ignore'
  if (left === undefined) {
    turn.semantics.noteSizeWhileWaiting(turn, set)
    if (turn.semantics.stableIsComplete(availablePods(stableSet(turn)), replicasOf(turn.rollout)))
      setScaleDownDeadline(turn, newSet(turn) ?? set, abortScaleDownDelayOf(turn.rollout).seconds)
    return 'wait'
  }
  if (Number.isNaN(left)) return 'ignore'
  if (left <= 0) return 'over'
  if (isTooFarToWaitFor(left)) return 'ignore'
  requeueAfter(turn, left)
  turn.semantics.noteSizeWhileWaiting(turn, set)
  return 'wait'
}

/** Stable can serve everything. */
export const hasAllPods = (available: number, replicas: number): boolean => available >= replicas

/** Until v1.9: exactly; while stable has pods too many no deadline is set. */
export const hasExactly = (available: number, replicas: number): boolean => available === replicas

/**
 * Quirk kept for fidelity (behaviour 10, item 14): a deadline further away than the resync period is not waited for, the
 * count applies at once.
 */
const isTooFarToWaitFor = (leftSeconds: number): boolean => leftSeconds >= resyncSeconds

/** `scaleDown: progressively`: the old Deployment shrinks as our pods become ready; only for the first revision. */
function scaleDownProgressively(turn: Turn, shrank: boolean): Problem | undefined {
  const ready = turn.before.readyReplicas ?? 0
  if (turn.before.phase === 'Healthy' && turn.semantics.healthyEndsWorkload) return scaleWorkloadDown(turn, 0)
  if (ready <= 0 && !shrank) return undefined
  return scaleWorkloadDown(turn, Math.max(0, replicasOf(turn.rollout) - ready))
}

/** A ReplicaSet that is new or stable again does not wait for any deadline. */
export function removeScaleDownDeadlines(turn: Turn): void {
  const fresh = newSet(turn)
  if (fresh && !delaysScaleDownOnAbort(turn)) setScaleDownDeadline(turn, fresh, undefined)
  const stable = stableSet(turn)
  if (!stable) return
  if (stable.metadata.name !== turn.newName) setScaleDownDeadline(turn, stable, undefined)
  else if (delaysScaleDownOnAbort(turn)) forgetDeadlineOfStable(turn, stable)
}

/**
 * Quirk kept for fidelity: where one ReplicaSet is both, stable loses its deadline, and as the new one still goes by it in
 * this reconcile.
 */
function forgetDeadlineOfStable(turn: Turn, stable: ReplicaSet): void {
  const seen = turn.replicaSets
  setScaleDownDeadline(turn, stable, undefined)
  turn.replicaSets = seen
}
