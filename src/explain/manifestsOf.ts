import type { KubeObject } from '../model/meta'
import type { RolloutObservation } from '../rollout/observation'

type Lists = { readonly [K in keyof RolloutObservation]?: unknown }

/** The kind of the objects in each list of an observation, for objects without `kind`. */
const kindOfList: readonly (readonly [list: keyof RolloutObservation, kind: string, apiVersion: string])[] = [
  ['replicaSets', 'ReplicaSet', 'apps/v1'],
  ['pods', 'Pod', 'v1'],
  ['services', 'Service', 'v1'],
  ['workloads', 'Deployment', 'apps/v1'],
  ['analysisRuns', 'AnalysisRun', 'argoproj.io/v1alpha1'],
  ['experiments', 'Experiment', 'argoproj.io/v1alpha1'],
  ['analysisTemplates', 'AnalysisTemplate', 'argoproj.io/v1alpha1'],
  ['clusterAnalysisTemplates', 'ClusterAnalysisTemplate', 'argoproj.io/v1alpha1'],
  ['ingresses', 'Ingress', 'networking.k8s.io/v1'],
  ['virtualServices', 'VirtualService', 'networking.istio.io/v1'],
  ['destinationRules', 'DestinationRule', 'networking.istio.io/v1'],
  ['mappings', 'Mapping', 'getambassador.io/v2'],
  ['appMeshResources', 'VirtualService', 'appmesh.k8s.aws/v1beta2'],
  ['targetGroupBindings', 'TargetGroupBinding', 'elbv2.k8s.aws/v1beta1'],
  ['endpoints', 'Endpoints', 'v1'],
]

/** The objects of an observation as manifests, so that it can be simulated from there on. */
export function manifestsOf(observation: RolloutObservation): readonly KubeObject[] {
  const lists: Lists = observation
  const others = kindOfList.flatMap(([list, kind, apiVersion]) => {
    const objects = lists[list]
    return Array.isArray(objects) ? objects.map((object) => ({ apiVersion, kind, ...(object as object) })) : []
  })
  const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', ...observation.rollout }
  return [rollout, ...others] as unknown as readonly KubeObject[]
}
