import { resyncSeconds, scaleDownDeadlineAnnotation } from '../../model/labelKeys'
import { abortScaleDownDelayOf, isRouted, replicasOf } from '../defaults'
import { availablePods, secondsUntilDeadline } from '../facts/replicaSets'
import { isAborted } from '../turn/pauses'
import { oldPodsOf, requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'
import { setScaleDownDeadline } from './scaleDownDeadline'

// After an abort the new pods stay for `abortScaleDownDelaySeconds` (default 30), so that traffic can leave them first
// (behaviour 3.8.5).

/** After an abort the new pods stay for a while, so that traffic can leave them first (behaviour 3.8.5). */
export function delaysScaleDownOnAbort(turn: Turn): boolean {
  if (!isAborted(turn) || !turn.facts.stableSet) return false
  const { canary } = turn.facts.rollout.spec.strategy ?? {}
  if (canary && !isRouted(turn.facts.rollout)) return false
  const delay = abortScaleDownDelayOf(turn.facts.rollout)
  if (delay.seconds === undefined) return false
  return !(canary?.dynamicStableScale && !delay.explicit)
}

/** After an abort the new pods wait for their deadline. */
export function waitForAbortDeadline(turn: Turn): 'wait' | 'over' | 'ignore' {
  const set = turn.facts.newSet
  if (!set) return 'ignore'
  const left = secondsUntilDeadline(turn.facts, set)
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
  requeueAfter(turn, left, 'abortScaleDownDelay', oldPodsOf(set))
  turn.semantics.noteSizeWhileWaiting(turn, set)
  return 'wait'
}

/** Stable can serve all traffic. */
export const hasAllPods = (available: number, replicas: number): boolean => available >= replicas

/** Up to v1.9: exactly; while stable has too many pods no deadline is set. */
export const hasExactly = (available: number, replicas: number): boolean => available === replicas

/**
 * Quirk kept for fidelity (behaviour 10.14): a deadline further away than the resync period is ignored; the count
 * applies at once.
 */
const isTooFarToWaitFor = (leftSeconds: number): boolean => leftSeconds >= resyncSeconds
