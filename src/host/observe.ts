import type { ExperimentObservation } from '../experiment/observation'
import type { ObjectRef } from '../model/decision'
import type { Experiment } from '../model/experiment'
import { givenList, givenObject, givenText } from '../model/given'
import { isJsonObject } from '../model/json'
import { asKind, asKinds, asKubeObject, type ObjectOf } from '../model/kinds'
import { managedByAnnotation } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet, Service } from '../model/workload'
import type { RolloutObservation, ServiceObservation } from '../rollout/observation'
import { mentionedNames } from './mentioned'
import type { ClusterPort, Wanted } from './ports'

type Lists = ReadonlyMap<string, readonly KubeObject[] | undefined>

/** All lists at once: a cluster that answers over a network is asked in parallel. */
async function listsOf(
  cluster: ClusterPort,
  kinds: readonly string[],
  namespace: string,
  wantedOf: (kind: string) => Wanted | undefined,
): Promise<Lists> {
  const asked = kinds.map((kind) => cluster.list(kind, kind.startsWith('Cluster') ? '' : namespace, wantedOf(kind)))
  const lists = await Promise.all(asked)
  // Only lists that can be walked: a cluster may answer anything.
  return new Map(kinds.map((kind, at) => [kind, lists[at] && givenList(lists[at])]))
}

/** Kinds of which only what belongs to the object is read, or what it names. */
const owned: ReadonlySet<string> = new Set(['ReplicaSet', 'AnalysisRun', 'Experiment'])
/** Kinds of which only what the object names is read. */
const named: ReadonlySet<string> = new Set([
  'Service',
  'Deployment',
  'PodTemplate',
  'Ingress',
  'Mapping',
  'DestinationRule',
  'Endpoints',
])

/** What of a list a decision reads. Undefined: all of it. */
function wantedBy({ metadata, spec, status }: KubeObject): (kind: string) => Wanted | undefined {
  const { namespace = '', uid } = metadata
  if (!uid) return () => undefined
  const names = mentionedNames({ spec, status }, namespace)
  return (kind) => (owned.has(kind) ? { names, ownedBy: [uid] } : named.has(kind) ? { names } : undefined)
}

const typed = <Kind extends string>(lists: Lists, kind: Kind): readonly ObjectOf<Kind>[] =>
  asKinds(kind, lists.get(kind) ?? [])

const rolloutKinds = [
  'ReplicaSet',
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

/** How much of the lists is read: `all` where an object that belongs to somebody else is in the way. */
export type Sight = 'all' | 'wanted'

/** Everything that a decision about this Rollout reads. */
export async function observedRollout(
  cluster: ClusterPort,
  rollout: Rollout,
  now: string,
  sight: Sight,
): Promise<RolloutObservation> {
  const namespace = rollout.metadata.namespace ?? ''
  const wantedOf = sight === 'all' ? () => undefined : wantedBy(asKubeObject(rollout))
  const lists = await listsOf(cluster, rolloutKinds, namespace, wantedOf)
  const replicaSets = typed(lists, 'ReplicaSet')
  const pods = await cluster.list('Pod', namespace, podsWanted(replicaSets))
  const others = await Promise.all(
    namespacesOfVirtualServices(rollout).map((other) => cluster.list('VirtualService', other)),
  )
  const routers = lists.get('VirtualRouter')
  return {
    now,
    rollout,
    replicaSets,
    pods: asKinds('Pod', givenList(pods)),
    services: typed(lists, 'Service'),
    workloads: [...typed(lists, 'Deployment'), ...typed(lists, 'PodTemplate')],
    analysisRuns: typed(lists, 'AnalysisRun'),
    experiments: typed(lists, 'Experiment'),
    analysisTemplates: typed(lists, 'AnalysisTemplate'),
    clusterAnalysisTemplates: typed(lists, 'ClusterAnalysisTemplate'),
    ingresses: lists.get('Ingress'),
    virtualServices: lists.get('VirtualService') && [
      ...typed(lists, 'VirtualService'),
      ...others.flatMap((list) => givenList(list)),
    ],
    mappings: lists.get('Mapping'),
    appMeshResources: routers && [...typed(lists, 'VirtualService').filter(isAppMesh), ...routers],
    destinationRules: typed(lists, 'DestinationRule'),
    targetGroupBindings: typed(lists, 'TargetGroupBinding'),
    endpoints: typed(lists, 'Endpoints'),
  }
}

/** Pods belong to ReplicaSets. */
function podsWanted(replicaSets: readonly ReplicaSet[]): Wanted | undefined {
  const uids = replicaSets.map((set) => givenText(givenObject<Partial<ReplicaSet['metadata']>>(set?.metadata).uid))
  return uids.includes('') ? undefined : { names: new Set(), ownedBy: uids }
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
  sight: Sight,
): Promise<ExperimentObservation> {
  const namespace = experiment.metadata.namespace ?? ''
  const wantedOf = sight === 'all' ? () => undefined : wantedBy(asKubeObject(experiment))
  // Services of Experiments are found by their labels.
  const lists = await listsOf(cluster, experimentKinds, namespace, (kind) =>
    kind === 'Service' ? undefined : wantedOf(kind),
  )
  const owner = experiment.metadata.ownerReferences?.find(({ kind }) => kind === 'Rollout')
  const rollout = owner && asKind('Rollout', await cluster.get('Rollout', namespace, owner.name))
  return {
    now,
    experiment,
    replicaSets: typed(lists, 'ReplicaSet'),
    services: typed(lists, 'Service'),
    analysisRuns: typed(lists, 'AnalysisRun'),
    analysisTemplates: typed(lists, 'AnalysisTemplate'),
    clusterAnalysisTemplates: typed(lists, 'ClusterAnalysisTemplate'),
    ...(rollout && { rollout }),
  }
}

/** A Service and the Rollouts that it may belong to: its manager, or else those that mention it. */
export async function observedService(
  cluster: ClusterPort,
  service: Service,
  mentioning: readonly ObjectRef[],
): Promise<ServiceObservation> {
  const namespace = service.metadata.namespace ?? ''
  const manager = service.metadata.annotations?.[managedByAnnotation]
  const names = manager === undefined ? mentioning.map(({ name }) => name) : [manager]
  // Nobody that was seen mentions it: somebody unseen may.
  if (names.length === 0) {
    return { service, rollouts: asKinds('Rollout', (await cluster.list('Rollout', namespace)) ?? []) }
  }
  const found = await Promise.all(names.map((name) => cluster.get('Rollout', namespace, name)))
  return {
    service,
    rollouts: asKinds(
      'Rollout',
      found.filter((one) => one !== undefined),
    ),
  }
}
