import { applyMergePatch } from '../../../src/kube/mergePatch'
import type { KubeObject } from '../../../src/model/meta'
import { sameJson } from '../../../src/model/sameJson'

// What an API server keeps, and its rules about writes: versions, generations, the status subresource, owners.

export interface Refusal {
  readonly code: number
  readonly reason: string
  readonly message: string
}

export type Written = { readonly object: KubeObject } | { readonly refusal: Refusal }

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** `argoproj.io/v1alpha1/rollouts` */
  readonly place: string
  readonly version: number
  readonly object: KubeObject
}

export const refusal = (code: number, reason: string, message: string): { readonly refusal: Refusal } => ({
  refusal: { code, reason, message },
})

const mostHistory = 2000

export function objectServer() {
  const objects = new Map<string, { readonly place: string; readonly object: KubeObject }>()
  const history: WatchEvent[] = []
  const listeners = new Set<(event: WatchEvent) => void>()
  /** `known`: what happened after this version is in the history. */
  const counter = { version: 100, uid: 0, known: 0 }
  const keyOf = (place: string, namespace: string, name: string): string => `${place}|${namespace}|${name}`

  function tell(type: WatchEvent['type'], place: string, object: KubeObject): void {
    const event = { type, place, object, version: counter.version }
    history.push(event)
    if (history.length > mostHistory) counter.known = history.shift()?.version ?? 0
    for (const listener of [...listeners]) listener(event)
  }

  function store(type: 'ADDED' | 'MODIFIED', place: string, object: KubeObject): KubeObject {
    counter.version++
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(counter.version) } }
    objects.set(keyOf(place, stored.metadata.namespace ?? '', stored.metadata.name), { place, object: stored })
    tell(type, place, stored)
    return stored
  }

  function create(place: string, namespace: string, given: KubeObject): Written {
    const name = given.metadata.name
    if (objects.has(keyOf(place, namespace, name))) {
      return refusal(409, 'AlreadyExists', `${place.split('/').at(-1)} "${name}" already exists`)
    }
    const { resourceVersion: _version, ...metadata } = given.metadata
    const creationTimestamp = new Date().toISOString().replace(/\.\d+Z/, 'Z')
    const made = { ...metadata, namespace, uid: `uid-${++counter.uid}`, generation: 1, creationTimestamp }
    return { object: store('ADDED', place, { ...given, metadata: made } as KubeObject) }
  }

  function replace(place: string, known: KubeObject, wanted: KubeObject, part: 'status' | 'object'): Written {
    const { resourceVersion } = wanted.metadata
    if (resourceVersion !== undefined && resourceVersion !== known.metadata.resourceVersion) {
      return refusal(
        409,
        'Conflict',
        `${known.metadata.name}: the object has been modified; please apply your changes to the latest version`,
      )
    }
    // The status has a door of its own: through one, the other side stays.
    const after: KubeObject =
      part === 'status' ? { ...known, status: wanted.status } : { ...wanted, status: known.status }
    const { uid, creationTimestamp, generation = 1, namespace } = known.metadata
    const isSame = sameJson(known.spec, after.spec)
    const kept = { uid, creationTimestamp, namespace, generation: isSame ? generation : generation + 1 }
    const object = { ...after, metadata: { ...after.metadata, ...kept } } as KubeObject
    if (sameJson(withoutVersion(object), withoutVersion(known))) return { object: known }
    return { object: store('MODIFIED', place, object) }
  }

  function remove(place: string, namespace: string, name: string): Written {
    const key = keyOf(place, namespace, name)
    const found = objects.get(key)
    if (!found) return notFound(place, name)
    objects.delete(key)
    counter.version++
    tell('DELETED', place, {
      ...found.object,
      metadata: { ...found.object.metadata, resourceVersion: String(counter.version) },
    })
    const { uid } = found.object.metadata
    for (const owned of [...objects.values()]) {
      if (owned.object.metadata.ownerReferences?.some((owner) => owner.uid === uid)) {
        remove(owned.place, owned.object.metadata.namespace ?? '', owned.object.metadata.name)
      }
    }
    return { object: found.object }
  }

  const get = (place: string, namespace: string, name: string): KubeObject | undefined =>
    objects.get(keyOf(place, namespace, name))?.object

  return {
    get,
    create,
    remove,
    list: (place: string, namespace: string): readonly KubeObject[] =>
      [...objects.values()]
        .filter((one) => one.place === place && (namespace === '' || one.object.metadata.namespace === namespace))
        .map(({ object }) => object),
    put(place: string, namespace: string, name: string, wanted: KubeObject, part: 'status' | 'object'): Written {
      const known = get(place, namespace, name)
      return known ? replace(place, known, wanted, part) : notFound(place, name)
    },
    patch(place: string, namespace: string, name: string, patch: unknown, part: 'status' | 'object'): Written {
      const known = get(place, namespace, name)
      if (!known) return notFound(place, name)
      const { resourceVersion } = (patch as { metadata?: { resourceVersion?: string } }).metadata ?? {}
      const patched = applyMergePatch(known as never, patch as never) as unknown as KubeObject
      const version = resourceVersion ?? known.metadata.resourceVersion
      return replace(
        place,
        known,
        { ...patched, metadata: { ...patched.metadata, resourceVersion: version } } as KubeObject,
        part,
      )
    },
    version: (): number => counter.version,
    /** What happened after a version; undefined if that is too long ago to know. */
    since(version: number): readonly WatchEvent[] | undefined {
      if (version < counter.known) return undefined
      return history.filter((event) => event.version > version)
    },
    /** As if everything before now were compacted away. */
    forgetHistory(): void {
      history.splice(0)
      counter.known = counter.version
    },
    watch(listener: (event: WatchEvent) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type ObjectServer = ReturnType<typeof objectServer>

const withoutVersion = (object: KubeObject): object => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: '' },
})

export const notFound = (place: string, name: string): { readonly refusal: Refusal } =>
  refusal(404, 'NotFound', `${place.split('/').at(-1)} "${name}" not found`)
