import type { Change, TrafficChange } from '../model/change'
import type { ObjectRef } from '../model/decision'

/** Kinds of the objects that changes are about; with `created`, the field of the change that has the new object. */
const subjects: Readonly<
  Record<Exclude<Change, TrafficChange>['kind'], { readonly kind: string; readonly created?: string }>
> = {
  annotateRollout: { kind: 'Rollout' },
  setRolloutReplicas: { kind: 'Rollout' },
  createReplicaSet: { kind: 'ReplicaSet', created: 'replicaSet' },
  adoptReplicaSet: { kind: 'ReplicaSet' },
  releaseReplicaSet: { kind: 'ReplicaSet' },
  scaleReplicaSet: { kind: 'ReplicaSet' },
  annotateReplicaSet: { kind: 'ReplicaSet' },
  deleteReplicaSet: { kind: 'ReplicaSet' },
  labelPod: { kind: 'Pod' },
  evictPod: { kind: 'Pod' },
  selectPods: { kind: 'Service' },
  createService: { kind: 'Service', created: 'service' },
  deleteService: { kind: 'Service' },
  scaleWorkload: { kind: 'Deployment' },
  createAnalysisRun: { kind: 'AnalysisRun', created: 'analysisRun' },
  terminateAnalysisRun: { kind: 'AnalysisRun' },
  deleteAnalysisRun: { kind: 'AnalysisRun' },
  createExperiment: { kind: 'Experiment', created: 'experiment' },
  terminateExperiment: { kind: 'Experiment' },
  deleteExperiment: { kind: 'Experiment' },
}

/** The object that a change creates, edits or deletes. */
export function changedObject(change: Exclude<Change, TrafficChange>): ObjectRef & { readonly isCreated: boolean } {
  const { kind, created } = subjects[change.kind]
  const { namespace = '', name } =
    created === undefined
      ? (change as ObjectRef)
      : (change as unknown as Record<string, { metadata: ObjectRef }>)[created]!.metadata
  return { kind, namespace, name, isCreated: created !== undefined }
}
