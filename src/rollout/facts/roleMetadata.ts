import { goJson, goString } from '../../go/json/goJson'
import type { StringMapPatch } from '../../model/change'
import { isJsonObject, ownValue } from '../../model/json'
import { ephemeralMetadataAnnotation } from '../../model/labelKeys'
import type { StringMap } from '../../model/meta'
import type { PodMetadata } from '../../model/rollout'
import type { PodTemplate, ReplicaSet } from '../../model/workload'
import type { Facts } from './facts'
import type { RoleMetadata } from './semantics'

// Ephemeral metadata: labels and annotations that pods have only while they are canary, stable, active or preview
// (behaviour 3.18). An annotation of the ReplicaSet records what was added, so that only that is removed again.

interface MapChange {
  readonly next: StringMap | undefined
  readonly patch: StringMapPatch | undefined
}

/** Adds the wanted keys and removes those that were added earlier and are no longer wanted. */
export function dress(
  live: StringMap | undefined,
  added: StringMap | undefined,
  wanted: StringMap | undefined,
): MapChange {
  if (added === undefined && wanted === undefined) return { next: live, patch: undefined }
  const patch: Record<string, string | null> = {}
  for (const [key, value] of Object.entries(wanted ?? {})) {
    if ((ownValue(live, key) ?? '') !== value) patch[key] = value
  }
  for (const key of Object.keys(added ?? {})) {
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

export function addedMetadataOf(set: ReplicaSet): PodMetadata | undefined {
  const text = set.metadata.annotations?.[ephemeralMetadataAnnotation]
  if (text === undefined) return undefined
  try {
    const added: unknown = JSON.parse(text)
    return isJsonObject(added) ? (added as PodMetadata) : undefined
  } catch {
    return undefined
  }
}

/** The record in the ReplicaSet's annotation, byte for byte as the controller writes it. */
export function noteOf({ labels, annotations }: PodMetadata): string {
  const members = Object.entries({ labels, annotations })
    .filter(([, map]) => Object.keys(map ?? {}).length > 0)
    .map(([name, map]) => `${goString(name)}:${goJson(map)}`)
  return `{${members.join(',')}}`
}

function dressTemplate(
  template: PodTemplate | undefined,
  added?: PodMetadata,
  wanted?: PodMetadata,
): PodTemplate | undefined {
  const labels = dress(template?.metadata?.labels, added?.labels, wanted?.labels)
  const annotations = dress(template?.metadata?.annotations, added?.annotations, wanted?.annotations)
  if (!labels.patch && !annotations.patch) return undefined
  return { ...template, metadata: { ...template?.metadata, labels: labels.next, annotations: annotations.next } }
}

/** The template without its ephemeral metadata. */
export const templateWithoutEphemeralMetadata = (set: ReplicaSet): PodTemplate | undefined =>
  dressTemplate(set.spec.template, addedMetadataOf(set)) ?? set.spec.template

/**
 * The ReplicaSet with the metadata in its template and the record in its annotation; the same object if nothing
 * changes.
 */
export function withEphemeralMetadata(set: ReplicaSet, wanted: PodMetadata | undefined): ReplicaSet {
  const template = dressTemplate(set.spec.template, addedMetadataOf(set), wanted)
  if (!template) return set
  const { [ephemeralMetadataAnnotation]: _note, ...others } = set.metadata.annotations ?? {}
  const annotations = wanted ? { ...others, [ephemeralMetadataAnnotation]: noteOf(wanted) } : others
  return { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, template } }
}

/** The ephemeral metadata of new and stable pods; undefined if the Rollout sets none. */
export function roleMetadataOf(facts: Facts): RoleMetadata | undefined {
  const { canary, blueGreen } = facts.rollout.spec.strategy ?? {}
  const [fresh, stable] = canary
    ? [canary.canaryMetadata, canary.stableMetadata]
    : [blueGreen?.previewMetadata, blueGreen?.activeMetadata]
  return fresh || stable ? { fresh, stable } : undefined
}
