import type { ObjectRef } from 'rollout-engine'

/** Where the API server keeps a kind. */
export interface Resource {
  readonly apiVersion: string
  readonly plural: string
  /** Only some clusters have it: it is left out where the API server does not know it. */
  readonly isOptional?: boolean
  readonly isOfCluster?: boolean
}

const argo = 'argoproj.io/v1alpha1'
const optional = true

/** The kinds that decisions read. */
export const resources: Readonly<Record<string, Resource>> = {
  Rollout: { apiVersion: argo, plural: 'rollouts' },
  AnalysisRun: { apiVersion: argo, plural: 'analysisruns' },
  Experiment: { apiVersion: argo, plural: 'experiments' },
  AnalysisTemplate: { apiVersion: argo, plural: 'analysistemplates' },
  ClusterAnalysisTemplate: { apiVersion: argo, plural: 'clusteranalysistemplates', isOfCluster: true },
  ReplicaSet: { apiVersion: 'apps/v1', plural: 'replicasets' },
  Deployment: { apiVersion: 'apps/v1', plural: 'deployments' },
  Pod: { apiVersion: 'v1', plural: 'pods' },
  Service: { apiVersion: 'v1', plural: 'services' },
  PodTemplate: { apiVersion: 'v1', plural: 'podtemplates' },
  Ingress: { apiVersion: 'networking.k8s.io/v1', plural: 'ingresses' },
  VirtualService: { apiVersion: 'networking.istio.io/v1alpha3', plural: 'virtualservices', isOptional: optional },
  DestinationRule: { apiVersion: 'networking.istio.io/v1alpha3', plural: 'destinationrules', isOptional: optional },
  TrafficSplit: { apiVersion: 'split.smi-spec.io/v1alpha1', plural: 'trafficsplits', isOptional: optional },
  TraefikService: { apiVersion: 'traefik.io/v1alpha1', plural: 'traefikservices', isOptional: optional },
  ApisixRoute: { apiVersion: 'apisix.apache.org/v2', plural: 'apisixroutes', isOptional: optional },
  Mapping: { apiVersion: 'getambassador.io/v2', plural: 'mappings', isOptional: optional },
}

const rootOf = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`)

/** The path of all objects of a kind, in one namespace or in all. */
export function listPath({ apiVersion, plural, isOfCluster }: Resource, namespace?: string): string {
  const place = namespace && !isOfCluster ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${rootOf(apiVersion)}${place}/${plural}`
}

export const objectPath = (resource: Resource, { namespace, name }: Omit<ObjectRef, 'kind'>): string =>
  `${listPath(resource, namespace)}/${encodeURIComponent(name)}`

export function resourceOf(kind: string): Resource {
  const resource = Object.hasOwn(resources, kind) ? resources[kind] : undefined
  if (!resource) throw new Error(`no resource is known for ${kind}: add it to resources.ts`)
  return resource
}
