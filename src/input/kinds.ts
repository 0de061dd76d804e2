import type * as z from 'zod/mini'
import { givenList } from '../model/given'
import { isJsonObject } from '../model/json'
import type { KindTypes, ModelKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import { analysisRun, analysisTemplate } from './schemas/analysis'
import { experiment } from './schemas/experiment'
import { rollout } from './schemas/rollout'
import { anyObject, pod, replicaSet, service, workload } from './schemas/workload'

/** Any object that comes out of the readers. */
export type ModelObject = KindTypes[ModelKind] | KubeObject

export type Schema = z.ZodMiniType

export interface KindReader {
  /** API groups of the kind; the core group is the empty text. */
  readonly groups: readonly string[]
  readonly apiVersion: string
  readonly schema: Schema
}

const argo = { groups: ['argoproj.io'], apiVersion: 'argoproj.io/v1alpha1' }
const apps = { groups: ['apps', 'extensions'], apiVersion: 'apps/v1' }
const core = { groups: [''], apiVersion: 'v1' }

export const kindReaders: Readonly<Record<ModelKind, KindReader>> = {
  Rollout: { ...argo, schema: rollout },
  AnalysisTemplate: { ...argo, schema: analysisTemplate },
  ClusterAnalysisTemplate: { ...argo, schema: analysisTemplate },
  AnalysisRun: { ...argo, schema: analysisRun },
  Experiment: { ...argo, schema: experiment },
  ReplicaSet: { ...apps, schema: replicaSet },
  Deployment: { ...apps, schema: workload },
  Pod: { ...core, schema: pod },
  Service: { ...core, schema: service },
  PodTemplate: { ...core, schema: workload },
}

/**
 * The kinds of `KindTypes`, in the order of the documentation.
 *
 * @example
 * import { modelKinds } from 'rollout-engine/input'
 * modelKinds.includes('Rollout') // => true
 */
export const modelKinds = Object.keys(kindReaders) as readonly ModelKind[]

export const anyKind: Schema = anyObject

export const isModelKind = (kind: string): kind is ModelKind => Object.hasOwn(kindReaders, kind)

/** `apps` of `apps/v1`; the empty text of `v1`. */
export const groupOf = (apiVersion: string): string => {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

/** The model's kind of an object: a Knative `Service` or an Istio `VirtualService` is none. */
export function modelKindOf(apiVersion: string | undefined, kind: string): ModelKind | undefined {
  if (!isModelKind(kind)) return undefined
  return apiVersion === undefined || kindReaders[kind].groups.includes(groupOf(apiVersion)) ? kind : undefined
}

// Kubernetes' own kinds without a namespace. Kinds of others are called `Cluster…` by custom.
const clusterScoped: readonly string[] = [
  'APIService',
  'CSIDriver',
  'CSINode',
  'ComponentStatus',
  'CustomResourceDefinition',
  'FlowSchema',
  'GatewayClass',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]

export const isClusterScoped = (kind: string): boolean => /^Cluster[A-Z]/.test(kind) || clusterScoped.includes(kind)

/**
 * The objects of one kind, typed.
 *
 * @example
 * import { objectsOfKind, parseManifests } from 'rollout-engine/input'
 * const { objects } = parseManifests('{apiVersion: v1, kind: Service, metadata: {name: web}}')
 * objectsOfKind(objects, 'Service').map((service) => service.metadata.name) // => ['web']
 */
export function objectsOfKind<K extends ModelKind>(objects: readonly ModelObject[], kind: K): readonly KindTypes[K][] {
  if (typeof kind !== 'string') return []
  return givenList(objects).filter(
    (object) =>
      isJsonObject(object) &&
      object.kind === kind &&
      (object.apiVersion === undefined || typeof object.apiVersion === 'string') &&
      modelKindOf(object.apiVersion, kind) === kind,
  ) as unknown as readonly KindTypes[K][]
}
