import { pluralOf } from '../cluster/objects'
import type { Wanted } from '../host/ports'
import type { ObjectRef } from '../model/decision'
import { givenList, givenObject, givenText } from '../model/given'
import type { KubeObject, OwnerReference } from '../model/meta'

/** Objects by kind, namespace and name. */
export interface ObjectStore {
  readonly get: (ref: ObjectRef) => KubeObject | undefined
  /** In the order of their names, as an API server lists them; the same list while nothing in it changed. */
  readonly list: (kind: string, namespace: string, wanted?: Wanted) => readonly KubeObject[]
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

/** Reading and writing one object costs the same whatever else there is. */
export function objectStore(): ObjectStore {
  const shelves = new Map<string, Shelf>()
  const owned = ownership()
  const shelfOf = (kind: string, namespace: string): Shelf => {
    const key = `${pluralOf(kind)}/${namespace}`
    const shelf = shelves.get(key) ?? { objects: new Map(), ownerless: new Set() }
    shelves.set(key, shelf)
    return shelf
  }
  const get = ({ kind, namespace, name }: ObjectRef): KubeObject | undefined =>
    shelves.get(`${pluralOf(kind)}/${namespace}`)?.objects.get(name)
  const replace = (ref: ObjectRef, object: KubeObject | undefined): void => {
    const shelf = shelfOf(ref.kind, ref.namespace)
    owned.note(ref, shelf.objects.get(ref.name), false)
    shelf.sorted = undefined
    shelf.ownerless.delete(ref.name)
    if (object) shelf.objects.set(ref.name, object)
    else shelf.objects.delete(ref.name)
    if (object && givenList(object.metadata.ownerReferences).length === 0) shelf.ownerless.add(ref.name)
    owned.note(ref, object, true)
  }
  /** Costs what is wanted, not what there is. */
  const listWanted = (kind: string, namespace: string, { names, ownedBy }: Wanted): readonly KubeObject[] => {
    const { objects, ownerless } = shelfOf(kind, namespace)
    const refs = (ownedBy ?? []).flatMap((uid) => owned.refs(uid))
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
    put: (ref, object) => replace(ref, object),
    remove: (ref) => replace(ref, undefined),
    all: () => [...shelves.values()].flatMap(({ objects }) => [...objects.values()]),
    ownedBy: (uid, namespace) =>
      owned
        .refs(uid)
        .filter((ref) => ref.namespace === namespace)
        .flatMap((ref) => get(ref) ?? []),
  }
}

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
      for (const owner of givenList<OwnerReference>(object?.metadata.ownerReferences)) {
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
