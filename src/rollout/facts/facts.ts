import type { AnalysisRun, AnalysisTemplate } from '../../model/analysis'
import type { StringMapPatch } from '../../model/change'
import type { ControllerVersion } from '../../model/controllerVersion'
import type { Experiment } from '../../model/experiment'
import type { Rollout } from '../../model/rollout'
import type { RolloutStatus } from '../../model/rolloutStatus'
import type { Pod, ReplicaSet, Service } from '../../model/workload'
import type { CurrentRuns } from '../../templates/currentRuns'
import type { RolloutObservation } from '../observation'
import type { QuestionSemantics } from './semantics'

/**
 * What is known: the observation, resolved once. Questions take only this, and nothing writes to it: what upstream reads again
 * in the middle of a reconcile becomes new facts, see `reread`.
 */
export interface Facts {
  readonly observed: RolloutObservation
  readonly controller: ControllerVersion
  /** How the controller of that version answers questions on which versions differ. */
  readonly semantics: QuestionSemantics<Facts>
  readonly namespace: string
  readonly name: string
  /** Seconds since 1970. */
  readonly now: number
  readonly nowText: string
  /** The status as observed, or as this reconcile has written it meanwhile. */
  readonly before: RolloutStatus
  /** With the workload's template filled in, and the annotations as they are after the changes so far. */
  readonly rollout: Rollout
  /** The Rollout was written, and read back, in the middle of this reconcile. */
  readonly rewritten: boolean
  /** What `workloadRef` names could not be found or used: there is no template. */
  readonly isWorkloadUnresolved: boolean
  /** `workloadRef` is unresolved again, see revision.ts. */
  readonly templateForgotten: boolean
  /** Annotations of the Rollout that go out with the next update of it. */
  readonly pendingAnnotations?: StringMapPatch
  /**
   * ReplicaSets of this Rollout as decisions see them. Sizes stay as observed: what one reconcile asks for must not count
   * as done in the same reconcile.
   */
  readonly replicaSets: readonly ReplicaSet[]
  readonly newName?: string
  readonly stableName?: string
  readonly newSet?: ReplicaSet
  readonly stableSet?: ReplicaSet
  /** All but the new one. */
  readonly olderSets: readonly ReplicaSet[]
  /** Neither new nor stable: revisions in between. */
  readonly otherSets: readonly ReplicaSet[]
  /** A new ReplicaSet that this reconcile created and that is not yet among the others, see createReplicaSet.ts. */
  readonly unlisted?: ReplicaSet
  /** The new ReplicaSet still waited for its scale-down deadline when the reconcile began. */
  readonly newWasWithinDelay: boolean
  readonly services: readonly Service[]
  readonly pods: readonly Pod[]
  /** Runs of this Rollout: all, those that its status names, and the others. */
  readonly analysisRuns: readonly AnalysisRun[]
  readonly currentRuns: CurrentRuns
  readonly otherRuns: readonly AnalysisRun[]
  /** Experiments of this Rollout: all, the one that its status names, and the others. */
  readonly experiments: readonly Experiment[]
  readonly currentExperiment?: Experiment
  readonly otherExperiments: readonly Experiment[]
  /** Templates as analyses find them, those of the namespace and those of the cluster. */
  readonly analysisTemplates: readonly AnalysisTemplate[]
  readonly clusterAnalysisTemplates: readonly AnalysisTemplate[]
}
