import type { ContractSubject } from '../../src/check/index'
import type { ClusterPort, Sighting } from '../../src/host/index'
import { memoryCluster } from '../../src/memory/index'
import type { EngineEvent, ObjectRef } from '../../src/model/decision'
import type { KubeObject } from '../../src/model/meta'
import type { Rollout } from '../../src/model/rollout'
import { nginx, rolloutOf } from './strategies'

// Adapters with one defect each, as hosts really have them, over a store that has none.

/** A store in memory, with a router and an outbox that outlive a restart. */
export function soundSubject(): ContractSubject {
  const cluster = memoryCluster()
  const outboxes = new Map<string, readonly EngineEvent[]>()
  const router = { weight: 0 }
  const open = (): ContractSubject => ({
    ports: {
      cluster,
      traffic: {
        apply: (change) => {
          if (change.kind === 'setWeight') router.weight = change.weight
          return undefined
        },
        verifyWeight: ({ weight }) => ({ verified: weight === router.weight }),
      },
      events: {
        emit: () => {},
        outboxOf: (ref) => ({
          read: async () => outboxes.get(keyOf(ref)) ?? [],
          write: async (events) => void outboxes.set(keyOf(ref), events),
        }),
      },
    },
    write: cluster.putObject,
    remove: cluster.removeObject,
    restart: open,
    routed: rolloutOf({ canary: nginx }) as unknown as Rollout,
  })
  return open()
}

const keyOf = ({ kind, namespace, name }: ObjectRef): string => `${kind}/${namespace}/${name}`

/** Changes the cluster port of a sound subject. */
const broken =
  (change: (cluster: ClusterPort, subject: ContractSubject) => Partial<ClusterPort>) => (): ContractSubject => {
    const subject = soundSubject()
    const { cluster } = subject.ports
    return { ...subject, ports: { ...subject.ports, cluster: { ...cluster, ...change(cluster, subject) } } }
  }

/** Remembers what it saw first, and never looks again. */
function firstSeen(cluster: ClusterPort): ClusterPort['get'] {
  const known = new Map<string, KubeObject>()
  return async (kind, namespace, name) => {
    const key = keyOf({ kind, namespace, name })
    const object = known.get(key) ?? (await cluster.get(kind, namespace, name))
    if (object) known.set(key, object)
    return object
  }
}

/** Two caches, one of which is a write behind; reads go to one and the other. */
function twoCaches(cluster: ClusterPort): ClusterPort['get'] {
  const seen = new Map<string, readonly KubeObject[]>()
  let reads = 0
  return async (kind, namespace, name) => {
    const object = await cluster.get(kind, namespace, name)
    if (!object) return undefined
    const key = keyOf({ kind, namespace, name })
    const states = [...(seen.get(key) ?? []), object]
    seen.set(key, states)
    return reads++ % 3 === 2 ? states.at(-3) : object
  }
}

interface BrokenAdapter {
  readonly what: string
  /** The check that is about it. */
  readonly check: string
  readonly open: () => ContractSubject
}

export const brokenAdapters: readonly BrokenAdapter[] = [
  {
    what: 'get answers from a cache that own writes do not reach',
    check: 'read-own-write',
    open: broken((cluster) => {
      const missed = new Set<string>()
      return {
        get: async (kind, namespace, name) => {
          const key = keyOf({ kind, namespace, name })
          if (missed.has(key)) return cluster.get(kind, namespace, name)
          missed.add(key)
          return undefined
        },
      }
    }),
  },
  {
    what: 'a create replaces what is there',
    check: 'create-twice',
    open: broken((cluster, { write, remove }) => ({
      apply: async (change) => {
        if (change.kind !== 'createReplicaSet') return cluster.apply(change)
        const { namespace = '', name } = change.replicaSet.metadata
        await remove({ kind: 'ReplicaSet', namespace, name })
        await write({ ...change.replicaSet, kind: 'ReplicaSet' } as KubeObject)
        return undefined
      },
    })),
  },
  {
    what: 'a refusal is rejected instead of returned',
    check: 'create-twice',
    open: broken((cluster) => ({
      apply: async (change) => {
        const failure = await cluster.apply(change)
        if (failure) throw new Error(failure.message)
        return undefined
      },
    })),
  },
  {
    what: 'a scale adds the difference',
    check: 'scale-twice',
    open: broken((cluster) => ({
      apply: async (change) => {
        if (change.kind !== 'scaleReplicaSet') return cluster.apply(change)
        const set = await cluster.get('ReplicaSet', change.namespace, change.name)
        const { replicas } = (set?.spec ?? { replicas: 0 }) as { readonly replicas: number }
        return cluster.apply({ ...change, replicas: replicas + change.replicas - change.fromReplicas })
      },
    })),
  },
  {
    what: 'a second delete is called a success',
    check: 'delete-twice',
    open: broken((cluster) => ({
      apply: async (change) => {
        const failure = await cluster.apply(change)
        return change.kind === 'deleteReplicaSet' ? undefined : failure
      },
    })),
  },
  {
    what: 'a change of nothing is called a success',
    check: 'change-nothing',
    open: broken((cluster) => ({
      apply: async (change) => {
        const failure = await cluster.apply(change)
        return failure?.reason === 'notFound' ? undefined : failure
      },
    })),
  },
  {
    what: 'uids are made of names',
    check: 'create-anew',
    open: broken((cluster) => ({
      get: async (kind, namespace, name) => {
        const object = await cluster.get(kind, namespace, name)
        return object && { ...object, metadata: { ...object.metadata, uid: name } }
      },
    })),
  },
  {
    what: 'changes are carried out later, the last one first',
    check: 'in-order',
    open: broken((cluster) => {
      const waiting: (() => unknown)[] = []
      return {
        apply: async (change) => {
          if (change.kind !== 'annotateReplicaSet') {
            for (const one of waiting.splice(0).reverse()) await one()
            return cluster.apply(change)
          }
          waiting.push(() => cluster.apply(change))
          return undefined
        },
      }
    }),
  },
  {
    what: 'annotations are replaced as a whole',
    check: 'nothing-else',
    open: broken((cluster, { write }) => ({
      apply: async (change) => {
        const failure = await cluster.apply(change)
        if (change.kind !== 'annotateReplicaSet') return failure
        const object = await cluster.get('ReplicaSet', change.namespace, change.name)
        const annotations = Object.fromEntries(
          Object.entries(change.annotations ?? {}).flatMap(([key, text]) => (text === null ? [] : [[key, text]])),
        )
        if (object) await write({ ...object, metadata: { ...object.metadata, annotations } })
        return failure
      },
    })),
  },
  {
    what: 'a change writes the object back as it was first seen',
    check: 'no-lost-update',
    open: broken((cluster, { write }) => {
      const get = firstSeen(cluster)
      return {
        get: async (kind, namespace, name) => {
          await get(kind, namespace, name)
          return cluster.get(kind, namespace, name)
        },
        apply: async (change) => {
          if (change.kind !== 'scaleReplicaSet') return cluster.apply(change)
          const old = await get('ReplicaSet', change.namespace, change.name)
          if (!old) return cluster.apply(change)
          await write({ ...old, spec: { ...(old.spec as object), replicas: change.replicas } })
          return undefined
        },
      }
    }),
  },
  {
    what: 'an object that is not there is an empty one',
    check: 'absent',
    open: broken((cluster) => ({
      get: async (kind, namespace, name) =>
        (await cluster.get(kind, namespace, name)) ?? { kind, metadata: { namespace, name } },
    })),
  },
  {
    what: 'list has every namespace',
    check: 'own-namespace',
    open: broken((cluster) => ({
      list: async (kind, namespace) => [
        ...((await cluster.list(kind, namespace)) ?? []),
        ...((await cluster.list(kind, 'contract-2')) ?? []),
      ],
    })),
  },
  {
    what: 'objects that were handed out are written into',
    check: 'values',
    open: broken((cluster) => {
      const handedOut: KubeObject[] = []
      return {
        get: async (...place) => {
          const object = structuredClone(await cluster.get(...place))
          if (object) handedOut.push(object)
          return object
        },
        apply: async (change) => {
          const failure = await cluster.apply(change)
          for (const object of handedOut) Object.assign(object.metadata, { resourceVersion: 'new' })
          return failure
        },
      }
    }),
  },
  {
    what: 'watch forgets what is there already',
    check: 'watch-start',
    open: broken((cluster) => ({
      watch: (see) => {
        let isStarting = true
        const stop = cluster.watch((sighting) => isStarting || see(sighting))
        isStarting = false
        return stop
      },
    })),
  },
  {
    what: 'watch does not tell deletions',
    check: 'watch-others',
    open: broken((cluster) => ({ watch: (see) => cluster.watch((sighting) => sighting.object && see(sighting)) })),
  },
  {
    what: 'watch does not end',
    check: 'watch-ends',
    open: broken((cluster) => ({
      watch: (see) => {
        cluster.watch(see)
        return () => {}
      },
    })),
  },
  {
    what: 'watch tells an old state after a new one',
    check: 'never-back',
    open: broken((cluster) => ({
      watch: (see) => {
        let held: Sighting | undefined
        return cluster.watch((sighting) => {
          see(sighting)
          if (held) see(held)
          held = sighting
        })
      },
    })),
  },
  {
    what: 'reads go to two caches, one of which is behind',
    check: 'never-back',
    open: broken((cluster) => ({ get: twoCaches(cluster) })),
  },
  {
    what: 'the first status is not written',
    check: 'status-first',
    open: broken((cluster) => ({ writeStatus: (write) => (write.before ? cluster.writeStatus(write) : undefined) })),
  },
  {
    what: 'the new status is merged into the old one',
    check: 'status-whole',
    open: broken((cluster) => ({
      writeStatus: (write) =>
        cluster.writeStatus({
          ...write,
          patch: () => ({ mergePatch: { status: write.status as never }, jsonPatch: [] }),
        }),
    })),
  },
  {
    what: 'a status is written with the whole object as it was observed',
    check: 'status-only',
    open: broken((cluster, { write: put }) => {
      const get = firstSeen(cluster)
      return {
        get: async (...place) => {
          await get(...place)
          return cluster.get(...place)
        },
        writeStatus: async (write) => {
          const { kind, namespace, name } = write.ref
          const old = await get(kind, namespace, name)
          if (!(await cluster.get(kind, namespace, name)) || !old) throw new Error('gone')
          await put({ ...old, status: write.status })
          return undefined
        },
      }
    }),
  },
  {
    what: 'writeStatus returns the version before the write',
    check: 'status-version',
    open: broken((cluster) => ({
      writeStatus: async (write) => {
        await cluster.writeStatus(write)
        return write.resourceVersion
      },
    })),
  },
  {
    what: 'the status is replaced without a look at what is there',
    check: 'status-no-lost-update',
    open: broken((cluster, { write: put }) => ({
      writeStatus: async (write) => {
        const { kind, namespace, name } = write.ref
        const object = await cluster.get(kind, namespace, name)
        if (!object) throw new Error('gone')
        await put({ ...object, status: write.status })
        return undefined
      },
    })),
  },
  {
    what: 'a status of an object that is gone brings it back',
    check: 'status-gone',
    open: broken((cluster, { write: put }) => ({
      writeStatus: async (write) => {
        const { kind, namespace, name } = write.ref
        const object = await cluster.get(kind, namespace, name)
        if (object) return cluster.writeStatus(write)
        await put({ kind, metadata: { namespace, name }, status: write.status })
        return undefined
      },
    })),
  },
  {
    what: 'everything is in the memory of the process',
    check: 'restart-objects',
    open: () => ({ ...soundSubject(), restart: soundSubject }),
  },
  {
    what: 'the outbox is in the memory of the process',
    check: 'restart-events',
    open: () => {
      const subject = soundSubject()
      const restart = (): ContractSubject => ({
        ...subject,
        ports: { ...subject.ports, events: soundSubject().ports.events! },
      })
      return { ...subject, restart }
    },
  },
  {
    what: 'a write of the outbox appends',
    check: 'outbox-replaced',
    open: () => {
      const subject = soundSubject()
      const events = subject.ports.events!
      const outboxOf = (ref: ObjectRef) => {
        const outbox = events.outboxOf!(ref)
        return {
          ...outbox,
          write: async (more: readonly EngineEvent[]) => outbox.write([...(await outbox.read()), ...more]),
        }
      }
      return { ...subject, ports: { ...subject.ports, events: { ...events, outboxOf } } }
    },
  },
  {
    what: 'an event that was seen before is an error',
    check: 'event-again',
    open: () => {
      const subject = soundSubject()
      const seen = new Set<string>()
      const emit = ({ message }: { readonly message: string }): void => {
        if (seen.has(message)) throw new Error('409 AlreadyExists')
        seen.add(message)
      }
      return { ...subject, ports: { ...subject.ports, events: { ...subject.ports.events, emit } } }
    },
  },
  {
    what: 'a weight that is set again is an error',
    check: 'weight-twice',
    open: () => {
      const subject = soundSubject()
      let last: number | undefined
      const apply = (change: { readonly kind: string; readonly weight?: number }) => {
        const failure = change.weight === last ? { message: 'nothing to change' } : undefined
        last = change.weight
        return failure
      }
      return { ...subject, ports: { ...subject.ports, traffic: { ...subject.ports.traffic, apply } } }
    },
  },
  {
    what: 'the router says yes to every weight',
    check: 'weight-not-verified',
    open: () => {
      const subject = soundSubject()
      const traffic = { ...subject.ports.traffic!, verifyWeight: () => ({ verified: true }) }
      return { ...subject, ports: { ...subject.ports, traffic } }
    },
  },
]
