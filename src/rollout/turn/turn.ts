import type { PodMetadata } from '../../model/rollout'
import type { ReplicaSet } from '../../model/workload'
import type { Facts } from '../facts/facts'
import { setsByRole } from '../facts/replicaSets'
import type { DurationTracking } from '../facts/semantics'
import { type Draft, emptyDraft, type NextStatus } from './draft'
import type { Flow, Problem } from './flow'
import { emptyLedger, type Ledger } from './ledger'

/**
 * One reconcile in the making. It lives for one call and never leaves it; outside, the reducer is pure. Questions take the
 * facts; stages take the turn.
 */
export interface Turn {
  /** What is known. */
  facts: Facts
  /** What was decided so far. */
  readonly ledger: Ledger
  /** What one stage hands to later ones. */
  readonly draft: Draft
  /** What stages of that version of the controller do where versions differ. */
  readonly semantics: StageSemantics
}

/** What versions of the controller do differently. */
export interface StageSemantics {
  readonly prepare: (turn: Turn, unresolved: Problem | undefined) => Flow
  readonly checkLate: (turn: Turn) => Flow
  readonly syncNewReplicaSet: (turn: Turn) => Flow
  readonly concludeStatus: (turn: Turn, next: NextStatus) => void
  readonly completeStatus: (turn: Turn, next: NextStatus) => void
  readonly duration: DurationTracking<Turn, NextStatus>
  readonly dress: (turn: Turn, dressing: Dressing) => Flow
  readonly scaleNew: (turn: Turn) => boolean | Problem
  readonly noteRemovedDeadline: (turn: Turn, changed: ReplicaSet) => void
  readonly noteSizeWhileWaiting: (turn: Turn, set: ReplicaSet) => void
  readonly dropsAnalysis: (turn: Turn) => boolean
  readonly needsNoAnalysis: (turn: Turn) => boolean
}

/** A ReplicaSet before and after its template got, or lost, the metadata of its role. */
export interface Dressing {
  readonly set: ReplicaSet
  /** The same object where its template needs nothing. */
  readonly dressed: ReplicaSet
  readonly wanted: PodMetadata | undefined
}

export const beginTurn = (facts: Facts, semantics: StageSemantics): Turn => ({
  facts,
  ledger: emptyLedger(facts),
  draft: emptyDraft(facts),
  semantics,
})

/** What upstream reads again in the middle of a reconcile: questions that are asked from now on see it. */
export function reread(turn: Turn, read: Partial<Facts>): void {
  const facts = { ...turn.facts, ...read }
  turn.facts = rolesMayDiffer(read)
    ? { ...facts, ...setsByRole(facts.replicaSets, facts.newName, facts.stableName, facts.unlisted) }
    : facts
}

const rolesMayDiffer = (read: Partial<Facts>): boolean =>
  'replicaSets' in read || 'newName' in read || 'stableName' in read || 'unlisted' in read
