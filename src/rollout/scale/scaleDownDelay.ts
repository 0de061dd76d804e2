import { resyncSeconds } from '../../model/labelKeys'
import type { ReplicaSet } from '../../model/workload'
import { scaleDownDelayRevisionLimitOf, scaleDownDelaySecondsOf } from '../defaults'
import { secondsUntilDeadline, wantedPods } from '../facts/replicaSets'
import { oldPodsOf, requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'
import { setScaleDownDeadline } from './scaleDownDeadline'

export interface DelayVerdict {
  /** How many ReplicaSets keep their pods for the delay, including this one. */
  readonly delayed: number
  readonly replicas: number
}

/**
 * How many pods an old ReplicaSet keeps while it waits for its deadline (behaviour 3.8.6). Undefined: the deadline
 * could not be written; the controller ignores that and retries later.
 */
export function delayScaleDown(turn: Turn, set: ReplicaSet, delayed: number, keep: number): DelayVerdict | undefined {
  const limit = scaleDownDelayRevisionLimitOf(turn.facts.rollout)
  const left = secondsUntilDeadline(turn.facts, set)
  if (left === undefined) {
    if (wantedPods(set) === 0 || delayed >= limit) return { delayed, replicas: 0 }
    if (!beginDelay(turn, set)) return undefined
    return { delayed: delayed + 1, replicas: wantedPods(set) }
  }
  const counted = delayed + 1
  if (counted > limit || !(left > 0)) return { delayed: counted, replicas: 0 }
  if (left < resyncSeconds) requeueAfter(turn, left, 'scaleDownDelay', oldPodsOf(set))
  return { delayed: counted, replicas: keep }
}

/**
 * Quirk kept for fidelity: with `scaleDownDelaySeconds: 0` no deadline is ever written, so this happens in every
 * reconcile, and the pods stay forever (AR#1992, AR#1639).
 */
function beginDelay(turn: Turn, set: ReplicaSet): boolean {
  const delaySeconds = scaleDownDelaySecondsOf(turn.facts.rollout)
  if (delaySeconds > 0 && hasNoAnnotations(set)) return false
  setScaleDownDeadline(turn, set, delaySeconds)
  requeueAfter(turn, delaySeconds, 'scaleDownDelay', oldPodsOf(set))
  return true
}

/**
 * Quirk kept for fidelity: the deadline is written as a JSON patch that fails if the ReplicaSet has no annotations yet.
 */
const hasNoAnnotations = (set: ReplicaSet): boolean => Object.keys(set.metadata.annotations ?? {}).length === 0
