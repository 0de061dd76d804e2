import type { StringMapPatch } from '../../model/change'
import { workloadGenerationAnnotation } from '../../model/labelKeys'
import type { LabelSelector } from '../../model/meta'
import type { Rollout, WorkloadRef } from '../../model/rollout'
import type { PodTemplate, Workload } from '../../model/workload'
import type { RolloutObservation } from '../observation'
import type { Problem } from '../turn/flow'

const supported: ReadonlySet<string> = new Set(['/PodTemplate', 'apps/Deployment', 'apps/ReplicaSet'])

/** The Rollout with the template and selector of its workload. */
export interface ResolvedWorkload {
  readonly rollout: Rollout
  /** Annotations about the workload; the next update of the whole Rollout writes them to the cluster. */
  readonly pendingAnnotations?: StringMapPatch
  /** Why there is no template. */
  readonly unresolved?: Problem
}

/** Takes template and selector from the object that `workloadRef` names (behaviour 3.23). */
export function resolveWorkloadRef(observed: RolloutObservation): ResolvedWorkload {
  const { rollout } = observed
  const ref = rollout.spec.workloadRef
  if (!ref) return withoutGeneration(rollout)
  const unresolved = (error: string, path: string, code?: string): ResolvedWorkload => ({
    rollout,
    unresolved: { error, path, ...(code === undefined ? {} : { code }) },
  })
  if (!isEmptyTemplate(rollout.spec.template))
    return unresolved('template must be empty for workload reference rollout', 'spec.template')
  const group = groupOf(ref.apiVersion ?? '')
  if (!supported.has(`${group}/${ref.kind ?? ''}`)) {
    return unresolved(`workload of type ${group}/${ref.kind ?? ''} is not supported`, 'spec.workloadRef')
  }
  const workload = findWorkload(observed, ref)
  if (!workload)
    return unresolved(notFoundText(group, ref, rollout.metadata.namespace ?? ''), 'spec.workloadRef.name', 'not-found')
  const template = ref.kind === 'PodTemplate' ? workload.template : workload.spec?.template
  const selector: LabelSelector | undefined = ref.kind === 'PodTemplate' ? undefined : workload.spec?.selector
  const spec = {
    ...rollout.spec,
    template: template ?? rollout.spec.template,
    selector: rollout.spec.selector ?? selector,
  }
  return withGeneration({ ...rollout, spec }, String(workload.metadata.generation ?? 0))
}

const isEmptyTemplate = (template: PodTemplate | undefined): boolean =>
  Object.keys(template?.metadata?.labels ?? {}).length === 0 &&
  Object.keys(template?.metadata?.annotations ?? {}).length === 0

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''

const resources: Readonly<Record<string, string>> = {
  Deployment: 'deployments',
  ReplicaSet: 'replicasets',
  PodTemplate: 'podtemplates',
}

const notFoundText = (group: string, ref: WorkloadRef, namespace: string): string =>
  `${resources[ref.kind ?? ''] ?? ''}${group ? `.${group}` : ''} "${namespace}/${ref.name ?? ''}" not found`

function findWorkload(observed: RolloutObservation, ref: WorkloadRef): Workload | undefined {
  if (ref.kind === 'ReplicaSet') {
    const set = observed.replicaSets.find((one) => one.metadata.name === ref.name)
    return set as Workload | undefined
  }
  return observed.workloads?.find((one) => one.kind === ref.kind && one.metadata.name === ref.name)
}

/** The workload's generation is kept in memory until the Rollout is updated for another reason. */
function withGeneration(rollout: Rollout, generation: string): ResolvedWorkload {
  const { metadata } = rollout
  if (metadata.annotations?.[workloadGenerationAnnotation] === generation) return { rollout }
  const annotations = { ...metadata.annotations, [workloadGenerationAnnotation]: generation }
  return {
    rollout: { ...rollout, metadata: { ...metadata, annotations } },
    pendingAnnotations: { [workloadGenerationAnnotation]: generation },
  }
}

function withoutGeneration(rollout: Rollout): ResolvedWorkload {
  if (rollout.metadata.annotations?.[workloadGenerationAnnotation] === undefined) return { rollout }
  const { [workloadGenerationAnnotation]: _old, ...annotations } = rollout.metadata.annotations
  return {
    rollout: { ...rollout, metadata: { ...rollout.metadata, annotations } },
    pendingAnnotations: { [workloadGenerationAnnotation]: null },
  }
}
