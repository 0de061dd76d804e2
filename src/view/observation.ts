import type { AnalysisRun } from '../model/analysis'
import type { Experiment } from '../model/experiment'
import type { Rollout } from '../model/rollout'
import type { Pod, ReplicaSet, Workload } from '../model/workload'

/** What hangs below a Rollout or an Experiment; lists may hold objects that have nothing to do with it. */
interface Belongings {
  readonly replicaSets: readonly ReplicaSet[]
  readonly pods?: readonly Pod[]
  readonly analysisRuns?: readonly AnalysisRun[]
}

/** What the tree of a Rollout is made of. An observation of `reconcileRollout` goes in as it is. */
export interface RolloutViewObservation extends Belongings {
  readonly rollout: Rollout
  readonly experiments?: readonly Experiment[]
  /** Deployments that `workloadRef` may name. */
  readonly workloads?: readonly Workload[]
}

/** What the tree of an Experiment is made of. An observation of `reconcileExperiment` goes in as it is. */
export interface ExperimentViewObservation extends Belongings {
  readonly experiment: Experiment
}
