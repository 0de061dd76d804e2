import { type ClusterObjects, objectKey, withObject } from '../cluster/objects'
import { withFields } from '../model/copies'
import { asKind } from '../model/kinds'
import { workloadGenerationAnnotation } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { PodTemplate, Workload } from '../model/workload'
import { keyOf, workloadReference } from './assume/references'

/** The key of the object that `workloadRef` names; undefined if the Rollout has its own template. */
export function workloadKeyOf(rollout: KubeObject): string | undefined {
  const reference = workloadReference(rollout)
  return reference && keyOf(reference)
}

/** The object that holds the pod template: the Rollout, or the workload that it names. */
export const templateHolderKey = (objects: ClusterObjects, key: string): string => {
  const rollout = objects[key]
  return (rollout && workloadKeyOf(rollout)) ?? key
}

/** A PodTemplate has its template at the top, all others in the spec. */
export const templateOf = (holder: KubeObject | undefined): PodTemplate | undefined =>
  holder?.kind === 'PodTemplate' ? (holder as Workload).template : (holder as Workload | undefined)?.spec?.template

/** For any kind of reference the Deployment with that name is scaled (behaviour 3.23). */
export function scaledWorkloadKey(rollout: KubeObject): string | undefined {
  const { workloadRef } = asKind('Rollout', rollout).spec
  if (!workloadRef?.name) return undefined
  return objectKey('Deployment', rollout.metadata.namespace ?? '', workloadRef.name)
}

/** `spec.replicas` of that Deployment; null if there is none. */
export function workloadReplicas(objects: ClusterObjects, rollout: KubeObject | undefined): number | null {
  const key = rollout && scaledWorkloadKey(rollout)
  const deployment = key === undefined ? undefined : (objects[key] as Workload | undefined)
  return deployment ? (deployment.spec?.replicas ?? 1) : null
}

/** Records the workload's generation on the Rollout, as the controller's watch on workloads does. */
export function tellGeneration(objects: ClusterObjects, key: string): ClusterObjects {
  const rollout = objects[key]
  const generation = rollout && untoldGeneration(objects, rollout)
  if (!rollout || generation === undefined) return objects
  const annotations = { ...rollout.metadata.annotations, [workloadGenerationAnnotation]: generation }
  const metadata = withFields(rollout.metadata, { annotations })
  return withObject(objects, key, withFields(rollout, { metadata }))
}

/** The generation that is not recorded on the Rollout yet. */
export function untoldGeneration(objects: ClusterObjects, rollout: KubeObject): string | undefined {
  const workloadKey = workloadKeyOf(rollout)
  const workload = workloadKey === undefined ? undefined : objects[workloadKey]
  const generation = workload && String(workload.metadata.generation ?? 0)
  return generation === rollout.metadata.annotations?.[workloadGenerationAnnotation] ? undefined : generation
}
