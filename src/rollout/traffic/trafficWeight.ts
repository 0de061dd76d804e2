import type { WeightDestination } from '../../model/rolloutStatus'
import { maxWeightOf, replicasOf } from '../defaults'
import { isAtDesiredCounts } from '../desired/atDesiredCounts'
import { currentSetWeightOf, desiredWeightOf, weightUpTo } from '../desired/canaryWeight'
import { dynamicRollbackHash } from '../desired/dynamicRollback'
import type { Facts } from '../facts/facts'
import { isFullyPromoted } from '../facts/health'
import { availablePods } from '../facts/replicaSets'
import type { WeightWish } from '../facts/semantics'
import { currentStepOf, stepsOf } from '../facts/steps'
import { isAborted } from '../turn/pauses'
import type { Turn } from '../turn/turn'

export interface Rung {
  readonly name: string
  readonly when: string
  readonly weight: string
  readonly wish: (turn: Turn) => WeightWish | undefined
}

const isDynamic = (facts: Facts): boolean => facts.rollout.spec.strategy?.canary?.dynamicStableScale === true

/** The ladder that chooses the weight of the canary: the first rung that applies wins (behaviour 3.10). */
export const weightLadder: readonly Rung[] = [
  {
    name: 'dynamic rollback',
    when: 'back to the stable template while dynamicStableScale has too few stable pods',
    weight: 'as far down as stable pods allow',
    wish: (turn) => {
      const canaryHash = dynamicRollbackHash(turn.facts)
      return canaryHash === undefined ? undefined : { ...turn.facts.semantics.retreat(turn.facts), canaryHash }
    },
  },
  {
    name: 'promoted',
    when: 'the current ReplicaSet is the stable one',
    weight: '0',
    wish: (turn) => (isFullyPromoted(turn.facts.before) ? { weight: 0, removesManagedRoutes: true } : undefined),
  },
  {
    name: 'aborted',
    when: 'the update is aborted',
    weight: '0, or as far down as stable pods allow with dynamicStableScale',
    wish: (turn) => {
      if (!isAborted(turn)) return undefined
      const retreat = turn.facts.semantics.retreat(turn.facts)
      const { weight } = retreat
      return { ...retreat, removesManagedRoutes: true, canaryServiceToStable: !isDynamic(turn.facts) || weight === 0 }
    },
  },
  {
    name: 'no new pods',
    when: 'no pod of the new ReplicaSet is available',
    weight: '0',
    wish: (turn) =>
      availablePods(turn.facts.newSet) === 0
        ? { weight: 0, withExperiment: true, removesManagedRoutes: turn.facts.semantics.removesRoutesToEmptyCanary }
        : undefined,
  },
  {
    name: 'full promotion',
    when: 'a person asked for full promotion',
    weight: 'the former weight, or the share of available new pods with dynamicStableScale',
    wish: (turn) => {
      if (!turn.facts.before.promoteFull) return undefined
      return { weight: promotingWeight(turn.facts), removesManagedRoutes: true }
    },
  },
  {
    name: 'step',
    when: 'the canary has steps',
    weight: 'the nearest setWeight; the one before while pods are missing; everything after the last step',
    wish: (turn) => (stepsOf(turn.facts.rollout).length === 0 ? undefined : stepWeight(turn.facts)),
  },
  { name: 'no steps', when: 'otherwise', weight: '0', wish: () => ({ weight: 0 }) },
]

function promotingWeight(facts: Facts): number {
  const previous = facts.before.canary?.weights?.canary.weight ?? 0
  if (!isDynamic(facts)) return previous
  return shareOfAvailablePods(facts)
}

/** Quirk kept for fidelity: with more available pods than replicas this exceeds the maximum weight (AR#4424). */
const shareOfAvailablePods = (facts: Facts): number =>
  Math.floor((maxWeightOf(facts.rollout) * availablePods(facts.newSet)) / replicasOf(facts.rollout))

function stepWeight(facts: Facts): WeightWish {
  const steps = stepsOf(facts.rollout)
  const index = facts.before.currentStepIndex ?? 0
  if (!isAtDesiredCounts(facts, undefined))
    return { weight: weightWhilePodsAreMissing(facts, index), withExperiment: true }
  if (index !== steps.length) return { weight: currentSetWeightOf(facts), withExperiment: true }
  return { weight: maxWeightOf(facts.rollout) }
}

/**
 * Quirk kept for fidelity: after a rollback within its window has skipped all steps, the first available pod gets the
 * weight of the last setWeight (AR#3941).
 */
const weightWhilePodsAreMissing = (facts: Facts, index: number): number => weightUpTo(stepsOf(facts.rollout), index - 1)

/** The lowest weight on an abort or dynamic rollback that does not overload stable (behaviour 3.10.1). */
export const retreatInSteps = (facts: Facts): WeightWish => ({ weight: weightOfRetreat(facts) })

function weightOfRetreat(facts: Facts): number {
  const [fresh, stable] = [facts.newSet, facts.stableSet]
  const replicas = replicasOf(facts.rollout)
  if (!isDynamic(facts) || !fresh || !stable || replicas <= 0) return 0
  const maxWeight = maxWeightOf(facts.rollout)
  const stableShare = Math.floor((maxWeight * availablePods(stable)) / replicas)
  const uncovered = Math.max(0, maxWeight - stableShare)
  const desired = desiredWeightOf(facts)
  const weights = facts.before.canary?.weights
  if (!weights) return Math.max(uncovered, desired)
  const current = weights.canary.weight
  if (desired <= 0) return Math.min(uncovered, current)
  return stableShare < maxWeight - desired ? current : Math.min(desired, current)
}

/**
 * Up to v1.8: depends only on the stable pods, not on the steps; all stable pods are requested at once. Without
 * replicas or a stable ReplicaSet the controller crashes in every reconcile.
 */
export function retreatByAvailability(facts: Facts): WeightWish {
  if (!isDynamic(facts)) return { weight: 0 }
  const replicas = replicasOf(facts.rollout)
  if (replicas === 0 || !facts.stableSet) return { weight: 0, crashes: true }
  const maxWeight = maxWeightOf(facts.rollout)
  const uncovered = Math.max(0, maxWeight - Math.floor((maxWeight * availablePods(facts.stableSet)) / replicas))
  const weights = facts.before.canary?.weights
  return { weight: weights ? Math.min(uncovered, weights.canary.weight) : uncovered }
}

export function wishedWeight(turn: Turn): WeightWish {
  for (const rung of weightLadder) {
    const wish = rung.wish(turn)
    if (wish) return wish
  }
  return { weight: 0 }
}

/** The share of traffic that pods of a running experiment get at this step. */
export function experimentDestinations(turn: Turn): WeightDestination[] {
  const current = currentStepOf(turn.facts.rollout, turn.facts.before.currentStepIndex)
  const experiment = turn.facts.currentExperiment
  if (!current || experiment?.status?.phase !== 'Running') return []
  const steps = stepsOf(turn.facts.rollout).slice(0, current.index + 1)
  const step = steps.reverse().find((one) => one.experiment)?.experiment
  const destinations: WeightDestination[] = []
  for (const status of experiment.status.templateStatuses ?? []) {
    const template = step?.templates?.find((one) => one.name === status.name)
    if (template?.weight === undefined) continue
    destinations.push({
      serviceName: status.serviceName,
      podTemplateHash: status.podTemplateHash,
      weight: template.weight,
    })
  }
  return destinations
}
