import type { TrafficWeights } from '../../model/rolloutStatus'
import type { ReplicaSet } from '../../model/workload'
import { isRouted } from '../defaults'
import type { Facts } from '../facts/facts'
import { availablePods, createdPods, sumOf, wantedPods } from '../facts/replicaSets'
import { canaryCountsOf } from './canaryCounts'

/**
 * Do the ReplicaSets have the pods that this step wants (behaviour 3.8.7)? Stable pods must exist, not be available: a
 * broken old version must not block its own fix.
 */
export function isAtDesiredCounts(facts: Facts, weights: TrafficWeights | undefined): boolean {
  const { canary, stable } = canaryCountsOf(facts, weights)
  if (!thresholdReached(facts, facts.newSet, canary)) return false
  const routed = isRouted(facts.rollout)
  if (!(routed && facts.rollout.spec.strategy?.canary?.dynamicStableScale)) {
    const set = facts.stableSet
    if (!set || wantedPods(set) !== stable || createdPods(set) !== stable) return false
  }
  return routed || sumOf(facts.otherSets, availablePods) === 0
}

/**
 * `replicaProgressThreshold`: enough new pods are available. Without a threshold exactly the wanted number must be
 * available (quirks 10 and 11).
 */
export function thresholdReached(facts: Facts, set: ReplicaSet | undefined, desired: number): boolean {
  const threshold = facts.rollout.spec.strategy?.canary?.replicaProgressThreshold
  if (!threshold || !set || threshold.value < 0)
    return set !== undefined && wantedPods(set) === desired && availablePods(set) === desired
  return thresholdCovers(threshold, availablePods(set), desired)
}

function thresholdCovers(
  threshold: { readonly type: string; readonly value: number },
  available: number,
  desired: number,
): boolean {
  if (threshold.type !== 'Percent') return available >= threshold.value
  return desired === 0 || (available / desired) * 100 >= threshold.value - 1e-10
}
