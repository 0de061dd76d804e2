import type { ControllerVersion } from '../../model/controllerVersion'
import { clockAt } from '../facts/clock'
import { type Facts, type FactsInTheMaking, writeOver } from '../facts/facts'
import { secondsUntilDeadline, setsByRole } from '../facts/replicaSets'
import { selectorProblem } from '../facts/selectorProblem'
import type { QuestionSemantics } from '../facts/semantics'
import type { RolloutObservation } from '../observation'
import type { SpecMemory } from '../specMemory'
import type { Problem } from '../turn/flow'
import { type Claim, claimReplicaSets } from './claim'
import { findNew, findStable } from './roles'
import { claimAnalysisRuns, claimExperiments } from './runs'
import { uniformRollout } from './uniform'
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
  bare.newWasWithinDelay = (secondsUntilDeadline(bare, fresh) ?? 0) > 0
  writeOver(bare, setsByRole(replicaSets, fresh?.metadata.name, stable?.metadata.name, undefined))
  writeOver(bare, claimAnalysisRuns(bare))
  writeOver(bare, claimExperiments(bare))
  return { facts: bare, claims, unresolved }
}

function bareFacts(
  observed: RolloutObservation,
  controller: ControllerVersion,
  semantics: QuestionSemantics<Facts>,
  memory: SpecMemory,
  { rollout, pendingAnnotations, unresolved }: ResolvedWorkload,
): FactsInTheMaking {
  return {
    observed,
    controller,
    semantics,
    memory,
    namespace: rollout.metadata.namespace ?? '',
    name: rollout.metadata.name,
    clock: clockAt(observed.now),
    before: rollout.status ?? {},
    rollout: uniformRollout(rollout),
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
