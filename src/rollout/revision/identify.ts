import { controllerOf } from '../../kube/ownerReference'
import { podTemplatesEqual } from '../../kube/podTemplate/podTemplatesEqual'
import type { LabelSelector, OwnerReference, StringMap } from '../../model/meta'
import type { ReplicaSet } from '../../model/workload'
import { templateWithoutEphemeralMetadata } from '../pods/ephemeralMetadata'
import { byCreation, isSeen, podHash, secondsUntilDeadline } from '../pods/replicaSets'
import { selects } from '../pods/selector'
import type { Turn } from '../turn'
import { withoutInjectedAntiAffinity } from './antiAffinity'
import { wantedPodHash } from './templateChange'

/** The owner reference that makes an object this Rollout's. */
export const ownerReferenceTo = (turn: Turn): OwnerReference => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  name: turn.name,
  uid: turn.rollout.metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
})

export const isOwnedBy = (turn: Turn, object: ReplicaSet): boolean =>
  controllerOf(object)?.uid === (turn.rollout.metadata.uid ?? '')

/**
 * Finds out which ReplicaSets are ours: owned and selected ones stay, orphans that the selector picks are adopted,
 * owned ones that it no longer picks are let go.
 */
export function claimReplicaSets(turn: Turn): void {
  for (const set of [...turn.observed.replicaSets].sort(byCreation)) {
    if (!isSeen(set)) continue
    const owner = controllerOf(set)
    const selected = picks(turn.rollout.spec.selector, set.metadata.labels)
    if (owner) {
      if (owner.uid !== turn.rollout.metadata.uid) continue
      if (selected) turn.replicaSets.push(set)
      else release(turn, set)
    } else if (selected && !set.metadata.deletionTimestamp) {
      turn.replicaSets.push(adopt(turn, set))
    }
  }
}

/** An empty selector picks everything where ReplicaSets are claimed; only a missing one picks nothing. */
const picks = (selector: LabelSelector | undefined, labels: StringMap | undefined): boolean =>
  selector !== undefined && selector !== null && (isEmptySelector(selector) || selects(selector, labels))

const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions?.length ?? 0) === 0

function adopt(turn: Turn, set: ReplicaSet): ReplicaSet {
  const ownerReference = ownerReferenceTo(turn)
  turn.staleSets.add(set.metadata.name)
  turn.changes.push({ kind: 'adoptReplicaSet', namespace: turn.namespace, name: set.metadata.name, ownerReference })
  const ownerReferences = [...(set.metadata.ownerReferences ?? []), ownerReference]
  return { ...set, metadata: { ...set.metadata, ownerReferences } }
}

function release(turn: Turn, set: ReplicaSet): void {
  const ownerUid = turn.rollout.metadata.uid ?? ''
  turn.changes.push({ kind: 'releaseReplicaSet', namespace: turn.namespace, name: set.metadata.name, ownerUid })
}

/** Names the new and the stable ReplicaSet among ours (behaviour 3.3). */
export function identifyRoles(turn: Turn): void {
  const fresh = findNewReplicaSet(turn)
  turn.newName = fresh?.metadata.name
  turn.stableName = findStable(turn)?.metadata.name
  turn.newWasWithinDelay = (secondsUntilDeadline(fresh, turn.now) ?? 0) > 0
}

export function findStable(turn: Turn): ReplicaSet | undefined {
  const stable = turn.before.stableRS
  return stable ? turn.replicaSets.find((set) => podHash(set) === stable) : undefined
}

/** By the hash of the wanted template, else the oldest with an equal template. */
function findNewReplicaSet(turn: Turn): ReplicaSet | undefined {
  const hash = wantedPodHash(turn)
  const sets = [...turn.replicaSets].sort(byCreation)
  return sets.find((set) => podHash(set) === hash) ?? sets.find((set) => hasWantedTemplate(turn, set))
}

/** Equal but for what the engine itself put into the ReplicaSet's template. */
export function hasWantedTemplate(turn: Turn, set: ReplicaSet): boolean {
  const live = withoutInjectedAntiAffinity(templateWithoutEphemeralMetadata(set), turn.rollout)
  return podTemplatesEqual(live, turn.rollout.spec.template)
}
