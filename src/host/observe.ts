import type { ExperimentObservation } from '../experiment/observation'
import type { AnalysisRun, AnalysisTemplate } from '../model/analysis'
import type { Experiment } from '../model/experiment'
import { givenList } from '../model/given'
import { isJsonObject } from '../model/json'
import { managedByAnnotation } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { Pod, ReplicaSet, Service, Workload } from '../model/workload'
import type { RolloutObservation, ServiceObservation } from '../rollout/observation'
import type { ClusterPort } from './ports'

type Lists = ReadonlyMap<string, readonly KubeObject[] | undefined>

/** All lists at once: a cluster that answers over a network is asked in parallel. */
async function listsOf(cluster: ClusterPort, kinds: readonly string[], namespace: string): Promise<Lists> {
  const asked = kinds.map((kind) => cluster.list(kind, kind.startsWith('Cluster') ? '' : namespace))
  const lists = await Promise.all(asked)
  // Only lists that can be walked: a cluster may answer anything.
  return new Map(kinds.map((kind, at) => [kind, lists[at] && givenList(lists[at])]))
}

const typed = <T>(lists: Lists, kind: string): readonly T[] => (lists.get(kind) ?? []) as unknown as readonly T[]

const rolloutKinds = [
  'ReplicaSet',
  'Pod',
  'Service',
  'Deployment',
  'PodTemplate',
  'AnalysisRun',
  'Experiment',
  'AnalysisTemplate',
  'ClusterAnalysisTemplate',
  'Ingress',
  'VirtualService',
  'VirtualRouter',
  'Mapping',
  'DestinationRule',
  'TargetGroupBinding',
  'Endpoints',
]

/** Everything that a decision about this Rollout reads. */
export async function observedRollout(
  cluster: ClusterPort,
  rollout: Rollout,
  now: string,
): Promise<RolloutObservation> {
  const namespace = rollout.metadata.namespace ?? ''
  const lists = await listsOf(cluster, rolloutKinds, namespace)
  const others = await Promise.all(
    namespacesOfVirtualServices(rollout).map((other) => cluster.list('VirtualService', other)),
  )
  const routers = lists.get('VirtualRouter')
  return {
    now,
    rollout,
    replicaSets: typed<ReplicaSet>(lists, 'ReplicaSet'),
    pods: typed<Pod>(lists, 'Pod'),
    services: typed<Service>(lists, 'Service'),
    workloads: [...typed<Workload>(lists, 'Deployment'), ...typed<Workload>(lists, 'PodTemplate')],
    analysisRuns: typed<AnalysisRun>(lists, 'AnalysisRun'),
    experiments: typed<Experiment>(lists, 'Experiment'),
    analysisTemplates: typed<AnalysisTemplate>(lists, 'AnalysisTemplate'),
    clusterAnalysisTemplates: typed<AnalysisTemplate>(lists, 'ClusterAnalysisTemplate'),
    ingresses: lists.get('Ingress'),
    virtualServices: lists.get('VirtualService') && [
      ...typed<KubeObject>(lists, 'VirtualService'),
      ...others.flatMap((list) => givenList(list)),
    ],
    mappings: lists.get('Mapping'),
    appMeshResources: routers && [...typed<KubeObject>(lists, 'VirtualService').filter(isAppMesh), ...routers],
    destinationRules: typed<KubeObject>(lists, 'DestinationRule'),
    targetGroupBindings: typed<KubeObject>(lists, 'TargetGroupBinding'),
    endpoints: typed<KubeObject>(lists, 'Endpoints'),
  }
}

const isAppMesh = ({ apiVersion }: KubeObject): boolean => apiVersion?.startsWith('appmesh.k8s.aws/') === true

/** Istio's VirtualServices may be of another namespace: `name.namespace`. */
function namespacesOfVirtualServices({ metadata, spec }: Rollout): readonly string[] {
  const istio: unknown = spec?.strategy?.canary?.trafficRouting?.istio
  if (!isJsonObject(istio)) return []
  const several = Array.isArray(istio.virtualServices) ? istio.virtualServices.slice(0, 100) : []
  const names = [istio.virtualService, ...several].map((one) => (isJsonObject(one) ? one.name : undefined))
  const spaces = names.flatMap((name) =>
    typeof name === 'string' && name.includes('.') ? [name.split('.', 2)[1] ?? ''] : [],
  )
  return [...new Set(spaces)].filter((space) => space !== '' && space !== metadata.namespace)
}

const experimentKinds = ['ReplicaSet', 'Service', 'AnalysisRun', 'AnalysisTemplate', 'ClusterAnalysisTemplate']

/** Everything that a decision about this Experiment reads. */
export async function observedExperiment(
  cluster: ClusterPort,
  experiment: Experiment,
  now: string,
): Promise<ExperimentObservation> {
  const namespace = experiment.metadata.namespace ?? ''
  const lists = await listsOf(cluster, experimentKinds, namespace)
  const owner = experiment.metadata.ownerReferences?.find(({ kind }) => kind === 'Rollout')
  const rollout = owner && ((await cluster.get('Rollout', namespace, owner.name)) as unknown as Rollout | undefined)
  return {
    now,
    experiment,
    replicaSets: typed<ReplicaSet>(lists, 'ReplicaSet'),
    services: typed<Service>(lists, 'Service'),
    analysisRuns: typed<AnalysisRun>(lists, 'AnalysisRun'),
    analysisTemplates: typed<AnalysisTemplate>(lists, 'AnalysisTemplate'),
    clusterAnalysisTemplates: typed<AnalysisTemplate>(lists, 'ClusterAnalysisTemplate'),
    ...(rollout && { rollout }),
  }
}

/** A Service and the Rollouts that it may belong to. */
export async function observedService(cluster: ClusterPort, service: Service): Promise<ServiceObservation> {
  const namespace = service.metadata.namespace ?? ''
  const manager = service.metadata.annotations?.[managedByAnnotation]
  // A Service with a manager is its and nobody else's: the other Rollouts need not be listed.
  const rollouts =
    manager === undefined
      ? await cluster.list('Rollout', namespace)
      : [await cluster.get('Rollout', namespace, manager)].filter((one) => one !== undefined)
  return { service, rollouts: (rollouts ?? []) as unknown as readonly Rollout[] }
}
