import { type ClusterObjects, listObjects, objectKey, objectsByPlural, pluralOf } from '../cluster/objects'
import { wellFormedCluster } from '../cluster/wellFormed'
import type { ExperimentObservation, ExperimentOptions } from '../experiment/observation'
import type { AnalysisRun, AnalysisTemplate } from '../model/analysis'
import { givenText } from '../model/given'
import { ownValue } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { ReplicaSet, Service } from '../model/workload'

/**
 * A host's observation of a modelled cluster for the Experiment under `key`.
 *
 * @example
 * import { observeExperiment } from 'rollout-engine/simulate'
 * const experiment = { kind: 'Experiment', metadata: { name: 'trial', namespace: 'shop' }, spec: { templates: [] } }
 * const observed = observeExperiment({ 'experiments/shop/trial': experiment }, 'experiments/shop/trial', '2030-01-01T00:00:00Z')
 * observed.experiment.metadata.name // => 'trial'
 */
export function observeExperiment(
  given: ClusterObjects,
  key: string,
  now: string,
  options?: ExperimentOptions,
  answers?: ExperimentObservation['answers'],
): ExperimentObservation {
  const objects = wellFormedCluster(given)
  const experiment = asKind('Experiment', ownValue(objects, givenText(key)) as KubeObject)
  const namespace = experiment?.metadata.namespace ?? ''
  const lists = objectsByPlural(objects, namespace)
  const list = <T>(kind: string): readonly T[] => (lists.get(pluralOf(kind)) ?? []) as unknown as readonly T[]
  const owner = experiment?.metadata.ownerReferences?.find((reference) => reference.kind === 'Rollout')
  return {
    now,
    experiment,
    replicaSets: list<ReplicaSet>('ReplicaSet'),
    services: list<Service>('Service'),
    analysisRuns: list<AnalysisRun>('AnalysisRun'),
    analysisTemplates: list<AnalysisTemplate>('AnalysisTemplate'),
    clusterAnalysisTemplates: listObjects(objects, 'ClusterAnalysisTemplate', ''),
    rollout: owner && asKind('Rollout', objects[objectKey('Rollout', namespace, owner.name)]),
    options,
    answers,
  }
}
