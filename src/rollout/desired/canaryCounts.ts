import type { TrafficWeights } from '../../model/rolloutStatus'
import type { ReplicaSet } from '../../model/workload'
import { isRouted, maxSurgeOf, maxUnavailableOf, maxWeightOf, replicasOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { availablePods, hasSeparateStable, sumOf, wantedPods } from '../facts/replicaSets'
import { canaryShareOf } from './canaryWeight'

export interface CanaryCounts {
  readonly canary: number
  readonly stable: number
}

/** How many pods canary and stable should have now. `weights`: the traffic weights that were set last, if known. */
export const canaryCountsOf = (facts: Facts, weights: TrafficWeights | undefined): CanaryCounts =>
  isRouted(facts.rollout) ? routedCounts(facts, weights) : basicCounts(facts)

/** The counts that a basic canary should reach at this step, before surge and availability limit the way there. */
function basicTarget(facts: Facts): CanaryCounts {
  const replicas = replicasOf(facts.rollout)
  if (!hasSeparateStable(facts)) return { canary: replicas, stable: 0 }
  return approximateWeight(replicas, canaryShareOf(facts).weight, maxWeightOf(facts.rollout), maxSurgeOf(facts.rollout))
}

/**
 * Without a router the share of pods is the weight. The split nearest to the weight wins. One extra pod is considered
 * if surge allows it, and each side keeps at least one pod unless its weight is 0 (behaviour 3.8.3 a).
 */
export function approximateWeight(replicas: number, weight: number, maxWeight: number, maxSurge: number): CanaryCounts {
  if (replicas === 0) return { canary: 0, stable: 0 }
  const ceiling = Math.ceil((replicas * weight) / maxWeight)
  const floor = Math.floor((replicas * weight) / maxWeight)
  const zeroIsFine = weight === maxWeight || weight === 0 || (replicas === 1 && maxSurge === 0)
  const isTied = (total: number): boolean => (total * (weight / maxWeight)) % 1 === 0.5
  let best: CanaryCounts | undefined
  let least = Number.POSITIVE_INFINITY
  const consider = (canary: number, total: number): void => {
    const distance = Math.abs((canary * maxWeight) / total - weight)
    if (best !== undefined && !(distance < least)) return
    best = { canary, stable: total - canary }
    least = distance
  }
  if (ceiling < replicas || zeroIsFine) consider(ceiling, replicas)
  if (!isTied(replicas) && (floor !== 0 || zeroIsFine)) consider(floor, replicas)
  if (maxSurge > 0) {
    consider(ceiling, replicas + 1)
    if (!isTied(replicas + 1) && (floor !== 0 || zeroIsFine)) consider(floor, replicas + 1)
  }
  return best ?? { canary: 0, stable: replicas }
}

/** With a router the pods need not match the weight exactly; each side needs enough of them (behaviour 3.8.4). */
function routedCounts(facts: Facts, weights: TrafficWeights | undefined): CanaryCounts {
  const { rollout } = facts
  const strategy = rollout.spec.strategy?.canary
  const replicas = replicasOf(rollout)
  const maxWeight = maxWeightOf(rollout)
  const podsFor = (weight: number): number => Math.ceil((weight * replicas) / maxWeight)
  const atLeast = (count: number): number => {
    const minimum = strategy?.minPodsPerReplicaSet
    if (count === 0 || minimum === undefined) return count
    return Math.max(count, facts.semantics.minimumPods(minimum, replicas))
  }
  const share = canaryShareOf(facts)
  const canary = share.replicas ?? atLeast(podsFor(share.weight))
  if (!strategy?.dynamicStableScale) return { canary, stable: replicas }
  const stable = podsFor(maxWeight - share.weight)
  const routed = podsBehindWeights(weights, podsFor)
  return {
    canary: atLeast(facts.before.abort ? Math.max(canary, routed.canary) : canary),
    stable: atLeast(Math.max(stable, routed.stable)),
  }
}

/** `minPodsPerReplicaSet` never asks for more pods than the Rollout has. */
export const cappedMinimum = (minimum: number, replicas: number): number => Math.min(minimum, replicas)

/** Up to v1.9 it does, and stable grows beyond `spec.replicas`. */
export const wholeMinimum = (minimum: number): number => minimum

/** Quirk kept for fidelity: pods follow the commanded weights, even if no router confirmed them (AR#3926). */
const podsBehindWeights = (weights: TrafficWeights | undefined, podsFor: (weight: number) => number): CanaryCounts => ({
  canary: weights ? podsFor(weights.canary.weight) : Number.NEGATIVE_INFINITY,
  stable: weights ? podsFor(weights.stable.weight) : Number.NEGATIVE_INFINITY,
})

interface Sets {
  readonly fresh?: ReplicaSet
  readonly stable?: ReplicaSet
}

/** One move towards the target that keeps surge and availability (behaviour 3.8.3 b to i). */
function basicCounts(facts: Facts): CanaryCounts {
  const { rollout } = facts
  const sets: Sets = { fresh: facts.newSet, stable: hasSeparateStable(facts) ? facts.stableSet : undefined }
  const target = basicTarget(facts)
  const olderPods = sumOf(facts.otherSets, wantedPods)
  const ceiling = replicasOf(rollout) + maxSurgeOf(rollout)
  const grown = grow(sets, target, ceiling - olderPods)
  // Revisions in between are drained before canary or stable shrink.
  if (olderPods > 0) return grown
  return shrink(facts, sets, target, grown)
}

function grow({ fresh, stable }: Sets, target: CanaryCounts, ceiling: number): CanaryCounts {
  let room = ceiling - wantedPods(fresh) - wantedPods(stable)
  let stablePods = wantedPods(stable)
  let canaryPods = wantedPods(fresh)
  if (stable && stablePods < target.stable && room > 0) {
    const added = Math.min(room, target.stable - stablePods)
    stablePods += added
    room -= added
  }
  if (fresh && canaryPods < target.canary && room > 0) canaryPods = Math.min(canaryPods + room, target.canary)
  return { canary: canaryPods, stable: stablePods }
}

function shrink(facts: Facts, { fresh, stable }: Sets, target: CanaryCounts, grown: CanaryCounts): CanaryCounts {
  const { rollout } = facts
  const minAvailable = replicasOf(rollout) - maxUnavailableOf(rollout)
  const ceiling = replicasOf(rollout) + maxSurgeOf(rollout)
  const growing = !fresh || target.canary >= wantedPods(fresh)
  const beside = stable ?? newAsStable(facts, fresh)
  const candidates = drainable(fresh, !growing) + drainable(beside, growing)
  if (candidates <= minAvailable) return grown
  const spare = candidates - minAvailable
  if (!growing) {
    const drained = Math.max(target.canary, wantedPods(fresh) - spare)
    const { drain, other } = balance(fresh, drained, beside, grown.stable, minAvailable, ceiling)
    return { canary: drain, stable: other }
  }
  if (!stable) return grown
  const drained =
    wantedPods(stable) > target.stable ? Math.max(target.stable, wantedPods(stable) - spare) : grown.stable
  const { drain, other } = balance(stable, drained, fresh, grown.canary, minAvailable, ceiling)
  return { canary: other, stable: drain }
}

/**
 * Quirk kept for fidelity: in a promoted Rollout the only ReplicaSet counts as canary and as stable. If it is scaled
 * down while pods are missing, it may briefly go below `spec.replicas`.
 */
const newAsStable = (facts: Facts, fresh: ReplicaSet | undefined): ReplicaSet | undefined =>
  facts.newName !== undefined && facts.newName === facts.stableName ? fresh : undefined

/** Pods to count as available while a side is drained. `draining`: pods of this side, unavailable ones included. */
function drainable(set: ReplicaSet | undefined, draining: boolean): number {
  if (!set) return 0
  const [wanted, available] = [wantedPods(set), availablePods(set)]
  return draining || wanted < available ? wanted : available
}

/** Reduces the growth of the other side to what surge allows, but never below what availability needs. */
function balance(
  drainSet: ReplicaSet | undefined,
  drainTo: number,
  otherSet: ReplicaSet | undefined,
  otherTo: number,
  minAvailable: number,
  ceiling: number,
): { readonly drain: number; readonly other: number } {
  if (!otherSet) return { drain: drainTo, other: otherTo }
  let other = otherTo - Math.max(0, otherTo + drainTo - ceiling)
  const available = Math.min(drainSet ? availablePods(drainSet) : 0, drainTo) + Math.min(availablePods(otherSet), other)
  const lost = Math.max(0, availablePods(otherSet) - other)
  other += Math.min(lost, Math.max(0, minAvailable - available))
  return { drain: drainTo - Math.max(0, other + drainTo - ceiling), other }
}
