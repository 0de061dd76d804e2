import type { PodMetadata } from '../../model/rollout'
import type { ReplicaSet } from '../../model/workload'
import { copyOfFacts, type Facts, writeOver } from '../facts/facts'
import { setsByRole } from '../facts/replicaSets'
import type { DurationTracking } from '../facts/semantics'
import { type Draft, type NextStatus, recordedDraft } from './draft'
import type { Flow, Problem } from './flow'
import { emptyLedger, type Ledger } from './ledger'

/**
 * The state of one reconcile. It lives for one call and never leaves it, so the reducer is pure. Questions take the
 * facts; stages take the turn.
 */
export interface Turn {
  /** What is known. */
  facts: Facts
  /** What was decided so far. */
  readonly ledger: Ledger
  /** Results that one stage passes to later ones. */
  readonly draft: Draft
  /** The behaviour of stages that depends on the controller's version. */
  readonly semantics: StageSemantics
  /** Why the workload that `workloadRef` names cannot be used. */
  readonly unresolved: Problem | undefined
}

/** Behaviour that depends on the controller's version. */
export interface StageSemantics {
  readonly prepare: (turn: Turn) => Flow
  readonly checkLate: (turn: Turn) => Flow
  readonly syncNewReplicaSet: (turn: Turn) => Flow
  readonly concludeStatus: (turn: Turn, next: NextStatus) => void
  readonly completeStatus: (turn: Turn, next: NextStatus) => void
  readonly duration: DurationTracking<Turn, NextStatus>
  readonly dress: (turn: Turn, dressing: Dressing) => Flow
  readonly scaleNew: (turn: Turn) => boolean | Problem
  readonly noteRemovedDeadline: (turn: Turn, set: ReplicaSet) => void
  readonly noteSizeWhileWaiting: (turn: Turn, set: ReplicaSet) => void
  readonly dropsAnalysis: (turn: Turn) => boolean
  readonly needsNoAnalysis: (turn: Turn) => boolean
}

/** A ReplicaSet before and after the ephemeral metadata of its template changed. */
export interface Dressing {
  readonly set: ReplicaSet
  /** The same object if its template needs no change. */
  readonly dressed: ReplicaSet
  readonly wanted: PodMetadata | undefined
}

export const beginTurn = (facts: Facts, semantics: StageSemantics, unresolved: Problem | undefined): Turn => ({
  facts,
  ledger: emptyLedger(facts),
  draft: recordedDraft(facts),
  semantics,
  unresolved,
})

/** Replaces facts that upstream reads again during a reconcile; later questions see the new ones. */
export function reread(turn: Turn, read: Partial<Facts>): void {
  const facts = copyOfFacts(turn.facts)
  writeOver(facts, read)
  if (rolesMayDiffer(read))
    writeOver(facts, setsByRole(facts.replicaSets, facts.newName, facts.stableName, facts.unlisted))
  turn.facts = facts
}

const rolesMayDiffer = (read: Partial<Facts>): boolean =>
  'replicaSets' in read || 'newName' in read || 'stableName' in read || 'unlisted' in read
