import type { Failure, KubeObject, ObjectRef } from 'rollout-engine'
import { type ClusterChange, type ClusterPort, changedObject, type StatusWrite } from 'rollout-engine/host'
import { applied } from 'rollout-engine/simulate'
import { type Api, ApiError } from './api'
import type { ObjectCache } from './cache'
import { listPath, objectPath, resourceOf } from './resources'

/** The cluster as the engine's host sees it: reads come from the cache, writes go to the API server. */
export function clusterPort(api: Api, cache: ObjectCache): ClusterPort {
  return {
    get: (kind, namespace, name) => cache.get({ kind, namespace, name }),
    list: cache.list,
    watch: cache.watch,
    apply: (change) => apply(api, cache, change),
    writeStatus: (write) => writeStatus(api, cache, write),
  }
}

/** Refusals that a decision can depend on. Everything else rejects, and the reconcile is tried again. */
const refusals: Readonly<Record<string, Failure['reason']>> = {
  AlreadyExists: 'alreadyExists',
  NotFound: 'notFound',
  TooManyRequests: 'tooManyRequests',
}

async function apply(api: Api, cache: ObjectCache, change: ClusterChange): Promise<Failure | undefined> {
  try {
    await carryOut(api, cache, change)
    return undefined
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const reason = refusals[error.reason]
    // An eviction is put off by a disruption budget with 429; for anything else that is a busy server.
    const isRefusal =
      reason === 'tooManyRequests' ? change.kind === 'evictPod' : reason !== undefined || error.code === 403
    if (!isRefusal) throw error
    return { message: error.message, ...(reason && { reason }) }
  }
}

async function carryOut(api: Api, cache: ObjectCache, change: ClusterChange): Promise<void> {
  const changed = changedObject(change)
  if (!changed) throw new Error(`the change ${change.kind} names no object`)
  const { ref, isCreated } = changed
  const resource = resourceOf(ref.kind)
  if (change.kind === 'evictPod') {
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: ref.name, namespace: ref.namespace } }
    await api.send({ method: 'POST', path: `${objectPath(resource, ref)}/eviction`, body })
    return
  }
  const known = isCreated ? undefined : await current(api, cache, ref)
  const after = objectAfter(change, ref, known)
  if (!after) {
    await api.send({ method: 'DELETE', path: objectPath(resource, ref), body: deletionOf(known) })
    cache.removed(ref)
  } else if (isCreated) {
    const path = listPath(resource, ref.namespace)
    cache.wrote(
      (await api.send({
        method: 'POST',
        path,
        body: { apiVersion: resource.apiVersion, kind: ref.kind, ...after },
      })) as KubeObject,
    )
  } else if (after !== known) {
    // The resourceVersion in it makes the server refuse what somebody else has changed since.
    cache.wrote((await api.send({ method: 'PUT', path: objectPath(resource, ref), body: after })) as KubeObject)
  }
}

/** What is not in the cache may be too new for it. */
async function current(api: Api, cache: ObjectCache, ref: ObjectRef): Promise<KubeObject> {
  return (
    cache.get(ref) ?? ((await api.send({ method: 'GET', path: objectPath(resourceOf(ref.kind), ref) })) as KubeObject)
  )
}

/** The engine says what a change makes of an object; undefined: it goes. */
function objectAfter(change: ClusterChange, ref: ObjectRef, known: KubeObject | undefined): KubeObject | undefined {
  const key = `${resourceOf(ref.kind).plural}/${ref.namespace}/${ref.name}`
  // The server gives times and UIDs to new objects itself.
  const context = { now: '1970-01-01T00:00:00Z', uidOf: () => '' }
  const after = applied(known ? { [key]: known } : {}, change, context)[key]
  if (!after || known) return after
  const { uid: _uid, creationTimestamp: _time, generation: _generation, ...metadata } = after.metadata
  return { ...after, metadata }
}

/** As the controller deletes: what belongs to the object goes too, and only this very object. */
const deletionOf = (known: KubeObject | undefined) => ({
  apiVersion: 'v1',
  kind: 'DeleteOptions',
  propagationPolicy: 'Background',
  ...(known?.metadata.uid && { preconditions: { uid: known.metadata.uid } }),
})

/** Only what the decision changed, nulls for what is gone: a person's `retry` or `promote` in between is not undone. */
async function writeStatus(api: Api, cache: ObjectCache, { ref, patch }: StatusWrite): Promise<string | undefined> {
  const path = `${objectPath(resourceOf(ref.kind), ref)}/status`
  const written = (await api.send({ method: 'PATCH', path, body: patch().mergePatch })) as KubeObject
  cache.wrote(written)
  return written.metadata.resourceVersion
}
