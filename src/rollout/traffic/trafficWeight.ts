import type { WeightDestination } from '../../model/rolloutStatus'
import { maxWeightOf, replicasOf } from '../defaults'
import { isAborted } from '../pause/pauseLedger'
import { availablePods, newSet, stableSet } from '../pods/replicaSets'
import { isAtDesiredCounts } from '../scale/atDesiredCounts'
import { isFullyPromoted } from '../status/health'
import { currentStepOf, stepsOf } from '../steps/steps'
import type { Turn } from '../turn'
import { currentSetWeightOf, desiredWeightOf, weightUpTo } from './canaryWeight'
import { dynamicRollbackHash } from './dynamicRollback'

/** What a rung of the ladder wants: a weight, and what goes with it. */
export interface WeightWish {
  readonly weight: number
  /** The controller crashes while it works the weight out. */
  readonly crashes?: boolean
  /** Experiment pods get their share of the traffic too. */
  readonly withExperiment?: boolean
  readonly removesManagedRoutes?: boolean
  /** The canary Service goes back to the stable pods, checked or not. */
  readonly canaryServiceToStable?: boolean
  /** Traffic is called by the hash of the canary that it leaves. */
  readonly canaryHash?: string
}

export interface Rung {
  readonly name: string
  readonly when: string
  readonly weight: string
  readonly wish: (turn: Turn) => WeightWish | undefined
}

const isDynamic = (turn: Turn): boolean => turn.rollout.spec.strategy?.canary?.dynamicStableScale === true

/** The ladder that chooses the weight of the canary: the first rung that applies wins (behaviour 3.10). */
export const weightLadder: readonly Rung[] = [
  {
    name: 'dynamic rollback',
    when: 'back to the stable template while dynamicStableScale has too few stable pods',
    weight: 'as far down as stable pods allow',
    wish: (turn) => {
      const canaryHash = dynamicRollbackHash(turn)
      return canaryHash === undefined ? undefined : { ...turn.semantics.retreat(turn), canaryHash }
    },
  },
  {
    name: 'promoted',
    when: 'the current ReplicaSet is the stable one',
    weight: '0',
    wish: (turn) => (isFullyPromoted(turn.before) ? { weight: 0, removesManagedRoutes: true } : undefined),
  },
  {
    name: 'aborted',
    when: 'the update is aborted',
    weight: '0, or as far down as stable pods allow with dynamicStableScale',
    wish: (turn) => {
      if (!isAborted(turn)) return undefined
      const retreat = turn.semantics.retreat(turn)
      const { weight } = retreat
      return { ...retreat, removesManagedRoutes: true, canaryServiceToStable: !isDynamic(turn) || weight === 0 }
    },
  },
  {
    name: 'no new pods',
    when: 'no pod of the new ReplicaSet is available',
    weight: '0',
    wish: (turn) =>
      availablePods(newSet(turn)) === 0
        ? { weight: 0, withExperiment: true, removesManagedRoutes: turn.semantics.removesRoutesToEmptyCanary }
        : undefined,
  },
  {
    name: 'full promotion',
    when: 'a person asked for full promotion',
    weight: 'the former weight, or the share of available new pods with dynamicStableScale',
    wish: (turn) => {
      if (!turn.before.promoteFull) return undefined
      return { weight: promotingWeight(turn), removesManagedRoutes: true }
    },
  },
  {
    name: 'step',
    when: 'the canary has steps',
    weight: 'the nearest setWeight; the one before while pods are missing; everything after the last step',
    wish: (turn) => (stepsOf(turn.rollout).length === 0 ? undefined : stepWeight(turn)),
  },
  { name: 'no steps', when: 'otherwise', weight: '0', wish: () => ({ weight: 0 }) },
]

function promotingWeight(turn: Turn): number {
  const previous = turn.before.canary?.weights?.canary.weight ?? 0
  if (!isDynamic(turn)) return previous
  return shareOfAvailablePods(turn)
}

/** Quirk kept for fidelity: with more available pods than replicas this is more than everything (AR#4424). */
const shareOfAvailablePods = (turn: Turn): number =>
  Math.floor((maxWeightOf(turn.rollout) * availablePods(newSet(turn))) / replicasOf(turn.rollout))

function stepWeight(turn: Turn): WeightWish {
  const steps = stepsOf(turn.rollout)
  const index = turn.before.currentStepIndex ?? 0
  if (!isAtDesiredCounts(turn, undefined))
    return { weight: weightWhilePodsAreMissing(turn, index), withExperiment: true }
  if (index !== steps.length) return { weight: currentSetWeightOf(turn), withExperiment: true }
  return { weight: maxWeightOf(turn.rollout) }
}

/**
 * Quirk kept for fidelity: where a rollback within its window has jumped past the last step, this is the weight of the last
 * setWeight, on the first pod that is available (AR#3941).
 */
const weightWhilePodsAreMissing = (turn: Turn, index: number): number => weightUpTo(stepsOf(turn.rollout), index - 1)

/** How far the weight may fall on an abort or dynamic rollback without overloading stable (behaviour 3.10.1). */
export const retreatInSteps = (turn: Turn): WeightWish => ({ weight: weightOfRetreat(turn) })

function weightOfRetreat(turn: Turn): number {
  const [fresh, stable] = [newSet(turn), stableSet(turn)]
  const replicas = replicasOf(turn.rollout)
  if (!isDynamic(turn) || !fresh || !stable || replicas <= 0) return 0
  const maxWeight = maxWeightOf(turn.rollout)
  const stableShare = Math.floor((maxWeight * availablePods(stable)) / replicas)
  const uncovered = Math.max(0, maxWeight - stableShare)
  const desired = desiredWeightOf(turn)
  const weights = turn.before.canary?.weights
  if (!weights) return Math.max(uncovered, desired)
  const current = weights.canary.weight
  if (desired <= 0) return Math.min(uncovered, current)
  return stableShare < maxWeight - desired ? current : Math.min(desired, current)
}

/**
 * Until v1.8: by what stable can bear, whatever the steps say; all pods of stable are asked for at once. Without replicas or a
 * stable ReplicaSet the controller crashes, in every reconcile.
 */
export function retreatByAvailability(turn: Turn): WeightWish {
  if (!isDynamic(turn)) return { weight: 0 }
  const replicas = replicasOf(turn.rollout)
  if (replicas === 0 || !stableSet(turn)) return { weight: 0, crashes: true }
  const maxWeight = maxWeightOf(turn.rollout)
  const uncovered = Math.max(0, maxWeight - Math.floor((maxWeight * availablePods(stableSet(turn))) / replicas))
  const weights = turn.before.canary?.weights
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
  const current = currentStepOf(turn.rollout, turn.before.currentStepIndex)
  const experiment = turn.currentExperiment
  if (!current || experiment?.status?.phase !== 'Running') return []
  const steps = stepsOf(turn.rollout).slice(0, current.index + 1)
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
