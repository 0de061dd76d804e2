import { podTemplateHashLabel } from '../model/labelKeys'
import type { ReplicaSet } from '../model/workload'
import { conditionOf } from '../rollout/facts/conditionList'
import type { RolloutObservation } from '../rollout/observation'
import type { Outlook } from './outlook'

/** One thing waits for another. */
export interface WaitEdge {
  readonly from: string
  readonly to: string
  /** Why, in a sentence. */
  readonly because: string
}

/**
 * A circular wait, as sentences: each one says why one thing waits for the next; empty if there is none. Only a Rollout
 * that does not change in the outlook has one.
 */
export function circleOf(observation: RolloutObservation, { timeline }: Outlook): readonly string[] {
  const isMoving = timeline.frames.some(({ atSeconds }) => atSeconds > 0)
  return isMoving ? [] : findCircle(waitEdges(observation)).map(({ because }) => because)
}

/** The edges of the first circle of a graph, in order; empty if it has none. */
export function findCircle(edges: readonly WaitEdge[]): readonly WaitEdge[] {
  for (const first of edges) {
    const path = pathBack(edges, [first])
    if (path.length > 0) return path
  }
  return []
}

/** From the end of the path to its beginning, visiting nothing twice. */
function pathBack(edges: readonly WaitEdge[], path: readonly WaitEdge[]): readonly WaitEdge[] {
  const [start, last] = [path[0], path.at(-1)]
  if (last?.to === start?.from) return path
  for (const edge of edges) {
    if (edge.from !== last?.to || path.some(({ from }) => from === edge.from)) continue
    const found = pathBack(edges, [...path, edge])
    if (found.length > 0) return found
  }
  return []
}

interface Facts {
  readonly observation: RolloutObservation
  readonly fresh: ReplicaSet | undefined
  readonly stable: ReplicaSet | undefined
  readonly weight: number
}

const available = (set: ReplicaSet | undefined): number => set?.status?.availableReplicas ?? 0
const wanted = (set: ReplicaSet | undefined): number => set?.spec.replicas ?? 0

/** What waits for what in the current state, where circles are possible. */
export function waitEdges(observation: RolloutObservation): readonly WaitEdge[] {
  const { rollout, replicaSets } = observation
  const { stableRS, currentPodHash, canary } = rollout.status ?? {}
  const setOf = (hash: string | undefined): ReplicaSet | undefined =>
    replicaSets.find((set) => hash !== undefined && set.metadata.labels?.[podTemplateHashLabel] === hash)
  const facts: Facts = {
    observation,
    fresh: currentPodHash === stableRS ? undefined : setOf(currentPodHash),
    stable: setOf(stableRS),
    weight: canary?.weights?.canary?.weight ?? 0,
  }
  return [...retreatEdges(facts), ...minimumEdges(facts), ...quotaEdges(facts)]
}

/** AR#4898: an abort with dynamicStableScale and an explicit delay, as controllers up to v1.10 handle it. */
function retreatEdges({ observation, fresh, stable, weight }: Facts): readonly WaitEdge[] {
  const { spec, status } = observation.rollout
  const canary = spec.strategy?.canary
  if (!status?.abort || !canary?.trafficRouting || !canary.dynamicStableScale || !fresh || !stable) return []
  const replicas = spec.replicas ?? 1
  if (weight === 0 || available(stable) < wanted(stable) || wanted(stable) >= replicas) return []
  const [stays, more] = [available(fresh), replicas - wanted(stable)]
  return [
    {
      from: 'weight',
      to: 'newPods',
      because: `the weight stays at ${weight}% while ${stays} pods of the aborted revision are available (dynamicStableScale counts them as needed)`,
    },
    {
      from: 'newPods',
      to: 'stablePods',
      because: `those pods stay for abortScaleDownDelaySeconds, which ends only once the stable revision has all its pods`,
    },
    {
      from: 'stablePods',
      to: 'weight',
      because: `the stable revision gets its other ${more} pods only as the weight goes down (dynamicStableScale)`,
    },
  ]
}

/**
 * AR#4841: an abort with dynamicStableScale and a minimum of pods above the share of the weight, as controllers from
 * v1.9 carry it out.
 */
function minimumEdges({ observation, fresh, weight }: Facts): readonly WaitEdge[] {
  const { spec, status } = observation.rollout
  const canary = spec.strategy?.canary
  const minimum = canary?.minPodsPerReplicaSet ?? 0
  if (!status?.abort || !canary?.trafficRouting || !canary.dynamicStableScale || weight === 0) return []
  const pods = Math.min(minimum, spec.replicas ?? 1)
  if (pods === 0 || wanted(fresh) !== pods || available(fresh) < pods) return []
  return [
    {
      from: 'weight',
      to: 'newPods',
      because: `the weight stays at ${weight}% while ${pods} pods of the aborted revision are there (dynamicStableScale computes it from them)`,
    },
    {
      from: 'newPods',
      to: 'weight',
      because: `those pods stay as long as the revision has any weight (minPodsPerReplicaSet: ${minimum})`,
    },
  ]
}

/** New pods do not fit into the quota, and old ones leave only once new ones are there. */
function quotaEdges({ observation, fresh, stable }: Facts): readonly WaitEdge[] {
  const failure = conditionOf(observation.rollout.status?.conditions, 'ReplicaFailure')
  if (!failure || !/quota/i.test(failure.message ?? '') || !fresh || wanted(stable) === 0) return []
  if (available(fresh) >= wanted(fresh)) return []
  return [
    {
      from: 'newPods',
      to: 'quota',
      because: `${wanted(fresh) - available(fresh)} new pods wait for room in the quota (${failure.message})`,
    },
    {
      from: 'quota',
      to: 'oldPods',
      because: `the quota is taken by ${wanted(stable)} pods of the stable revision`,
    },
    {
      from: 'oldPods',
      to: 'newPods',
      because: 'those pods go only once new ones are available (maxUnavailable)',
    },
  ]
}
