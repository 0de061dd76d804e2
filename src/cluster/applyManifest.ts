import { isJsonObject, type JsonObject, ownValue } from '../model/json'
import type { KubeObject } from '../model/meta'
import { sameJson } from '../model/sameJson'

/** The annotation in which `kubectl apply` records the last applied manifest. */
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** The last applied manifest: from the annotation, or from the caller; undefined if unknown. */
export function lastApplied(live: KubeObject, known: KubeObject | undefined): JsonObject | undefined {
  const noted = ownValue(live.metadata.annotations, lastAppliedAnnotation)
  if (typeof noted !== 'string') return known as JsonObject | undefined
  try {
    const read: unknown = JSON.parse(noted)
    return isJsonObject(read) ? read : undefined
  } catch {
    return undefined
  }
}

export interface Applied {
  readonly object: KubeObject
  /** Fields that the manifest lacks and that stay, because it is unknown who set them. */
  readonly kept: readonly string[]
}

/**
 * The live object after `kubectl apply` of a manifest: fields of the last apply that the manifest lacks are removed,
 * fields of the manifest win, everything else stays. Whole lists are replaced, as in custom resources. The manifest
 * does not set the status, and of the metadata only labels and annotations.
 */
export function applyManifest(live: KubeObject, manifest: KubeObject, last: JsonObject | undefined): Applied {
  const before = appliedPart(last ?? {})
  const wanted = appliedPart(manifest as unknown as JsonObject)
  const merged = merge(live as unknown as JsonObject, before, wanted) as unknown as KubeObject
  const kept = last === undefined ? strangers(live.spec, wanted.spec, 'spec') : []
  if (sameJson(merged.spec, live.spec) && sameJson(merged.template, live.template)) return { object: merged, kept }
  const generation = (live.metadata.generation ?? 0) + 1
  return { object: { ...merged, metadata: { ...merged.metadata, generation } }, kept }
}

/** Without fields that only the server writes. */
function appliedPart({ metadata, status: _, ...fields }: JsonObject): JsonObject {
  const { labels, annotations } = isJsonObject(metadata) ? metadata : {}
  const { [lastAppliedAnnotation]: _note, ...others } = isJsonObject(annotations) ? annotations : {}
  const meta = {
    ...(isJsonObject(labels) && { labels }),
    ...(isJsonObject(annotations) && { annotations: others }),
  }
  return { ...fields, metadata: meta }
}

/** JSON objects only: the depth is limited by the reader of the manifest. */
function merge(live: JsonObject, before: JsonObject, wanted: JsonObject): JsonObject {
  const next = new Map(Object.entries(live))
  for (const key of Object.keys(before)) if (ownValue(wanted, key) === undefined) next.delete(key)
  for (const [key, value] of Object.entries(wanted)) {
    const [current, last] = [ownValue(live, key), ownValue(before, key)]
    if (value === null) next.delete(key)
    else if (isJsonObject(value) && isJsonObject(current)) {
      next.set(key, merge(current, isJsonObject(last) ? last : {}, value))
    } else if (value !== undefined) next.set(key, value)
  }
  return Object.fromEntries(next)
}

/** Paths of fields that only the live object has. */
function strangers(live: unknown, wanted: unknown, path: string): readonly string[] {
  if (!isJsonObject(live) || !isJsonObject(wanted)) return []
  return Object.entries(live).flatMap(([key, value]) => {
    const other = ownValue(wanted, key)
    return other === undefined ? [`${path}.${key}`] : strangers(value, other, `${path}.${key}`)
  })
}
