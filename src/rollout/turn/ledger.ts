import type { AnalysisRun } from '../../model/analysis'
import type { RolloutAsk } from '../../model/ask'
import type { Change } from '../../model/change'
import type { EngineEvent } from '../../model/decision'
import type { Experiment } from '../../model/experiment'
import type { PauseReason, RolloutStatus } from '../../model/rolloutStatus'
import type { WakeUp } from '../../model/wakeUp'
import type { ReplicaSet } from '../../model/workload'
import type { Facts } from '../facts/facts'

/** Requested changes of pauses and abort; settled when the status is persisted (behaviour 3.20). */
export interface PauseNotes {
  readonly added: PauseReason[]
  readonly removed: PauseReason[]
  clear: boolean
  removeAbort: boolean
  /** Defined once this reconcile has aborted the update. */
  abortMessage?: string
}

/** The decisions of this reconcile so far. Stages only add to it, through the functions of this folder. */
export interface Ledger {
  readonly changes: Change[]
  readonly events: EngineEvent[]
  readonly asks: RolloutAsk[]
  readonly pauses: PauseNotes
  readonly wakeUps: WakeUp[]
  requeueSoon: boolean
  /** The status to be persisted, once decided. */
  decided?: RolloutStatus
  /** Only the changes are carried out: the reconcile failed before its events and status. */
  isUntold: boolean
  /** ReplicaSets after the changes so far, by name. */
  changedSets?: Map<string, ReplicaSet>
  /** Updated earlier in this reconcile, outside of the scaling stage: another update would conflict. */
  readonly staleSets: string[]
  /** ReplicaSets that this reconcile deletes. */
  readonly deletedNames: string[]
  /** Runs of this Rollout after the changes so far. */
  analysisRuns: readonly AnalysisRun[]
  /** Experiments of this Rollout after the changes so far. */
  experiments: readonly Experiment[]
}

export const emptyLedger = (facts: Facts): Ledger => ({
  changes: [],
  events: [],
  asks: [],
  pauses: { added: [], removed: [], clear: false, removeAbort: false, abortMessage: undefined },
  wakeUps: [],
  requeueSoon: false,
  decided: undefined,
  isUntold: false,
  changedSets: undefined,
  staleSets: [],
  deletedNames: [],
  analysisRuns: facts.analysisRuns,
  experiments: facts.experiments,
})
