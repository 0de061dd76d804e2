import { pluralOf } from '../cluster/objects'
import type { Wanted } from '../host/ports'
import type { ObjectRef } from '../model/decision'
import { givenList, givenObject, givenText } from '../model/given'
import type { KubeObject, OwnerReference } from '../model/meta'
import { givenRef } from './refs'

/** Objects by kind, namespace and name. */
export interface ObjectStore {
  /** Undefined where it is not there. */
  readonly get: (ref: ObjectRef) => KubeObject | undefined
  /** In the order of their names, as an API server lists them; the same list while nothing in it changed. */
  readonly list: (kind: string, namespace: string, wanted?: Wanted) => readonly KubeObject[]
  /** Replaces an object of the same name. */
  readonly put: (ref: ObjectRef, object: KubeObject) => void
  readonly remove: (ref: ObjectRef) => void
  readonly all: () => readonly KubeObject[]
  /** Objects of a namespace that an object with this UID owns. */
  readonly ownedBy: (uid: string, namespace: string) => readonly KubeObject[]
}

interface Shelf {
  readonly objects: Map<string, KubeObject>
  /** Names of those without an owner. */
  readonly ownerless: Set<string>
  sorted?: readonly KubeObject[]
}

/**
 * Objects with the indexes that a `ClusterPort` needs: the cache of a host whose cluster is somewhere else. Reading and
 * writing one costs the same whatever else there is, and so does `list` with `wanted`.
 *
 * @example
 * import { objectStore } from 'rollout-engine/memory'
 * const store = objectStore()
 * const ownerReferences = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid: 'u1' }]
 * const ref = { kind: 'ReplicaSet', namespace: 'shop', name: 'web-1' }
 * store.put(ref, { kind: 'ReplicaSet', metadata: { name: 'web-1', namespace: 'shop', ownerReferences } })
 * store.list('ReplicaSet', 'shop', { names: new Set(), ownedBy: ['u1'] }).length // => 1
 * store.list('ReplicaSet', 'shop', { names: new Set(), ownedBy: ['u2'] }).length // => 0
 */
export function objectStore(): ObjectStore {
  const shelves = new Map<string, Shelf>()
  const owned = ownership()
  const shelfOf = (kind: string, namespace: string): Shelf => {
    const key = `${pluralOf(kind)}/${namespace}`
    const shelf = shelves.get(key) ?? { objects: new Map(), ownerless: new Set() }
    shelves.set(key, shelf)
    return shelf
  }
  const get = (ref: ObjectRef): KubeObject | undefined => {
    const { kind, namespace, name } = givenRef(ref)
    return shelves.get(`${pluralOf(kind)}/${namespace}`)?.objects.get(name)
  }
  const replace = (ref: ObjectRef, object: KubeObject | undefined): void => {
    const shelf = shelfOf(ref.kind, ref.namespace)
    owned.note(ref, shelf.objects.get(ref.name), false)
    shelf.sorted = undefined
    shelf.ownerless.delete(ref.name)
    if (object) shelf.objects.set(ref.name, object)
    else shelf.objects.delete(ref.name)
    if (object && ownersOf(object).length === 0) shelf.ownerless.add(ref.name)
    owned.note(ref, object, true)
  }
  /** Costs what is wanted, not what there is. */
  const listWanted = (kind: string, namespace: string, wanted: Wanted): readonly KubeObject[] => {
    const { objects, ownerless } = shelfOf(kind, namespace)
    const { ownedBy } = givenObject<Partial<Wanted>>(wanted)
    const names = wanted.names instanceof Set ? wanted.names : []
    const refs = givenList<string>(ownedBy).flatMap((uid) => owned.refs(uid))
    const ours = refs.filter((ref) => ref.kind === kind && ref.namespace === namespace).map(({ name }) => name)
    const found = new Set([...names, ...(ownedBy ? ownerless : []), ...ours])
    return [...found].sort().flatMap((name) => objects.get(name) ?? [])
  }
  const listAll = (kind: string, namespace: string): readonly KubeObject[] => {
    const shelf = shelfOf(kind, namespace)
    shelf.sorted ??= [...shelf.objects.entries()].sort(byName).map(([, object]) => object)
    return shelf.sorted
  }
  return {
    get,
    list: (kind, namespace, wanted) => (wanted ? listWanted(kind, namespace, wanted) : listAll(kind, namespace)),
    put: (ref, object) => replace(givenRef(ref), givenObject<Partial<KubeObject>>(object) as KubeObject),
    remove: (ref) => replace(givenRef(ref), undefined),
    all: () => [...shelves.values()].flatMap(({ objects }) => [...objects.values()]),
    ownedBy: (uid, namespace) =>
      owned
        .refs(uid)
        .filter((ref) => ref.namespace === namespace)
        .flatMap((ref) => get(ref) ?? []),
  }
}

const ownersOf = (object: KubeObject | undefined): readonly OwnerReference[] =>
  givenList<OwnerReference>(givenObject<Partial<KubeObject['metadata']>>(object?.metadata).ownerReferences)

/** Which objects an object owns, by its UID. */
interface Ownership {
  readonly refs: (uid: string) => readonly ObjectRef[]
  readonly note: (ref: ObjectRef, object: KubeObject | undefined, isThere: boolean) => void
}

function ownership(): Ownership {
  const owned = new Map<string, Map<string, ObjectRef>>()
  return {
    refs: (uid) => [...(owned.get(uid)?.values() ?? [])],
    note(ref, object, isThere) {
      const key = `${ref.kind}/${ref.namespace}/${ref.name}`
      for (const owner of ownersOf(object)) {
        const uid = givenText(givenObject(owner).uid)
        const refs = owned.get(uid) ?? new Map<string, ObjectRef>()
        if (isThere) owned.set(uid, refs.set(key, ref))
        else if (refs.delete(key) && refs.size === 0) owned.delete(uid)
      }
    },
  }
}

type Entry = readonly [string, KubeObject]

const byName = ([left]: Entry, [right]: Entry): number => (left < right ? -1 : left > right ? 1 : 0)
