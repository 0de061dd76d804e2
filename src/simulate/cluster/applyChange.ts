import { applyMergePatch } from '../../kube/mergePatch'
import type { Change, StringMapPatch } from '../../model/change'
import { givenObject, givenText } from '../../model/given'
import { isJsonObject, ownValue } from '../../model/json'
import { managedByAnnotation, podTemplateHashLabel } from '../../model/labelKeys'
import type { KubeObject, ObjectMeta } from '../../model/meta'
import { sameJson } from '../../model/sameJson'
import { type ClusterObjects, objectKey } from './state'
import { wellFormedChange, wellFormedCluster } from './wellFormed'

/** What the modelled API server needs to create an object. */
export interface CreationContext {
  /** RFC 3339. */
  readonly now: string
  /** The UID of the next object: any text that is new. */
  readonly uidOf: (key: string) => string
}

/**
 * Carries one change out on the modelled cluster. Changes of a router leave no object: they are the router's.
 *
 * @example
 * import { applyChange } from 'rollout-engine/simulate'
 * const service = { kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' } } }
 * const change = { kind: 'selectPods', namespace: 'shop', name: 'web', podTemplateHash: '5f' } as const
 * const objects = applyChange({ 'services/shop/web': service }, change, { now: '2030-01-01T00:00:00Z', uidOf: (key) => key })
 * objects['services/shop/web']?.spec // => { selector: { app: 'web', 'rollouts-pod-template-hash': '5f' } }
 */
export function applyChange(given: ClusterObjects, wanted: Change, context: CreationContext): ClusterObjects {
  const objects = wellFormedCluster(given)
  const change = wellFormedChange(wanted)
  switch (change.kind) {
    case 'annotateRollout':
      return updateRollout(objects, change, { metadata: { annotations: change.annotations } })
    case 'setRolloutReplicas':
      return updateRollout(objects, change, {
        spec: { replicas: change.replicas },
        metadata: metadataPatch(change.annotations),
      })
    case 'createReplicaSet':
      return create(objects, 'ReplicaSet', 'apps/v1', change.replicaSet, context)
    case 'adoptReplicaSet':
      return withOwners(objects, change, (owners) => [...owners, change.ownerReference])
    case 'releaseReplicaSet':
      return withOwners(objects, change, (owners) => owners.filter((owner) => owner.uid !== change.ownerUid))
    case 'scaleReplicaSet':
      return patch(objects, 'ReplicaSet', change, {
        spec: { replicas: change.replicas },
        metadata: metadataPatch(change.annotations),
      })
    case 'annotateReplicaSet':
      return annotateReplicaSet(objects, change)
    case 'deleteReplicaSet':
      return remove(objects, 'ReplicaSet', change)
    case 'labelPod':
      return patch(objects, 'Pod', change, { metadata: metadataPatch(change.annotations, change.labels) })
    case 'evictPod':
      return remove(objects, 'Pod', change)
    case 'selectPods':
      return patch(objects, 'Service', change, {
        spec: { selector: { [podTemplateHashLabel]: change.podTemplateHash } },
        metadata: metadataPatch(
          change.managedBy === undefined ? undefined : { [managedByAnnotation]: change.managedBy },
        ),
      })
    case 'createService':
      return create(objects, 'Service', 'v1', change.service, context)
    case 'deleteService':
      return remove(objects, 'Service', change)
    case 'scaleWorkload':
      return patch(objects, change.workloadKind, change, { spec: { replicas: change.replicas } })
    case 'createAnalysisRun':
      return create(objects, 'AnalysisRun', 'argoproj.io/v1alpha1', change.analysisRun, context)
    case 'terminateAnalysisRun':
      return patch(objects, 'AnalysisRun', change, { spec: { terminate: true } })
    case 'deleteAnalysisRun':
      return remove(objects, 'AnalysisRun', change)
    case 'createExperiment':
      return create(objects, 'Experiment', 'argoproj.io/v1alpha1', change.experiment, context)
    case 'terminateExperiment':
      return patch(objects, 'Experiment', change, { spec: { terminate: true } })
    case 'deleteExperiment':
      return remove(objects, 'Experiment', change)
    default:
      return objects
  }
}

/**
 * Writes the status that a reducer decided, whole.
 *
 * @example
 * import { applyStatus } from 'rollout-engine/simulate'
 * const rollout = { kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' } }
 * const objects = applyStatus({ 'rollouts/shop/web': rollout }, 'rollouts/shop/web', { phase: 'Healthy' })
 * objects['rollouts/shop/web']?.status // => { phase: 'Healthy' }
 */
export function applyStatus(objects: ClusterObjects, key: string, status: unknown): ClusterObjects {
  const object = ownValue(givenObject<ClusterObjects>(objects), givenText(key))
  return !isJsonObject(object) || object.status === status ? objects : { ...objects, [key]: { ...object, status } }
}

interface Named {
  readonly namespace: string
  readonly name: string
}

const metadataPatch = (annotations?: StringMapPatch, labels?: StringMapPatch): object | undefined =>
  annotations || labels ? { ...(annotations && { annotations }), ...(labels && { labels }) } : undefined

function patch(objects: ClusterObjects, kind: string, { namespace, name }: Named, change: object): ClusterObjects {
  const key = objectKey(kind, namespace, name)
  const object = objects[key]
  if (!object) return objects
  const next = applyMergePatch(object, change) as KubeObject
  return { ...objects, [key]: kind === 'Pod' ? next : withGeneration(object, next) }
}

/** The controller updates a Rollout whole, as its types print it. */
function updateRollout(
  objects: ClusterObjects,
  update: Extract<Change, { kind: 'annotateRollout' | 'setRolloutReplicas' }>,
  change: object,
): ClusterObjects {
  const key = objectKey('Rollout', update.namespace, update.name)
  const object = objects[key]
  if (!object) return objects
  const written = update.spec ? { ...object, spec: update.spec as unknown as KubeObject['spec'] } : object
  const next = applyMergePatch(written, change) as KubeObject
  return { ...objects, [key]: withGeneration(object, next) }
}

/** An API server counts the generation up when the spec changes. */
function withGeneration(before: KubeObject, after: KubeObject): KubeObject {
  const generation = before.metadata.generation
  if (generation === undefined || sameJson(before.spec, after.spec)) return after
  return { ...after, metadata: { ...after.metadata, generation: generation + 1 } }
}

function annotateReplicaSet(
  objects: ClusterObjects,
  change: Extract<Change, { kind: 'annotateReplicaSet' }>,
): ClusterObjects {
  const key = objectKey('ReplicaSet', change.namespace, change.name)
  const object = objects[key]
  if (!object) return objects
  const spec: Record<string, unknown> = { ...(object.spec as object) }
  if (change.minReadySeconds) spec.minReadySeconds = change.minReadySeconds
  else if (change.minReadySeconds === 0) delete spec.minReadySeconds
  if (change.template !== undefined) spec.template = change.template
  const metadata = metadataPatch(change.annotations, change.labels)
  const next = { ...(metadata ? (applyMergePatch(object, { metadata }) as KubeObject) : object), spec }
  return { ...objects, [key]: withGeneration(object, next) }
}

function withOwners(
  objects: ClusterObjects,
  { namespace, name }: Named,
  change: (owners: NonNullable<ObjectMeta['ownerReferences']>) => ObjectMeta['ownerReferences'],
): ClusterObjects {
  const key = objectKey('ReplicaSet', namespace, name)
  const object = objects[key]
  if (!object) return objects
  const metadata = { ...object.metadata, ownerReferences: change(object.metadata.ownerReferences ?? []) }
  return { ...objects, [key]: { ...object, metadata } }
}

function create(
  objects: ClusterObjects,
  kind: string,
  apiVersion: string,
  created: { readonly metadata: ObjectMeta } | null | undefined,
  context: CreationContext,
): ClusterObjects {
  if (!created) return objects
  const key = objectKey(kind, created.metadata.namespace ?? '', created.metadata.name)
  if (objects[key]) return objects
  const metadata = { ...created.metadata, uid: context.uidOf(key), creationTimestamp: context.now, generation: 1 }
  return { ...objects, [key]: { apiVersion, kind, ...created, metadata } as KubeObject }
}

function remove(objects: ClusterObjects, kind: string, { namespace, name }: Named): ClusterObjects {
  const { [objectKey(kind, namespace, name)]: _gone, ...rest } = objects
  return rest
}
