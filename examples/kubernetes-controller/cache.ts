import { type KubeConfig, type KubernetesObject, ListWatch, Watch } from '@kubernetes/client-node'
import type { KubeObject, ObjectRef } from 'rollout-engine'
import type { Sighting, Wanted } from 'rollout-engine/host'
import { objectStore } from 'rollout-engine/memory'
import { type Api, ApiError } from './api'
import { listPath, type Resource, resources } from './resources'

/** All objects that decisions read, as last seen. */
export interface ObjectCache {
  /** Resolves once every kind was listed. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly get: (ref: ObjectRef) => KubeObject | undefined
  /** Undefined: the cluster does not have the kind. Without a namespace: those of all. */
  readonly list: (kind: string, namespace: string, wanted?: Wanted) => readonly KubeObject[] | undefined
  /** What a write gave back: newer than anything that a watch has told. */
  readonly wrote: (object: KubeObject) => void
  readonly removed: (ref: ObjectRef) => void
  readonly watch: (see: (sighting: Sighting) => void) => () => void
}

const refOf = (kind: string, { metadata }: KubeObject): ObjectRef => ({
  kind,
  namespace: metadata.namespace ?? '',
  name: metadata.name,
})

/**
 * The reader: informers hand over what the server sent, JSON with times as texts, whatever the library's types say. The
 * writer needs none: the engine's objects are that JSON.
 */
const asSent = (object: KubernetesObject): KubeObject => object as unknown as KubeObject

/** Later of two writes; API servers promise no more than that the texts differ, but all of them count. */
const isOlder = (one: KubeObject, other: KubeObject): boolean =>
  Number(one.metadata.resourceVersion) < Number(other.metadata.resourceVersion)

const restartMilliseconds = 1000
const pageSize = 500

/**
 * One informer of `@kubernetes/client-node` for each kind. Its own store is not asked: it may be behind what this
 * process wrote itself.
 */
export function objectCache(
  config: KubeConfig,
  api: Api,
  namespace?: string,
  log: (text: string) => void = () => {},
): ObjectCache {
  /** Kinds that the cluster has. */
  const kinds = new Set<string>()
  const store = objectStore()
  const watchers = new Set<(sighting: Sighting) => void>()
  const informers: ListWatch<KubernetesObject>[] = []
  const timers = new Set<NodeJS.Timeout>()
  const state = { isStopped: false }
  const tell = (sighting: Sighting): void => {
    for (const see of watchers) see(sighting)
  }
  const put = (kind: string, object: KubeObject): void => {
    const ref = refOf(kind, object)
    const known = store.get(ref)
    if (known && (isOlder(object, known) || object.metadata.resourceVersion === known.metadata.resourceVersion)) return
    store.put(ref, object)
    tell({ ref, object })
  }
  const drop = (ref: ObjectRef): void => {
    if (!store.get(ref)) return
    store.remove(ref)
    tell({ ref })
  }

  async function listAll(kind: string, resource: Resource): Promise<{ items: KubeObject[]; metadata: object }> {
    const items: KubeObject[] = []
    for (let more = ''; ; ) {
      const query = `limit=${pageSize}${more && `&continue=${encodeURIComponent(more)}`}`
      const page = (await api.send({ method: 'GET', path: `${listPath(resource, namespace)}?${query}` })) as {
        readonly items?: readonly KubeObject[]
        readonly metadata: { readonly continue?: string }
      }
      // Items of a list carry no kind of their own.
      items.push(...(page.items ?? []).map((item) => ({ ...item, apiVersion: resource.apiVersion, kind })))
      more = page.metadata.continue ?? ''
      if (more === '') return { items, metadata: page.metadata }
    }
  }

  async function startKind(kind: string, resource: Resource): Promise<void> {
    const first = await listAll(kind, resource).catch((error: unknown) => {
      if (resource.isOptional && error instanceof ApiError && error.code === 404) return undefined
      throw error
    })
    if (!first) return
    kinds.add(kind)
    const listFn = () => listAll(kind, resource) as never
    const informer = new ListWatch<KubernetesObject>(listPath(resource, namespace), new Watch(config), listFn, false)
    informers.push(informer)
    informer.on('add', (object) => put(kind, asSent(object)))
    informer.on('update', (object) => put(kind, asSent(object)))
    informer.on('delete', (object) => drop(refOf(kind, asSent(object))))
    informer.on('error', (error: unknown) => {
      if (state.isStopped) return
      log(`the watch of ${kind} ended: ${String(error)}`)
      const timer = setTimeout(() => {
        timers.delete(timer)
        void informer.start()
      }, restartMilliseconds)
      timers.add(timer)
    })
    await informer.start()
  }

  return {
    start: async () => {
      await Promise.all(Object.entries(resources).map(([kind, resource]) => startKind(kind, resource)))
    },
    stop: async () => {
      state.isStopped = true
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(informers.map((informer) => informer.stop()))
    },
    get: store.get,
    list: (kind, namespace, wanted) => {
      if (!kinds.has(kind)) return undefined
      return namespace === '' ? store.all().filter((one) => one.kind === kind) : store.list(kind, namespace, wanted)
    },
    wrote: (object) => put(object.kind ?? '', object),
    removed: drop,
    watch(see) {
      watchers.add(see)
      for (const object of store.all()) see({ ref: refOf(object.kind ?? '', object), object })
      return () => void watchers.delete(see)
    },
  }
}
