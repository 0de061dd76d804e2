import type { AnalysisRun } from '../model/analysis'
import type { Experiment } from '../model/experiment'
import type { Rollout } from '../model/rollout'
import type { Pod, ReplicaSet, Workload } from '../model/workload'

/** The objects below a Rollout or an Experiment; lists may contain unrelated objects. */
interface Belongings {
  readonly replicaSets: readonly ReplicaSet[]
  readonly pods?: readonly Pod[]
  readonly analysisRuns?: readonly AnalysisRun[]
}

/** The input of a Rollout's tree. An observation of `reconcileRollout` fits. */
export interface RolloutViewObservation extends Belongings {
  readonly rollout: Rollout
  readonly experiments?: readonly Experiment[]
  /** Deployments that `workloadRef` may name. */
  readonly workloads?: readonly Workload[]
}

/** The input of an Experiment's tree. An observation of `reconcileExperiment` fits. */
export interface ExperimentViewObservation extends Belongings {
  readonly experiment: Experiment
}
