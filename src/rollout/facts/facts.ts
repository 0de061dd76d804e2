import type { AnalysisRun, AnalysisTemplate } from '../../model/analysis'
import type { StringMapPatch } from '../../model/change'
import type { ControllerVersion } from '../../model/controllerVersion'
import type { Experiment } from '../../model/experiment'
import type { Mutable } from '../../model/mutable'
import type { Rollout } from '../../model/rollout'
import type { RolloutStatus } from '../../model/rolloutStatus'
import type { Pod, ReplicaSet, Service } from '../../model/workload'
import type { CurrentRuns } from '../../templates/currentRuns'
import type { RolloutObservation } from '../observation'
import type { SpecMemory } from '../specMemory'
import type { Clock } from './clock'
import type { QuestionSemantics } from './semantics'

/**
 * The observation, resolved once. Questions read only this, and nothing writes to it. Where upstream reads an object
 * again during a reconcile, `reread` makes new facts.
 */
export interface Facts {
  readonly observed: RolloutObservation
  readonly controller: ControllerVersion
  /** Answers that depend on the controller's version. */
  readonly semantics: QuestionSemantics<Facts>
  /** What earlier reconciles found out about the spec; see specMemory.ts. */
  readonly memory: SpecMemory
  readonly namespace: string
  readonly name: string
  /** Read through `secondsNow` and `textNow`. */
  readonly clock: Clock
  /** The status as observed, or as this reconcile has already written it. */
  readonly before: RolloutStatus
  /** With the workload's template filled in, and the annotations after all changes of this reconcile. */
  readonly rollout: Rollout
  /** This reconcile has written the Rollout and read it back. */
  readonly rewritten: boolean
  /** The workload of `workloadRef` is missing or unusable: there is no template. */
  readonly isWorkloadUnresolved: boolean
  /** `workloadRef` is unresolved again, see revision.ts. */
  readonly templateForgotten: boolean
  /** Annotations that the next update of the Rollout will write. */
  readonly pendingAnnotations?: StringMapPatch
  /**
   * ReplicaSets of this Rollout as decisions see them. Sizes stay as observed: a size that this reconcile requests must
   * not count as reached.
   */
  readonly replicaSets: readonly ReplicaSet[]
  readonly newName?: string
  readonly stableName?: string
  readonly newSet?: ReplicaSet
  readonly stableSet?: ReplicaSet
  /** All but the new one. */
  readonly olderSets: readonly ReplicaSet[]
  /** Intermediate revisions: neither new nor stable. */
  readonly otherSets: readonly ReplicaSet[]
  /** A new ReplicaSet that this reconcile created and that is not in the list yet, see createReplicaSet.ts. */
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
  /** AnalysisTemplates of the namespace and of the cluster. */
  readonly analysisTemplates: readonly AnalysisTemplate[]
  readonly clusterAnalysisTemplates: readonly AnalysisTemplate[]
}

/** Facts while they are being established. */
export type FactsInTheMaking = Mutable<Facts>

/** Every field, also those that may be missing. */
type WholeFacts = { -readonly [Field in keyof Required<Facts>]: Facts[Field] }

/** A copy to write over. A literal, because spreading facts took V8's slow path. */
export const copyOfFacts = (facts: Facts): WholeFacts => ({
  observed: facts.observed,
  controller: facts.controller,
  semantics: facts.semantics,
  memory: facts.memory,
  namespace: facts.namespace,
  name: facts.name,
  clock: facts.clock,
  before: facts.before,
  rollout: facts.rollout,
  rewritten: facts.rewritten,
  isWorkloadUnresolved: facts.isWorkloadUnresolved,
  templateForgotten: facts.templateForgotten,
  pendingAnnotations: facts.pendingAnnotations,
  replicaSets: facts.replicaSets,
  newName: facts.newName,
  stableName: facts.stableName,
  newSet: facts.newSet,
  stableSet: facts.stableSet,
  olderSets: facts.olderSets,
  otherSets: facts.otherSets,
  unlisted: facts.unlisted,
  newWasWithinDelay: facts.newWasWithinDelay,
  services: facts.services,
  pods: facts.pods,
  analysisRuns: facts.analysisRuns,
  currentRuns: facts.currentRuns,
  otherRuns: facts.otherRuns,
  experiments: facts.experiments,
  currentExperiment: facts.currentExperiment,
  otherExperiments: facts.otherExperiments,
  analysisTemplates: facts.analysisTemplates,
  clusterAnalysisTemplates: facts.clusterAnalysisTemplates,
})

/** Writing over fields that are there costs a fraction of spreading a second object. */
export function writeOver(facts: FactsInTheMaking, read: Partial<Facts>): void {
  for (const name in read) (facts as Record<string, unknown>)[name] = read[name as keyof Facts]
}
