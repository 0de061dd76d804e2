import type { ExperimentObservation, ExperimentOptions } from '../experiment/observation'
import type { AnalysisRun, AnalysisTemplate } from '../model/analysis'
import type { Experiment } from '../model/experiment'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet, Service } from '../model/workload'
import { type ClusterObjects, listObjects, objectKey } from './cluster/state'

/** What a host would observe of a modelled cluster before it reconciles the Experiment under `key`. */
export function observeExperiment(
  objects: ClusterObjects,
  key: string,
  now: string,
  options?: ExperimentOptions,
  answers?: ExperimentObservation['answers'],
): ExperimentObservation {
  const experiment = objects[key] as unknown as Experiment
  const namespace = experiment.metadata.namespace ?? ''
  const list = <T>(kind: string, where = namespace): T[] =>
    listObjects<KubeObject>(objects, kind, where) as unknown as T[]
  const owner = experiment.metadata.ownerReferences?.find((reference) => reference.kind === 'Rollout')
  return {
    now,
    experiment,
    replicaSets: list<ReplicaSet>('ReplicaSet'),
    services: list<Service>('Service'),
    analysisRuns: list<AnalysisRun>('AnalysisRun'),
    analysisTemplates: list<AnalysisTemplate>('AnalysisTemplate'),
    clusterAnalysisTemplates: list<AnalysisTemplate>('ClusterAnalysisTemplate', ''),
    rollout: owner && (objects[objectKey('Rollout', namespace, owner.name)] as unknown as Rollout | undefined),
    options,
    answers,
  }
}
