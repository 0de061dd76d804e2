import type { ClusterObjects } from '../cluster/objects'
import { wellFormedCluster } from '../cluster/wellFormed'
import type { KubeObject } from '../model/meta'
import { type ObservedLists, observedLists } from './observe'

/** The lists of the last observation, and the objects that they were made of. */
export interface KnownLists {
  readonly objects: ClusterObjects
  readonly namespace: string
  readonly lists: ObservedLists
}

/**
 * The lists of an observation. From one decision to the next a few objects change: lists without them stay the same,
 * and the others are not sorted anew.
 */
export function knownLists(objects: ClusterObjects, namespace: string, known: KnownLists | undefined): KnownLists {
  if (known?.objects === objects && known.namespace === namespace) return known
  const lists = known?.namespace === namespace ? updatedLists(known, objects) : undefined
  return { objects, namespace, lists: lists ?? observedLists(wellFormedCluster(objects), namespace) }
}

/** The lists whose objects change with every update, by the beginning of their keys. Rollouts are in no list. */
const listOf: Readonly<Record<string, 'replicaSets' | 'services' | 'analysisRuns' | 'experiments' | undefined>> = {
  replicasets: 'replicaSets',
  services: 'services',
  analysisruns: 'analysisRuns',
  experiments: 'experiments',
  rollouts: undefined,
}

/** Undefined where an object came or went, or one of another kind changed. */
function updatedLists(
  { objects: before, lists, namespace }: KnownLists,
  objects: ClusterObjects,
): ObservedLists | undefined {
  const keys = Object.keys(objects)
  if (keys.length !== Object.keys(before).length) return undefined
  let next = lists
  for (const key of keys) {
    const [old, object] = [before[key], objects[key]]
    if (!old || !object) return undefined
    if (object === old) continue
    const slash = key.indexOf('/')
    const plural = key.slice(0, slash)
    if (!Object.hasOwn(listOf, plural)) return undefined
    const field = listOf[plural]
    if (field === undefined || !key.startsWith(`/${namespace}/`, slash)) continue
    const list = replaced(next[field] ?? [], old, soundObject(key, object))
    if (!list) return undefined
    next = { ...next, [field]: list }
  }
  return next
}

/** Undefined where the list has a repaired object, or the new one cannot be read. */
function replaced(list: readonly unknown[], old: KubeObject, object: KubeObject | undefined) {
  const at = list.indexOf(old)
  if (at < 0 || !object) return undefined
  const next = [...list]
  next[at] = object
  return next
}

/** As the whole cluster is read. */
export const soundObject = (key: string, object: KubeObject | undefined): KubeObject | undefined =>
  wellFormedCluster({ [key]: object })[key]
