import { changedBy, type Edit, effectOf } from '../../cluster/effects'
import { controllerOf } from '../../kube/ownerReference'
import type { AdoptReplicaSet, ReleaseReplicaSet } from '../../model/change'
import type { LabelSelector, StringMap } from '../../model/meta'
import type { ReplicaSet } from '../../model/workload'
import type { Facts } from '../facts/facts'
import { ownerReferenceTo } from '../facts/owner'
import { byCreation, isSeen } from '../facts/replicaSets'
import { selects } from '../facts/selector'

/** The Rollout's ReplicaSets, and the changes that adopt or release ReplicaSets. */
export interface Claim {
  /** Their state after adoptions and releases, the oldest first. */
  readonly replicaSets: readonly ReplicaSet[]
  readonly claims: readonly (AdoptReplicaSet | ReleaseReplicaSet)[]
}

/**
 * Determines the Rollout's ReplicaSets: owned and selected ones stay, orphans that the selector picks are adopted,
 * owned ones that it no longer picks are released.
 */
export function claimReplicaSets(facts: Facts): Claim {
  const replicaSets: ReplicaSet[] = []
  const claims: (AdoptReplicaSet | ReleaseReplicaSet)[] = []
  const { uid } = facts.rollout.metadata
  for (const set of inOrder(facts.observed.replicaSets)) {
    if (!isSeen(set)) continue
    const owner = controllerOf(set)
    const selected = picks(facts.rollout.spec.selector, set.metadata.labels)
    if (owner) {
      if (owner.uid !== uid) continue
      if (selected) replicaSets.push(set)
      else claims.push(release(facts, set))
    } else if (selected && !set.metadata.deletionTimestamp) {
      const adoption = adoptionOf(facts, set)
      claims.push(adoption)
      replicaSets.push(changedBy(set, effectOf(adoption) as Edit))
    }
  }
  return { replicaSets, claims }
}

/** The oldest first, as some hosts list them. */
function inOrder(sets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  for (let at = 1; at < sets.length; at++)
    if (!(byCreation(sets[at - 1] as ReplicaSet, sets[at] as ReplicaSet) <= 0)) return sortedByCreation(sets)
  return sets
}

/** Most Rollouts have a few ReplicaSets, for which inserting is faster than `sort`. */
function sortedByCreation(sets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  if (sets.length > 8) return [...sets].sort(byCreation)
  const sorted: ReplicaSet[] = []
  for (const set of sets) {
    let to = sorted.length
    for (; to > 0 && byCreation(sorted[to - 1] as ReplicaSet, set) > 0; to--) sorted[to] = sorted[to - 1] as ReplicaSet
    sorted[to] = set
  }
  return sorted
}

/** An empty selector picks everything where ReplicaSets are claimed; only a missing one picks nothing. */
const picks = (selector: LabelSelector | undefined, labels: StringMap | undefined): boolean =>
  selector !== undefined && selector !== null && (selects(selector, labels) || isEmptySelector(selector))

const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions?.length ?? 0) === 0

const adoptionOf = (facts: Facts, { metadata }: ReplicaSet): AdoptReplicaSet => ({
  kind: 'adoptReplicaSet',
  namespace: facts.namespace,
  name: metadata.name,
  ownerReference: ownerReferenceTo(facts),
})

const release = ({ namespace, rollout }: Facts, { metadata }: ReplicaSet): ReleaseReplicaSet => ({
  kind: 'releaseReplicaSet',
  namespace,
  name: metadata.name,
  ownerUid: rollout.metadata.uid ?? '',
})
