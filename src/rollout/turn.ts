import type { AnalysisRun, AnalysisTemplate } from '../model/analysis'
import type { RolloutAsk } from '../model/ask'
import type { Change, StringMapPatch } from '../model/change'
import { changeKey } from '../model/changeKey'
import type { ControllerVersion } from '../model/controllerVersion'
import type { EngineEvent } from '../model/decision'
import type { Experiment } from '../model/experiment'
import type { Rollout } from '../model/rollout'
import type { PauseReason, RolloutStatus, StepPluginStatus } from '../model/rolloutStatus'
import { formatTime, parseTime } from '../model/time'
import type { Pod, ReplicaSet, Service } from '../model/workload'
import type { CurrentRuns } from '../templates/currentRuns'
import type { RolloutObservation } from './observation'
import type { Semantics } from './semantics'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The status while it is being worked out. Its members are immutable values. */
export type NextStatus = Mutable<RolloutStatus>

/** What this reconcile wants to do to pauses and abort; settled when the status is persisted (behaviour 3.20). */
export interface PauseLedger {
  readonly added: PauseReason[]
  readonly removed: PauseReason[]
  clear: boolean
  removeAbort: boolean
  /** Defined once something aborted the update in this reconcile. */
  abortMessage?: string
}

/**
 * One reconcile in the making: what was observed, the objects as they stand after the changes so far, and the ledger
 * of decisions. It lives for one call and never leaves it; outside, the reducer is pure.
 */
export interface Turn {
  readonly observed: RolloutObservation
  readonly controller: ControllerVersion
  /** What the controller of that version does where versions differ. */
  readonly semantics: Semantics
  readonly namespace: string
  readonly name: string
  /** Seconds since 1970. */
  readonly now: number
  readonly nowText: string
  /** The status as observed, or as this reconcile has written it meanwhile. */
  before: RolloutStatus
  /** With the workload's template filled in, and the annotations as they are after the changes so far. */
  rollout: Rollout
  /**
   * ReplicaSets of this Rollout as decisions see them. Sizes stay as observed: what one reconcile asks for must not count
   * as done in the same reconcile.
   */
  replicaSets: ReplicaSet[]
  /** ReplicaSets as the changes so far leave them, by name. */
  readonly changedSets: Map<string, ReplicaSet>
  /** Updated earlier in this reconcile behind the back of the scaling stage: another update of them would conflict. */
  readonly staleSets: Set<string>
  /** The Rollout was written, and read back, in the middle of this reconcile. */
  rewritten: boolean
  /** What `workloadRef` names could not be found or used: there is no template. */
  isWorkloadUnresolved: boolean
  /** `workloadRef` is unresolved again, see revision.ts. */
  templateForgotten: boolean
  /** Annotations of the Rollout that go out with the next update of it. */
  pendingAnnotations?: StringMapPatch
  /** ReplicaSets that this reconcile deletes. */
  readonly deletedNames: string[]
  newName?: string
  /** A new ReplicaSet that this reconcile created and that is not yet among the others, see createReplicaSet.ts. */
  unlisted?: ReplicaSet
  stableName?: string
  /** The new ReplicaSet still waited for its scale-down deadline when the reconcile began. */
  newWasWithinDelay: boolean
  services: Service[]
  pods: readonly Pod[]
  /** Runs of this Rollout as the changes so far leave them; decisions read the next two. */
  analysisRuns: readonly AnalysisRun[]
  /** The runs that the status names as observed, or as the analysis stage has chosen them since. */
  currentRuns: CurrentRuns
  /** Templates as analyses find them, those of the namespace and those of the cluster. */
  analysisTemplates: readonly AnalysisTemplate[]
  clusterAnalysisTemplates: readonly AnalysisTemplate[]
  /** All other runs of this Rollout, as observed. */
  otherRuns: readonly AnalysisRun[]
  /** Experiments of this Rollout as the changes so far leave them. */
  experiments: readonly Experiment[]
  currentExperiment?: Experiment
  otherExperiments: readonly Experiment[]
  /** Hashes of what the Rollout wants, worked out once. */
  wantedPodHash?: string
  wantedStepHash?: string
  targetsUnverified: boolean
  /** Statuses of step plugins, once this reconcile touched them. */
  pluginStatuses?: readonly StepPluginStatus[]
  /** Something around a step plugin broke: its step does not count as done. */
  pluginTrouble: boolean
  next: NextStatus
  readonly pause: PauseLedger
  readonly changes: Change[]
  readonly events: EngineEvent[]
  readonly asks: RolloutAsk[]
  requeueAfterSeconds?: number
  requeueSoon: boolean
  /** The status to be persisted, once decided. */
  decided?: RolloutStatus
}

/** How a stage ends: go on with the next, end the reconcile, or end it with an error. */
export type Flow = 'continue' | 'done' | Problem

export interface Problem {
  readonly error: string
  readonly code?: string
  readonly path?: string
  /** The controller forgets "not found" errors instead of trying again. */
  readonly forgotten?: boolean
}

export const isProblem = (flow: unknown): flow is Problem =>
  typeof flow === 'object' && flow !== null && 'error' in flow

export function beginTurn(observed: RolloutObservation, controller: ControllerVersion, semantics: Semantics): Turn {
  const { rollout } = observed
  const now = parseTime(observed.now) ?? 0
  const before = rollout.status ?? {}
  return {
    observed,
    controller,
    semantics,
    namespace: rollout.metadata.namespace ?? '',
    name: rollout.metadata.name,
    now,
    nowText: formatTime(now),
    before,
    rollout,
    replicaSets: [],
    changedSets: new Map(),
    staleSets: new Set(),
    rewritten: false,
    isWorkloadUnresolved: false,
    templateForgotten: false,
    deletedNames: [],
    newWasWithinDelay: false,
    services: [...(observed.services ?? [])],
    pods: observed.pods ?? [],
    analysisTemplates: observed.analysisTemplates ?? [],
    clusterAnalysisTemplates: observed.clusterAnalysisTemplates ?? [],
    analysisRuns: [],
    currentRuns: {},
    otherRuns: [],
    experiments: [],
    otherExperiments: [],
    targetsUnverified: false,
    pluginTrouble: false,
    next: { restartedAt: before.restartedAt, alb: before.alb, albs: before.albs, duration: before.duration },
    pause: { added: [], removed: [], clear: false, removeAbort: false },
    changes: [],
    events: [],
    asks: [],
    requeueSoon: false,
  }
}

/** An event on the Rollout. */
export function emit(turn: Turn, reason: string, message: string, type: EngineEvent['type'] = 'Normal'): void {
  turn.events.push({ object: { kind: 'Rollout', namespace: turn.namespace, name: turn.name }, type, reason, message })
}

/** An event that is true as soon as this change is carried out. */
export function emitOf(turn: Turn, change: Change, reason: string, message: string): void {
  const object = { kind: 'Rollout', namespace: turn.namespace, name: turn.name }
  turn.events.push({ object, type: 'Normal', reason, message, change: changeKey(change) })
}

/** Several requests may be made; the earliest wins. */
export function requeueAfter(turn: Turn, seconds: number): void {
  const wanted = Math.max(0, seconds)
  if (turn.requeueAfterSeconds === undefined || wanted < turn.requeueAfterSeconds) turn.requeueAfterSeconds = wanted
}
