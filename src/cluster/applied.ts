import { applyMergePatch } from '../kube/mergePatch'
import type { Change, StringMapPatch } from '../model/change'
import { givenObject, givenText } from '../model/given'
import { isJsonObject, ownValue } from '../model/json'
import { managedByAnnotation, podTemplateHashLabel } from '../model/labelKeys'
import type { KubeObject, ObjectMeta } from '../model/meta'
import { sameJson } from '../model/sameJson'
import { type Draft, produced } from './immer'
import { type ClusterObjects, type KindTypes, objectKey, type TypedKind } from './objects'
import { wellFormedChange, wellFormedCluster } from './wellFormed'

/** What the modelled API server needs to create an object. */
export interface CreationContext {
  /** RFC 3339. */
  readonly now: string
  /** The UID of the next object: any unique text. */
  readonly uidOf: (key: string) => string
}

/**
 * The cluster after one change: the only place that defines the effect of changes on objects. Nothing is mutated;
 * unchanged objects are shared, and the same record is returned if nothing changes: the object does not exist, or the
 * change is a call of a router, which owns its objects.
 *
 * @example
 * import { applied } from 'rollout-engine/simulate'
 * const service = { kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' } } }
 * const change = { kind: 'selectPods', namespace: 'shop', name: 'web', podTemplateHash: '5f' } as const
 * const objects = applied({ 'services/shop/web': service }, change, { now: '2030-01-01T00:00:00Z', uidOf: (key) => key })
 * objects['services/shop/web']?.spec // => { selector: { app: 'web', 'rollouts-pod-template-hash': '5f' } }
 */
export function applied(given: ClusterObjects, change: Change, context: CreationContext): ClusterObjects {
  const objects = wellFormedCluster(given)
  const effect = effectOf(wellFormedChange(change))
  if (!effect) return objects
  if (effect.does === 'create') return created(objects, effect, context)
  const key = objectKey(effect.kind, effect.named.namespace, effect.named.name)
  const object = objects[key]
  if (!object) return objects
  return produced(objects, (draft) => {
    if (effect.does === 'delete') delete draft[key]
    else draft[key] = edited(object, effect) as Draft<KubeObject>
  })
}

/**
 * Writes the whole status that a reducer decided.
 *
 * @example
 * import { applyStatus } from 'rollout-engine/simulate'
 * const rollout = { kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' } }
 * const objects = applyStatus({ 'rollouts/shop/web': rollout }, 'rollouts/shop/web', { phase: 'Healthy' })
 * objects['rollouts/shop/web']?.status // => { phase: 'Healthy' }
 */
export function applyStatus(objects: ClusterObjects, key: string, status: unknown): ClusterObjects {
  const object = ownValue(givenObject<ClusterObjects>(objects), givenText(key))
  // Without immer: the whole status is replaced, so no draft is needed.
  return !isJsonObject(object) || object.status === status ? objects : { ...objects, [key]: { ...object, status } }
}

interface Named {
  readonly namespace: string
  readonly name: string
}

interface Creation {
  readonly does: 'create'
  readonly kind: string
  readonly apiVersion: string
  readonly object: { readonly metadata: ObjectMeta } | null | undefined
}

interface Deletion {
  readonly does: 'delete'
  readonly kind: string
  readonly named: Named
}

interface Edit {
  readonly does: 'edit'
  readonly kind: string
  readonly named: Named
  readonly recipe: (draft: Draft<KubeObject>) => void
}

/** An edit of an object of a kind that the model has a type for. */
const edit = <K extends TypedKind>(kind: K, named: Named, recipe: (draft: Draft<KindTypes[K]>) => void): Edit => ({
  does: 'edit',
  kind,
  named,
  recipe: recipe as unknown as Edit['recipe'],
})

const create = (kind: string, apiVersion: string, object: Creation['object']): Creation => ({
  does: 'create',
  kind,
  apiVersion,
  object,
})

const remove = (kind: string, named: Named): Deletion => ({ does: 'delete', kind, named })

const argo = 'argoproj.io/v1alpha1'

const annotatedReplicaSet = (change: Extract<Change, { kind: 'annotateReplicaSet' }>): Edit =>
  edit('ReplicaSet', change, (set) => {
    const spec = specOf(set)
    if (change.minReadySeconds) spec.minReadySeconds = change.minReadySeconds
    else if (change.minReadySeconds === 0) delete spec.minReadySeconds
    if (change.template !== undefined) spec.template = change.template as typeof spec.template
    patchMetadata(set, change)
  })

/** What a change does to one object; undefined for calls of routers. */
function effectOf(change: Change): Creation | Deletion | Edit | undefined {
  switch (change.kind) {
    case 'annotateRollout':
    case 'setRolloutReplicas':
      return edit('Rollout', change, (rollout) => {
        // The controller updates a Rollout whole, as its types print it.
        if (change.spec) rollout.spec = change.spec as typeof rollout.spec
        if (change.kind === 'setRolloutReplicas') specOf(rollout).replicas = change.replicas
        patchMetadata(rollout, change)
      })
    case 'createReplicaSet':
      return create('ReplicaSet', 'apps/v1', change.replicaSet)
    case 'adoptReplicaSet':
      return edit('ReplicaSet', change, ({ metadata }) => {
        metadata.ownerReferences = [...(metadata.ownerReferences ?? []), change.ownerReference]
      })
    case 'releaseReplicaSet':
      return edit('ReplicaSet', change, ({ metadata }) => {
        metadata.ownerReferences = (metadata.ownerReferences ?? []).filter(({ uid }) => uid !== change.ownerUid)
      })
    case 'scaleReplicaSet':
      return edit('ReplicaSet', change, (set) => {
        specOf(set).replicas = change.replicas
        patchMetadata(set, change)
      })
    case 'annotateReplicaSet':
      return annotatedReplicaSet(change)
    case 'deleteReplicaSet':
      return remove('ReplicaSet', change)
    case 'labelPod':
      return edit('Pod', change, (pod) => patchMetadata(pod, change))
    case 'evictPod':
      return remove('Pod', change)
    case 'selectPods':
      return edit('Service', change, (service) => {
        const spec = specOf(service)
        spec.selector = patchedMap(spec.selector, { [podTemplateHashLabel]: change.podTemplateHash })
        if (change.managedBy !== undefined)
          patchMetadata(service, { annotations: { [managedByAnnotation]: change.managedBy } })
      })
    case 'createService':
      return create('Service', 'v1', change.service)
    case 'deleteService':
      return remove('Service', change)
    case 'scaleWorkload':
      return edit(change.workloadKind, change, (workload) => {
        specOf(workload).replicas = change.replicas
      })
    default:
      return effectOnRun(change)
  }
}

/** The same for AnalysisRuns and Experiments. */
function effectOnRun(change: Change): Creation | Deletion | Edit | undefined {
  switch (change.kind) {
    case 'createAnalysisRun':
      return create('AnalysisRun', argo, change.analysisRun)
    case 'terminateAnalysisRun':
      return edit('AnalysisRun', change, (run) => {
        specOf(run).terminate = true
      })
    case 'deleteAnalysisRun':
      return remove('AnalysisRun', change)
    case 'createExperiment':
      return create('Experiment', argo, change.experiment)
    case 'terminateExperiment':
      return edit('Experiment', change, (experiment) => {
        specOf(experiment).terminate = true
      })
    case 'deleteExperiment':
      return remove('Experiment', change)
    default:
      return undefined
  }
}

function created(
  objects: ClusterObjects,
  { kind, apiVersion, object }: Creation,
  { uidOf, now }: CreationContext,
): ClusterObjects {
  if (!object) return objects
  const key = objectKey(kind, object.metadata.namespace ?? '', object.metadata.name)
  if (objects[key]) return objects
  const metadata = { ...object.metadata, uid: uidOf(key), creationTimestamp: now, generation: 1 }
  return { ...objects, [key]: { apiVersion, kind, ...object, metadata } }
}

/** An API server increments the generation when the spec changes, but not for Pods. */
function edited(object: KubeObject, { kind, recipe }: Edit): KubeObject {
  const after = produced(object, recipe)
  const { generation } = object.metadata
  if (kind === 'Pod' || generation === undefined) return after
  if (after.spec === object.spec || sameJson(object.spec, after.spec)) return after
  return { ...after, metadata: { ...after.metadata, generation: generation + 1 } }
}

/** The spec to write to; observed objects may lack one. */
function specOf<Spec extends object>(object: { spec?: Spec }): Spec {
  const spec = isJsonObject(object.spec) ? object.spec : ({} as Spec)
  object.spec = spec
  return object.spec
}

interface MetadataPatch {
  readonly annotations?: StringMapPatch
  readonly labels?: StringMapPatch
}

function patchMetadata({ metadata }: { metadata: Draft<ObjectMeta> }, { annotations, labels }: MetadataPatch): void {
  if (annotations) metadata.annotations = patchedMap(metadata.annotations, annotations)
  if (labels) metadata.labels = patchedMap(metadata.labels, labels)
}

/** The same map if the patch changes nothing. */
function patchedMap(map: Readonly<Record<string, string>> | undefined, patch: StringMapPatch): Record<string, string> {
  return isJsonObject(map) && Object.entries(patch).every(([key, value]) => (ownValue(map, key) ?? null) === value)
    ? map
    : (applyMergePatch(map, patch) as Record<string, string>)
}
