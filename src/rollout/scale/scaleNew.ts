import { resyncSeconds, scaleDownDeadlineAnnotation } from '../../model/labelKeys'
import type { ReplicaSet } from '../../model/workload'
import { abortScaleDownDelayOf, replicasOf } from '../defaults'
import { availablePods, revisionOf, secondsUntilDeadline, setWithHash, wantedPods } from '../facts/replicaSets'
import type { Problem } from '../turn/flow'
import { requeueAfter } from '../turn/requeue'
import { noteChanged } from '../turn/sets'
import { reread, type Turn } from '../turn/turn'
import { blueGreenNewCount } from './blueGreenCounts'
import { canaryCountsOf } from './canaryCounts'
import { annotateDeadline, delaysScaleDownOnAbort, scaleTo, setScaleDownDeadline } from './scale'
import { scaleWorkloadDown } from './workloadScale'

/** Scales the new ReplicaSet; true if its size changed (behaviour 3.8.5). */
export function scaleNewReplicaSet(turn: Turn): boolean | Problem {
  const set = turn.facts.newSet
  if (!set) return false
  let count = turn.facts.rollout.spec.strategy?.canary
    ? canaryCountsOf(turn.facts, turn.draft.next.canary?.weights).canary
    : blueGreenNewCount(turn.facts)
  if (delaysScaleDownOnAbort(turn)) {
    const waiting = waitForAbortDeadline(turn)
    if (waiting === 'wait') return false
    if (waiting === 'over') count = 0
  }
  const scaled = scaleTo(turn, set, count)
  if (revisionOf(set) === 1 && turn.facts.rollout.spec.workloadRef?.scaleDown === 'progressively') {
    return scaleDownProgressively(turn, wantedPods(set) > count) ?? scaled
  }
  return scaled
}

/** v1.7: where the template was changed together with the size, the revision that the status names is scaled. */
export function scaleRecordedReplicaSet(turn: Turn): boolean | Problem {
  const { newName, before } = turn.facts
  if (newName !== undefined || before.currentPodHash === before.stableRS) return scaleNewReplicaSet(turn)
  reread(turn, { newName: setWithHash(turn.facts, before.currentPodHash ?? '')?.metadata.name })
  const scaled = scaleNewReplicaSet(turn)
  reread(turn, { newName })
  return scaled
}

/** After an abort the new pods wait for their deadline. */
function waitForAbortDeadline(turn: Turn): 'wait' | 'over' | 'ignore' {
  const set = turn.facts.newSet
  if (!set) return 'ignore'
  const left = secondsUntilDeadline(set, turn.facts.now)
  if (left === undefined && set.metadata.annotations?.[scaleDownDeadlineAnnotation] === '') return 'ignore'
  if (left === undefined) {
    turn.semantics.noteSizeWhileWaiting(turn, set)
    if (turn.facts.semantics.stableIsComplete(availablePods(turn.facts.stableSet), replicasOf(turn.facts.rollout)))
      setScaleDownDeadline(turn, turn.facts.newSet ?? set, abortScaleDownDelayOf(turn.facts.rollout).seconds)
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
  const ready = turn.facts.before.readyReplicas ?? 0
  if (turn.facts.before.phase === 'Healthy' && turn.facts.semantics.healthyEndsWorkload)
    return scaleWorkloadDown(turn, 0)
  if (ready <= 0 && !shrank) return undefined
  return scaleWorkloadDown(turn, Math.max(0, replicasOf(turn.facts.rollout) - ready))
}

/** A ReplicaSet that is new or stable again does not wait for any deadline. */
export function removeScaleDownDeadlines(turn: Turn): void {
  const fresh = turn.facts.newSet
  if (fresh && !delaysScaleDownOnAbort(turn)) setScaleDownDeadline(turn, fresh, undefined)
  const stable = turn.facts.stableSet
  if (!stable) return
  if (stable.metadata.name !== turn.facts.newName) setScaleDownDeadline(turn, stable, undefined)
  else if (delaysScaleDownOnAbort(turn)) forgetDeadlineOfStable(turn, stable)
}

/**
 * Quirk kept for fidelity: where one ReplicaSet is both, stable loses its deadline, and as the new one still goes by it in
 * this reconcile.
 */
function forgetDeadlineOfStable(turn: Turn, stable: ReplicaSet): void {
  const changed = annotateDeadline(turn, stable, undefined)
  if (changed) noteChanged(turn, changed)
}
