import { type ClusterObjects, listObjects, objectsByPlural, pluralOf } from '../cluster/objects'
import { wellFormedCluster } from '../cluster/wellFormed'
import type { AnalysisRun, AnalysisTemplate } from '../model/analysis'
import type { Experiment } from '../model/experiment'
import { givenText } from '../model/given'
import { ownValue } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Pod, ReplicaSet, Service, Workload } from '../model/workload'
import type { RolloutObservation, RolloutOptions } from '../rollout/observation'

/**
 * A host's observation of a modelled cluster for the Rollout under `key`.
 *
 * @example
 * import { reconcileRollout } from 'rollout-engine'
 * import { observeRollout } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const objects = { 'rollouts/shop/web': { kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec } }
 * const observation = observeRollout(objects, 'rollouts/shop/web', '2030-01-01T00:00:00Z')
 * reconcileRollout(observation).changes[0]?.kind // => 'createReplicaSet'
 */
export function observeRollout(
  given: ClusterObjects,
  key: string,
  now: string,
  options?: RolloutOptions,
  answers?: RolloutObservation['answers'],
): RolloutObservation {
  const objects = wellFormedCluster(given)
  const rollout = asKind('Rollout', ownValue(objects, givenText(key)) as KubeObject)
  return { now, rollout, ...observedLists(objects, rollout?.metadata.namespace ?? ''), options, answers }
}

/** What a host observes beside the Rollout. */
export type ObservedLists = Omit<RolloutObservation, 'now' | 'rollout' | 'options' | 'answers'>

export function observedLists(objects: ClusterObjects, namespace: string): ObservedLists {
  const lists = objectsByPlural(objects, namespace)
  const list = <T>(kind: string): readonly T[] => (lists.get(pluralOf(kind)) ?? []) as unknown as readonly T[]
  return {
    replicaSets: list<ReplicaSet>('ReplicaSet'),
    pods: list<Pod>('Pod'),
    services: list<Service>('Service'),
    workloads: [...list<Workload>('Deployment'), ...list<Workload>('PodTemplate')],
    analysisRuns: list<AnalysisRun>('AnalysisRun'),
    experiments: list<Experiment>('Experiment'),
    analysisTemplates: list<AnalysisTemplate>('AnalysisTemplate'),
    clusterAnalysisTemplates: listObjects(objects, 'ClusterAnalysisTemplate', ''),
    ingresses: list<KubeObject>('Ingress'),
    virtualServices: keysOfAll(objects, 'VirtualService').map((each) => objects[each] as KubeObject),
    mappings: listIfAny(list<KubeObject>('Mapping')),
    appMeshResources: appMeshOf(list<KubeObject>('VirtualService'), list<KubeObject>('VirtualRouter')),
    destinationRules: list<KubeObject>('DestinationRule'),
    targetGroupBindings: list<KubeObject>('TargetGroupBinding'),
    endpoints: list<KubeObject>('Endpoints'),
  }
}

/** From every namespace, because Rollouts may refer to VirtualServices of others. */
function keysOfAll(objects: ClusterObjects, kind: string): readonly string[] {
  const prefix = `${pluralOf(kind)}/`
  return Object.keys(objects).filter((key) => key.startsWith(prefix))
}

/** If the world has no object of the kind, references to it are not checked. */
const listIfAny = (list: readonly KubeObject[]): readonly KubeObject[] | undefined =>
  list.length > 0 ? list : undefined

/** VirtualRouters are never assumed to exist; without them App Mesh is not checked. */
const appMeshOf = (
  services: readonly KubeObject[],
  routers: readonly KubeObject[],
): readonly KubeObject[] | undefined => (routers.length > 0 ? [...services.filter(isAppMesh), ...routers] : undefined)

const isAppMesh = ({ apiVersion }: KubeObject): boolean => apiVersion?.startsWith('appmesh.k8s.aws/') === true
