import { workloadGenerationAnnotation } from '../../model/labelKeys'
import type { LabelSelector } from '../../model/meta'
import type { WorkloadRef } from '../../model/rollout'
import type { PodTemplate, Workload } from '../../model/workload'
import type { Problem, Turn } from '../turn'

const supported: ReadonlySet<string> = new Set(['/PodTemplate', 'apps/Deployment', 'apps/ReplicaSet'])

/** Takes template and selector from the object that `workloadRef` names (behaviour 3.23). */
export function resolveWorkloadRef(turn: Turn): Problem | undefined {
  const { rollout } = turn
  const ref = rollout.spec.workloadRef
  if (!ref) {
    forgetGeneration(turn)
    return undefined
  }
  if (!isEmptyTemplate(rollout.spec.template)) return { error: 'template must be empty for workload reference rollout' }
  const group = groupOf(ref.apiVersion ?? '')
  if (!supported.has(`${group}/${ref.kind ?? ''}`)) {
    return { error: `workload of type ${group}/${ref.kind ?? ''} is not supported` }
  }
  const workload = findWorkload(turn, ref)
  if (!workload) return { error: notFoundText(group, ref, turn.namespace), code: 'not-found' }
  const template = ref.kind === 'PodTemplate' ? workload.template : workload.spec?.template
  const selector: LabelSelector | undefined = ref.kind === 'PodTemplate' ? undefined : workload.spec?.selector
  turn.rollout = {
    ...rollout,
    spec: { ...rollout.spec, template: template ?? rollout.spec.template, selector: rollout.spec.selector ?? selector },
  }
  noteGeneration(turn, String(workload.metadata.generation ?? 0))
  return undefined
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

function findWorkload(turn: Turn, ref: WorkloadRef): Workload | undefined {
  if (ref.kind === 'ReplicaSet') {
    const set = turn.observed.replicaSets.find((one) => one.metadata.name === ref.name)
    return set as Workload | undefined
  }
  return turn.observed.workloads?.find((one) => one.kind === ref.kind && one.metadata.name === ref.name)
}

/** Only in memory: it reaches the cluster with the next update of the whole Rollout. */
function noteGeneration(turn: Turn, generation: string): void {
  const { metadata } = turn.rollout
  if (metadata.annotations?.[workloadGenerationAnnotation] === generation) return
  const annotations = { ...metadata.annotations, [workloadGenerationAnnotation]: generation }
  turn.rollout = { ...turn.rollout, metadata: { ...metadata, annotations } }
  turn.pendingAnnotations = { [workloadGenerationAnnotation]: generation }
}

function forgetGeneration(turn: Turn): void {
  const { [workloadGenerationAnnotation]: old, ...annotations } = turn.rollout.metadata.annotations ?? {}
  if (old === undefined) return
  turn.rollout = { ...turn.rollout, metadata: { ...turn.rollout.metadata, annotations } }
  turn.pendingAnnotations = { [workloadGenerationAnnotation]: null }
}
