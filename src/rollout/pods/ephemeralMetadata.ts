import { ephemeralMetadataAnnotation } from '../../model/labelKeys'
import type { PodMetadata } from '../../model/rollout'
import type { Pod, ReplicaSet } from '../../model/workload'
import type { Facts } from '../facts/facts'
import { podHash, wantedPods } from '../facts/replicaSets'
import { addedMetadataOf, dress, noteOf, roleMetadataOf, withEphemeralMetadata } from '../facts/roleMetadata'
import { commit, commitToSet } from '../turn/commit'
import type { Flow } from '../turn/flow'
import type { Dressing, Turn } from '../turn/turn'

export function reconcileEphemeralMetadata(turn: Turn): Flow {
  const metadata = roleMetadataOf(turn.facts) ?? turn.facts.semantics.metadataWithoutWish
  if (!metadata) return 'continue'
  const promoted = !turn.facts.before.stableRS || turn.facts.before.stableRS === podHash(turn.facts.newSet)
  const plan: [ReplicaSet | undefined, PodMetadata | undefined][] = promoted
    ? [[turn.facts.newSet, metadata.stable]]
    : [
        [turn.facts.newSet, metadata.fresh],
        [turn.facts.stableSet, metadata.stable],
      ]
  for (const other of turn.facts.otherSets) plan.push([other, undefined])
  for (const [set, wanted] of plan) {
    const flow = set ? dressReplicaSet(turn, set, wanted) : 'continue'
    if (flow !== 'continue') return flow
  }
  return 'continue'
}

/** The template of a ReplicaSet, and its pods. */
function dressReplicaSet(turn: Turn, set: ReplicaSet, wanted: PodMetadata | undefined): Flow {
  const dressed = withEphemeralMetadata(set, wanted)
  return turn.semantics.dress(turn, { set, dressed, wanted })
}

/** First the template, then the pods: a pod that is created in between already has the new metadata. */
export function dressTemplateThenPods(turn: Turn, dressing: Dressing): Flow {
  const flow = dressOnlyTemplate(turn, dressing)
  if (flow === 'continue' && wantedPods(dressing.set) > 0) dressPods(turn, dressing)
  return flow
}

/** v1.9: the same, also for pods of a ReplicaSet that should have none. */
export function dressTemplateThenAllPods(turn: Turn, dressing: Dressing): Flow {
  const flow = dressOnlyTemplate(turn, dressing)
  if (flow === 'continue') dressPods(turn, dressing)
  return flow
}

/** v1.8: pods are updated only in the reconcile that changes the template. */
export const dressPodsWithTemplate = (turn: Turn, dressing: Dressing): Flow =>
  dressing.dressed === dressing.set ? 'continue' : dressTemplateThenAllPods(turn, dressing)

/** v1.7: the pods first; those that are created in between have no metadata. */
export function dressPodsBeforeTemplate(turn: Turn, dressing: Dressing): Flow {
  if (dressing.dressed === dressing.set) return 'continue'
  dressPods(turn, dressing)
  return dressOnlyTemplate(turn, dressing)
}

function dressOnlyTemplate(turn: Turn, { set, dressed, wanted }: Dressing): Flow {
  if (dressed === set) return 'continue'
  const { name } = set.metadata
  if (turn.ledger.deletedNames.includes(name))
    return deletedBefore(turn.facts.semantics.updateFailed(name, `replicasets.apps "${name}" not found`))
  turn.ledger.staleSets.push(name)
  commitToSet(turn, set, {
    kind: 'annotateReplicaSet',
    namespace: turn.facts.namespace,
    name,
    annotations: { [ephemeralMetadataAnnotation]: wanted ? noteOf(wanted) : null },
    template: dressed.spec.template,
  })
  return 'continue'
}

function dressPods(turn: Turn, { set, wanted }: Dressing): void {
  const { namespace } = turn.facts
  const added = addedMetadataOf(set)
  if (!added && !wanted) return
  for (const pod of podsOf(turn.facts, set)) {
    const labels = dress(pod.metadata.labels, added?.labels, wanted?.labels).patch
    const annotations = dress(pod.metadata.annotations, added?.annotations, wanted?.annotations).patch
    if (labels || annotations)
      commit(turn, { kind: 'labelPod', namespace, name: pod.metadata.name, labels, annotations })
  }
}

/** Quirk kept for fidelity: blue-green deletes old ReplicaSets first, and then fails to update them here. */
const deletedBefore = (problem: string): Flow => ({
  error: `failed to sync ephemeral metadata: ${problem}`,
  code: 'not-found',
  path: 'spec.revisionHistoryLimit',
  forgotten: true,
})

/** How a failed update of a ReplicaSet is reported. */
export const updateFailed = (name: string, problem: string): string =>
  `error updating replicaset in updateReplicaSet ${name}: ${problem}`

/** v1.7 reports only the problem. */
export const bareProblem = (_name: string, problem: string): string => problem

/** Pods that the ReplicaSet controls. */
export const podsOf = (facts: Facts, set: ReplicaSet): Pod[] =>
  facts.pods.filter((pod) =>
    pod.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === set.metadata.uid),
  )
