import { goJson, goString } from '../../go/json/goJson'
import type { StringMapPatch } from '../../model/change'
import { isJsonObject, ownValue } from '../../model/json'
import { ephemeralMetadataAnnotation } from '../../model/labelKeys'
import type { StringMap } from '../../model/meta'
import type { PodMetadata } from '../../model/rollout'
import type { Pod, PodTemplate, ReplicaSet } from '../../model/workload'
import type { Flow, Turn } from '../turn'
import { newSet, noteChanged, otherSets, podHash, stableSet, wantedPods } from './replicaSets'

// Labels and annotations that pods wear only while they play a role (behaviour 3.18). What was put on is noted in an
// annotation of the ReplicaSet, so that only that is taken off again.

interface MapChange {
  readonly next: StringMap | undefined
  readonly patch: StringMapPatch | undefined
}

/** Puts the wanted keys on and takes those off that were put on earlier and are not wanted any more. */
function dress(live: StringMap | undefined, worn: StringMap | undefined, wanted: StringMap | undefined): MapChange {
  const patch: Record<string, string | null> = {}
  for (const [key, value] of Object.entries(wanted ?? {})) {
    if ((ownValue(live, key) ?? '') !== value) patch[key] = value
  }
  for (const key of Object.keys(worn ?? {})) {
    if (ownValue(wanted, key) === undefined && ownValue(live, key) !== undefined) patch[key] = null
  }
  if (Object.keys(patch).length === 0) return { next: live, patch: undefined }
  const next: Record<string, string> = { ...live }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete next[key]
    else next[key] = value
  }
  return { next, patch }
}

function wornBy(set: ReplicaSet): PodMetadata | undefined {
  const text = set.metadata.annotations?.[ephemeralMetadataAnnotation]
  if (text === undefined) return undefined
  try {
    const worn: unknown = JSON.parse(text)
    return isJsonObject(worn) ? (worn as PodMetadata) : undefined
  } catch {
    return undefined
  }
}

/** The note on the ReplicaSet, in the bytes that the controller writes. */
function noteOf({ labels, annotations }: PodMetadata): string {
  const members = Object.entries({ labels, annotations })
    .filter(([, map]) => Object.keys(map ?? {}).length > 0)
    .map(([name, map]) => `${goString(name)}:${goJson(map)}`)
  return `{${members.join(',')}}`
}

function dressTemplate(
  template: PodTemplate | undefined,
  worn?: PodMetadata,
  wanted?: PodMetadata,
): PodTemplate | undefined {
  const labels = dress(template?.metadata?.labels, worn?.labels, wanted?.labels)
  const annotations = dress(template?.metadata?.annotations, worn?.annotations, wanted?.annotations)
  if (!labels.patch && !annotations.patch) return undefined
  return { ...template, metadata: { ...template?.metadata, labels: labels.next, annotations: annotations.next } }
}

/** The template as it was before ephemeral metadata was put on. */
export const templateWithoutEphemeralMetadata = (set: ReplicaSet): PodTemplate | undefined =>
  dressTemplate(set.spec.template, wornBy(set)) ?? set.spec.template

/** A ReplicaSet with the metadata on its template and the note about it; the same object where nothing changes. */
export function withEphemeralMetadata(set: ReplicaSet, wanted: PodMetadata | undefined): ReplicaSet {
  const template = dressTemplate(set.spec.template, wornBy(set), wanted)
  if (!template) return set
  const { [ephemeralMetadataAnnotation]: _note, ...others } = set.metadata.annotations ?? {}
  const annotations = wanted ? { ...others, [ephemeralMetadataAnnotation]: noteOf(wanted) } : others
  return { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, template } }
}

export interface RoleMetadata {
  readonly fresh?: PodMetadata
  readonly stable?: PodMetadata
}

/** What new and stable pods should wear; undefined where the Rollout says nothing about it. */
export function roleMetadataOf(turn: Turn): RoleMetadata | undefined {
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  const [fresh, stable] = canary
    ? [canary.canaryMetadata, canary.stableMetadata]
    : [blueGreen?.previewMetadata, blueGreen?.activeMetadata]
  return fresh || stable ? { fresh, stable } : undefined
}

export function reconcileEphemeralMetadata(turn: Turn): Flow {
  const metadata = roleMetadataOf(turn) ?? turn.semantics.metadataWithoutWish
  if (!metadata) return 'continue'
  const promoted = !turn.before.stableRS || turn.before.stableRS === podHash(newSet(turn))
  const plan: [ReplicaSet | undefined, PodMetadata | undefined][] = promoted
    ? [[newSet(turn), metadata.stable]]
    : [
        [newSet(turn), metadata.fresh],
        [stableSet(turn), metadata.stable],
      ]
  for (const other of otherSets(turn)) plan.push([other, undefined])
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

export interface Dressing {
  readonly set: ReplicaSet
  /** The same object where its template needs nothing. */
  readonly dressed: ReplicaSet
  readonly wanted: PodMetadata | undefined
}

/** First the template, then the pods: a pod that is created in between wears the new metadata already. */
export function dressTemplateThenPods(turn: Turn, dressing: Dressing): Flow {
  const flow = dressOnlyTemplate(turn, dressing)
  if (flow === 'continue' && wantedPods(dressing.set) > 0) dressPods(turn, dressing)
  return flow
}

/** v1.9: the same, also for pods of a ReplicaSet that is to have none. */
export function dressTemplateThenAllPods(turn: Turn, dressing: Dressing): Flow {
  const flow = dressOnlyTemplate(turn, dressing)
  if (flow === 'continue') dressPods(turn, dressing)
  return flow
}

/** v1.8: pods are looked at only in the reconcile that changes the template. */
export const dressPodsWithTemplate = (turn: Turn, dressing: Dressing): Flow =>
  dressing.dressed === dressing.set ? 'continue' : dressTemplateThenAllPods(turn, dressing)

/** v1.7: the pods first; those that are created in between wear nothing. */
export function dressPodsBeforeTemplate(turn: Turn, dressing: Dressing): Flow {
  if (dressing.dressed === dressing.set) return 'continue'
  dressPods(turn, dressing)
  return dressOnlyTemplate(turn, dressing)
}

function dressOnlyTemplate(turn: Turn, { set, dressed, wanted }: Dressing): Flow {
  if (dressed === set) return 'continue'
  const { name } = set.metadata
  if (turn.deletedNames.includes(name))
    return deletedBefore(turn.semantics.updateFailed(name, `replicasets.apps "${name}" not found`))
  noteChanged(turn, dressed)
  turn.staleSets.add(name)
  turn.changes.push({
    kind: 'annotateReplicaSet',
    namespace: turn.namespace,
    name,
    annotations: { [ephemeralMetadataAnnotation]: wanted ? noteOf(wanted) : null },
    template: dressed.spec.template,
  })
  return 'continue'
}

function dressPods(turn: Turn, { set, wanted }: Dressing): void {
  const { namespace } = turn
  const worn = wornBy(set)
  for (const pod of podsOf(turn, set)) {
    const labels = dress(pod.metadata.labels, worn?.labels, wanted?.labels).patch
    const annotations = dress(pod.metadata.annotations, worn?.annotations, wanted?.annotations).patch
    if (labels || annotations)
      turn.changes.push({ kind: 'labelPod', namespace, name: pod.metadata.name, labels, annotations })
  }
}

/** Quirk kept for fidelity: blue-green deletes old ReplicaSets first, and then stumbles over them here. */
const deletedBefore = (problem: string): Flow => ({
  error: `failed to sync ephemeral metadata: ${problem}`,
  code: 'not-found',
  forgotten: true,
})

/** How an update of a ReplicaSet that failed is told. */
export const updateFailed = (name: string, problem: string): string =>
  `error updating replicaset in updateReplicaSet ${name}: ${problem}`

/** v1.7 tells nothing but the problem. */
export const bareProblem = (_name: string, problem: string): string => problem

/** Pods that the ReplicaSet controls. */
export const podsOf = (turn: Turn, set: ReplicaSet): Pod[] =>
  turn.pods.filter((pod) =>
    pod.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === set.metadata.uid),
  )
