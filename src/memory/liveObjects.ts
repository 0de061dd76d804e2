import type { HostClock, Sighting } from '../host/ports'
import type { ObjectRef } from '../model/decision'
import type { KubeObject } from '../model/meta'
import { formatTime } from '../model/time'
import { type ObjectStore, objectStore } from './objectStore'
import { refOf } from './refs'

/** Objects with what an API server adds to them, and those who watch them. */
export interface LiveObjects extends Pick<ObjectStore, 'get' | 'list' | 'all'> {
  /** Writes an object whole. Returns its new resourceVersion. */
  readonly write: (ref: ObjectRef, object: KubeObject) => string
  /** Deletes an object, and then what it alone owned. */
  readonly remove: (ref: ObjectRef) => void
  readonly watch: (see: (sighting: Sighting) => void) => () => void
  /** RFC 3339. */
  readonly now: () => string
  readonly nextUid: () => string
}

export function liveObjects(clock: HostClock): LiveObjects {
  const store = objectStore()
  const watchers = new Set<(sighting: Sighting) => void>()
  const last = { version: 0, uid: 0 }
  const now = (): string => formatTime(Math.floor(clock.now() / 1000))
  const nextUid = (): string => `uid-${++last.uid}`
  const untold: Sighting[] = []
  const telling = { is: false }
  // A listener may write. Listeners are called with that afterwards, so that all see the same order.
  const tell = (sighting: Sighting): void => {
    untold.push(sighting)
    if (telling.is) return
    telling.is = true
    try {
      for (let next = untold.shift(); next; next = untold.shift()) for (const see of [...watchers]) see(next)
    } finally {
      telling.is = false
    }
  }
  const remove = (ref: ObjectRef): void => {
    const object = store.get(ref)
    if (!object) return
    store.remove(ref)
    tell({ ref })
    const { uid } = object.metadata
    for (const owned of uid === undefined ? [] : store.ownedBy(uid, ref.namespace)) {
      if (owned.metadata.ownerReferences?.every((owner) => owner.uid === uid)) remove(refOf(owned))
    }
  }
  return {
    ...store,
    now,
    nextUid,
    remove,
    write(ref, object) {
      const resourceVersion = String(++last.version)
      const given = { creationTimestamp: now(), generation: 1, ...object.metadata }
      const written = { ...object, metadata: { ...given, uid: given.uid ?? nextUid(), resourceVersion } }
      store.put(ref, written)
      tell({ ref, object: written })
      return resourceVersion
    },
    watch(see) {
      watchers.add(see)
      for (const object of store.all()) see({ ref: refOf(object), object })
      return () => void watchers.delete(see)
    },
  }
}
