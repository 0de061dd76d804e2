import type { AnalysisRun, AnalysisTemplate } from '../model/analysis'
import type { Answers } from '../model/ask'
import type { Change } from '../model/change'
import type { ControllerVersion } from '../model/controllerVersion'
import type { Decision } from '../model/decision'
import type { Experiment, ExperimentStatus } from '../model/experiment'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet, Service } from '../model/workload'

/** Options for decisions about Experiments. */
export interface ExperimentOptions {
  /** Which version of the controller is reproduced: see RolloutOptions.controller. */
  readonly controller?: ControllerVersion
}

/**
 * Everything that one decision about an Experiment reads. The lists contain the objects of its namespace (cluster
 * templates: of the cluster); foreign objects only matter if they have a name that the Experiment needs. An observation
 * is an immutable value: the engine never mutates it and the host must not mutate it either.
 */
export interface ExperimentObservation {
  /** RFC 3339. */
  readonly now: string
  readonly experiment: Experiment
  readonly replicaSets: readonly ReplicaSet[]
  readonly services?: readonly Service[]
  readonly analysisRuns?: readonly AnalysisRun[]
  readonly analysisTemplates?: readonly AnalysisTemplate[]
  readonly clusterAnalysisTemplates?: readonly AnalysisTemplate[]
  /**
   * The Rollout that owns the Experiment: it gets the events about analyses as well. Absent: no such events are
   * emitted.
   */
  readonly rollout?: Rollout
  readonly options?: ExperimentOptions
  /**
   * Changes of this decision that could not be carried out, by `<change kind>/<namespace>/<name>`; the reconcile then
   * continues as the controller's does. An Experiment asks no questions.
   */
  readonly answers?: Answers<never>
}

/** What was decided; an Experiment never asks. */
export type ExperimentDecision = Decision<ExperimentStatus, Change, never>
