import type { SetCanaryScale } from '../../model/rollout'
import { abortScaleDownDelayOf, hasExplicitAbortDelay, maxWeightOf, replicasOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { availablePods } from '../facts/replicaSets'
import { currentStepOf, stepsOf } from '../facts/steps'

// The share of the pods that the canary should have (behaviour 3.8.2).

export interface CanaryShare {
  /** From setCanaryScale: an absolute number of pods; the weight is 0 then. */
  readonly replicas?: number
  readonly weight: number
}

export function canaryShareOf(facts: Facts): CanaryShare {
  const { before, rollout } = facts
  if (before.promoteFull || !before.stableRS || before.currentPodHash === before.stableRS) {
    return { weight: maxWeightOf(rollout) }
  }
  const scale = setCanaryScaleInEffect(facts)
  if (scale?.replicas !== undefined) return { replicas: scale.replicas, weight: 0 }
  if (scale?.weight !== undefined) return { weight: scale.weight }
  return { weight: facts.semantics.desiredWeight(facts) }
}

/** The nearest setCanaryScale at or before the current step, unless an abort or matchTrafficWeight ends its effect. */
function setCanaryScaleInEffect(facts: Facts): SetCanaryScale | undefined {
  const { before, rollout } = facts
  if (!rollout.spec.strategy?.canary?.trafficRouting) return undefined
  if (before.abort && abortScaleDownDelayOf(rollout).seconds !== undefined) return undefined
  const current = currentStepOf(rollout, before.currentStepIndex)
  if (!current) return undefined
  for (let index = current.index; index >= 0; index--) {
    const scale = stepsOf(rollout)[index]?.setCanaryScale
    if (scale) return scale.matchTrafficWeight ? undefined : scale
  }
  return undefined
}

/** The nearest setWeight at or before the current step: 0 when aborted, the full weight once all steps are done. */
export function currentSetWeightOf({ before, rollout }: Facts): number {
  if (before.abort) return 0
  const current = currentStepOf(rollout, before.currentStepIndex)
  return current ? weightUpTo(stepsOf(rollout), current.index) : maxWeightOf(rollout)
}

/** The nearest setWeight at or before the index, else 0. */
export function weightUpTo(steps: ReturnType<typeof stepsOf>, last: number): number {
  for (let index = Math.min(last, steps.length - 1); index >= 0; index--) {
    const weight = steps[index]?.setWeight
    if (weight !== undefined) return weight
  }
  return 0
}

/**
 * On an abort with dynamic stable scale the canary goes back along the steps, as far as the stable pods can take the
 * traffic.
 */
export function desiredWeightOf(facts: Facts): number {
  const { before, rollout } = facts
  const [fresh, stable] = [facts.newSet, facts.stableSet]
  const dynamic = rollout.spec.strategy?.canary?.dynamicStableScale === true
  if (!before.abort || !dynamic || !fresh || !stable) return currentSetWeightOf(facts)
  const replicas = replicasOf(rollout)
  const floor = facts.semantics.podsStillNeeded(facts, replicas - availablePods(stable))
  const steps = stepsOf(rollout)
  for (let index = steps.length - 1; index >= 0; index--) {
    const weight = steps[index]?.setWeight
    if (weight !== undefined && Math.ceil((weight * replicas) / maxWeightOf(rollout)) < floor) return weight
  }
  return 0
}

/**
 * With an explicit abort delay the new pods stay anyway; counting them would hold the weight forever (AR#4898). Without
 * one they count: if `minPodsPerReplicaSet` keeps more of them than the weight needs, the weight stops there (AR#4841).
 */
export const podsStillNeeded = (facts: Facts, missing: number): number =>
  hasExplicitAbortDelay(facts.rollout) ? missing : newPodsStillNeeded(facts, missing)

/** Up to v1.10 new pods always count: if an explicit delay keeps them, they hold the weight forever (AR#4898). */
export const newPodsStillNeeded = (facts: Facts, missing: number): number =>
  Math.max(missing, availablePods(facts.newSet))
