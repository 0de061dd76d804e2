import { applied } from '../cluster/applied'
import { applyManifest, lastApplied } from '../cluster/applyManifest'
import { changedObject } from '../cluster/changedObject'
import { objectKey, pluralOf } from '../cluster/objects'
import { platformClock } from '../host/platformClock'
import type { ClusterChange, ClusterPort, HostClock, StatusWrite } from '../host/ports'
import type { ModelObject } from '../input/kinds'
import { applyMergePatch } from '../kube/mergePatch'
import type { Failure, ObjectRef } from '../model/decision'
import { givenObject } from '../model/given'
import type { Issue } from '../model/issue'
import { isPlainJson } from '../model/json'
import type { KubeObject } from '../model/meta'
import { type LiveObjects, liveObjects } from './liveObjects'
import { modelledPods, type PodCounts, type Scale, scaleOnSight } from './pods'
import { givenRef, refOf } from './refs'

/** Any object, also as `parseManifests` reads it. */
export type Manifest = KubeObject | ModelObject

/** How a cluster in memory works. */
export interface MemoryClusterOptions {
  /** Default: the platform's clock. */
  readonly clock?: HostClock
  /**
   * Called when a ReplicaSet is to have another number of pods, 0 where it goes: start or stop whatever a pod is on
   * this platform, and say with `reportPods` what runs. Absent: pods are there at once, and available after
   * `readyAfterSeconds` and `minReadySeconds`.
   */
  readonly scale?: Scale
  /** Without `scale`: seconds until a new pod is ready. Default 0. */
  readonly readyAfterSeconds?: number
}

/**
 * The objects of a host that has no Kubernetes, or of a test. It has no Pod objects: restarts (`restartAt`) find
 * nothing to do.
 */
export interface MemoryCluster extends ClusterPort {
  /** Creates the object, or changes it as `kubectl apply` does. An object without a kind or a name is refused. */
  readonly applyObject: (object: Manifest) => Issue | undefined
  /**
   * Writes an object whole, with its status: what a command or another controller made of it. Creates it if it is not
   * there. An object without a kind or a name is refused.
   */
  readonly putObject: (object: Manifest) => Issue | undefined
  /** Deletes an object, and then what it alone owned. */
  readonly removeObject: (ref: ObjectRef) => void
  /** Says how many pods of a ReplicaSet there are. */
  readonly reportPods: (ref: Pick<ObjectRef, 'namespace' | 'name'>, counts: PodCounts) => void
  readonly objects: () => readonly KubeObject[]
}

/**
 * A cluster in memory. What it holds is what a host would keep in a database or in Kubernetes; everything else
 * (routers, metrics, pods) is the host's.
 *
 * @example
 * import { memoryCluster } from 'rollout-engine/memory'
 * const cluster = memoryCluster()
 * cluster.applyObject({ kind: 'Service', metadata: { name: 'web', namespace: 'shop' } })
 * cluster.objects().map(({ metadata }) => metadata.resourceVersion) // => ['1']
 */
export function memoryCluster(options: MemoryClusterOptions = {}): MemoryCluster {
  const { clock = platformClock, readyAfterSeconds = 0 } = options
  const live = liveObjects(clock)
  const reportPods: MemoryCluster['reportPods'] = (named, counts) => report(live, named, counts)
  live.watch(scaleOnSight(options.scale ?? modelledPods(clock, readyAfterSeconds, reportPods)))
  const seen = new Map<string, number | undefined>()
  const putObject: MemoryCluster['putObject'] = (given) => {
    const object = given as KubeObject
    const issue = namelessIssue(object)
    if (issue) return issue
    const metadata = { ...keptMetadata(live, object), ...object.metadata }
    live.write(refOf(object), { ...object, metadata })
    return undefined
  }
  return {
    get: (kind, namespace, name) => {
      const object = live.get({ kind, namespace, name })
      if (object && kind === 'Rollout') seen.set(objectKey(kind, namespace, name), object.metadata.generation)
      return object
    },
    list: live.list,
    watch: live.watch,
    objects: live.all,
    removeObject: (ref) => live.remove(givenRef(ref)),
    apply: (change) => (isOutdated(live, seen, change) ? changedMeanwhile(change) : carryOut(live, change)),
    writeStatus: async (write) => writeStatus(live, write),
    applyObject(given) {
      const object = given as KubeObject
      const known = live.get(refOf(object))
      if (!known) return putObject(object)
      live.write(refOf(object), applyManifest(known, object, lastApplied(known, undefined)).object)
      return undefined
    },
    putObject,
    reportPods,
  }
}

function namelessIssue(object: KubeObject): Issue | undefined {
  const { kind, name } = refOf(object)
  if (kind === '') return { code: 'missing-field', path: 'kind', message: 'an object needs a kind: write which it is' }
  if (name === '')
    return { code: 'missing-field', path: 'metadata.name', message: `this ${kind} has no name: give it one` }
  if (!isPlainJson(object))
    return { code: 'malformed', path: '', message: `${kind} ${name} is no JSON: give data as it comes from a file` }
  return undefined
}

/** What stays of an object that is written whole. */
const keptMetadata = (live: LiveObjects, object: KubeObject): Partial<KubeObject['metadata']> => {
  const { uid, creationTimestamp, generation } = live.get(refOf(object))?.metadata ?? {}
  return { ...(uid && { uid }), ...(creationTimestamp && { creationTimestamp }), ...(generation && { generation }) }
}

/**
 * The controller updates a Rollout whole, so that such a write would undo what somebody edited since the Rollout was
 * read. An API server refuses it because of the resourceVersion.
 */
function isOutdated(live: LiveObjects, seen: ReadonlyMap<string, number | undefined>, given: ClusterChange): boolean {
  const change = givenObject<ClusterChange>(given)
  if (change.kind !== 'annotateRollout' && change.kind !== 'setRolloutReplicas') return false
  const ref = { kind: 'Rollout', namespace: change.namespace, name: change.name }
  const key = objectKey(ref.kind, ref.namespace, ref.name)
  return change.spec !== undefined && seen.has(key) && seen.get(key) !== live.get(ref)?.metadata.generation
}

const changedMeanwhile = (change: ClusterChange): Promise<never> =>
  Promise.reject(new Error(`${change.kind}: the Rollout was changed since it was read; read it again`))

function carryOut(live: LiveObjects, change: ClusterChange): Failure | undefined {
  const found = changedObject(change)
  if (!found) return { message: 'the change names no object' }
  const { ref, isCreated } = found
  const known = live.get(ref)
  const what = `${pluralOf(ref.kind)} "${ref.name}"`
  if (isCreated && known) return { reason: 'alreadyExists', message: `${what} already exists` }
  if (!isCreated && !known) return { reason: 'notFound', message: `${what} not found` }
  const key = objectKey(ref.kind, ref.namespace, ref.name)
  const context = { now: live.now(), uidOf: live.nextUid }
  const after = applied(known ? { [key]: known } : {}, change, context)[key]
  if (!after) live.remove(ref)
  else if (after !== known) live.write(ref, after)
  return undefined
}

/**
 * Only what the decision changed: what a person wrote in between stays. As on an API server, a patch that changes
 * nothing makes no new version, so that no host reconciles again because of it.
 */
function writeStatus(live: LiveObjects, { ref, patch }: StatusWrite): Promise<string> | string {
  const known = live.get(ref)
  if (!known) return Promise.reject(new Error(`${ref.kind} ${ref.namespace}/${ref.name} is gone`))
  const { mergePatch } = patch()
  const version = known.metadata.resourceVersion
  if (Object.keys(mergePatch).length === 0 && version !== undefined) return version
  return live.write(ref, applyMergePatch(known, mergePatch) as KubeObject)
}

function report(live: LiveObjects, named: Pick<ObjectRef, 'namespace' | 'name'>, given: PodCounts): void {
  const { replicas, ready = replicas, available = ready } = givenObject<PodCounts>(given)
  const ref = { ...givenRef(named), kind: 'ReplicaSet' }
  const set = live.get(ref)
  if (!set) return
  const counts = { replicas, readyReplicas: ready, availableReplicas: available }
  live.write(ref, { ...set, status: { ...(set.status as object | undefined), ...counts } })
}
