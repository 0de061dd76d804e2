import type { ControllerVersion } from '../../model/controllerVersion'
import { clockAt } from '../facts/clock'
import type { Facts } from '../facts/facts'
import { secondsUntilDeadline, setsByRole } from '../facts/replicaSets'
import { selectorProblem } from '../facts/selectorProblem'
import type { QuestionSemantics } from '../facts/semantics'
import type { RolloutObservation } from '../observation'
import type { SpecMemory } from '../specMemory'
import type { Problem } from '../turn/flow'
import { type Claim, claimReplicaSets } from './claim'
import { findNew, findStable } from './roles'
import { claimAnalysisRuns, claimExperiments } from './runs'
import { type ResolvedWorkload, resolveWorkloadRef } from './workloadRef'

/** The starting point of a reconcile. */
export interface Established {
  readonly facts: Facts
  /** Adoptions and releases of ReplicaSets. */
  readonly claims: Claim['claims']
  /** Nothing is decided about a Rollout that is being deleted. */
  readonly isBeingDeleted?: boolean
  /** Why `workloadRef` provided no template. */
  readonly unresolved?: Problem
  /** Kubernetes cannot use the selector, so the controller fails before it lists its objects. */
  readonly unusable?: Problem
}

/** Resolves an observation once: the workload, the Rollout's ReplicaSets and their roles, runs, Experiments. */
export function establish(
  observed: RolloutObservation,
  controller: ControllerVersion,
  semantics: QuestionSemantics<Facts>,
  memory: SpecMemory,
): Established {
  if (observed.rollout.metadata.deletionTimestamp)
    return { facts: bareFacts(observed, controller, semantics, memory, observed), claims: [], isBeingDeleted: true }
  const workload = resolveWorkloadRef(observed)
  const { unresolved } = workload
  const bare = bareFacts(observed, controller, semantics, memory, workload)
  const unusable = unusableSelector(bare)
  if (unusable) return { facts: bare, claims: [], unresolved, unusable }
  const { replicaSets, claims } = claimReplicaSets(bare)
  const fresh = findNew(bare, replicaSets)
  const stable = findStable(bare.before, replicaSets)
  const experiments = claimExperiments(bare)
  const runs = claimAnalysisRuns(bare)
  bare.newWasWithinDelay = (secondsUntilDeadline(bare, fresh) ?? 0) > 0
  noteRoles(bare, setsByRole(replicaSets, fresh?.metadata.name, stable?.metadata.name, undefined))
  bare.analysisRuns = runs.analysisRuns
  bare.currentRuns = runs.currentRuns
  bare.otherRuns = runs.otherRuns
  bare.experiments = experiments.experiments
  bare.currentExperiment = experiments.currentExperiment
  bare.otherExperiments = experiments.otherExperiments
  return { facts: bare, claims, unresolved }
}

/** Facts while they are being established. Writing to them costs a fraction of a copy with other fields. */
type Building<T> = { -readonly [Name in keyof T]: T[Name] }

function noteRoles(facts: Building<Facts>, roles: ReturnType<typeof setsByRole>): void {
  facts.replicaSets = roles.replicaSets
  facts.newName = roles.newName
  facts.stableName = roles.stableName
  facts.newSet = roles.newSet
  facts.stableSet = roles.stableSet
  facts.olderSets = roles.olderSets
  facts.otherSets = roles.otherSets
}

function bareFacts(
  observed: RolloutObservation,
  controller: ControllerVersion,
  semantics: QuestionSemantics<Facts>,
  memory: SpecMemory,
  { rollout, pendingAnnotations, unresolved }: ResolvedWorkload,
): Building<Facts> {
  return {
    observed,
    controller,
    semantics,
    memory,
    namespace: rollout.metadata.namespace ?? '',
    name: rollout.metadata.name,
    clock: clockAt(observed.now),
    before: rollout.status ?? {},
    rollout,
    rewritten: false,
    isWorkloadUnresolved: unresolved !== undefined,
    templateForgotten: false,
    pendingAnnotations,
    replicaSets: none,
    newName: undefined,
    stableName: undefined,
    unlisted: undefined,
    newSet: undefined,
    stableSet: undefined,
    olderSets: none,
    otherSets: none,
    newWasWithinDelay: false,
    services: observed.services ?? none,
    pods: observed.pods ?? none,
    analysisRuns: none,
    currentRuns: {},
    otherRuns: none,
    experiments: none,
    currentExperiment: undefined,
    otherExperiments: none,
    analysisTemplates: observed.analysisTemplates ?? none,
    clusterAnalysisTemplates: observed.clusterAnalysisTemplates ?? none,
  }
}

const none: readonly never[] = []

function unusableSelector({ rollout, namespace, name }: Facts): Problem | undefined {
  const problem = selectorProblem(rollout.spec.selector)
  if (problem === undefined) return undefined
  const error = `rollout ${namespace}/${name} has invalid label selector: ${problem}`
  return { error, code: 'invalid-spec', path: 'spec.selector' }
}
