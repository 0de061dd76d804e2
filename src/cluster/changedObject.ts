import type { Change, TrafficChange } from '../model/change'
import type { ObjectRef } from '../model/decision'
import { givenObject, givenText } from '../model/given'
import { ownValue } from '../model/json'

interface Subject {
  readonly kind: string
  /** The field of the change that has the new object. */
  readonly created?: string
}

/** What changes are about. */
const subjects: Readonly<Record<Exclude<Change, TrafficChange>['kind'], Subject>> = {
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

/**
 * The object that a change creates, edits or deletes; undefined where it names none. A host that carries changes out on
 * an API server finds its place by it, and the result by `applied` of `rollout-engine/simulate`.
 *
 * @example
 * import { changedObject } from 'rollout-engine/host'
 * const change = { kind: 'scaleReplicaSet', namespace: 'shop', name: 'web-5f', fromReplicas: 1, replicas: 2 } as const
 * changedObject(change)?.ref // => { kind: 'ReplicaSet', namespace: 'shop', name: 'web-5f' }
 */
export function changedObject(
  given: Exclude<Change, TrafficChange>,
): { readonly ref: ObjectRef; readonly isCreated: boolean } | undefined {
  const change = givenObject(given)
  const subject = ownValue<Subject>(subjects, givenText(change.kind))
  if (!subject) return undefined
  const { kind, created } = subject
  const named = givenObject(created === undefined ? change : givenObject(change[created]).metadata)
  const name = givenText(named.name)
  if (name === '') return undefined
  return { ref: { kind, namespace: givenText(named.namespace), name }, isCreated: created !== undefined }
}
