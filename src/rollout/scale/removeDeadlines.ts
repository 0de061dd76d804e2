import type { ReplicaSet } from '../../model/workload'
import type { Turn } from '../turn/turn'
import { delaysScaleDownOnAbort } from './abortScaleDownDelay'
import { annotateDeadline, setScaleDownDeadline } from './scaleDownDeadline'

/** Removes the deadline of a ReplicaSet that is new or stable again. */
export function removeScaleDownDeadlines(turn: Turn): void {
  const fresh = turn.facts.newSet
  if (fresh && !delaysScaleDownOnAbort(turn)) setScaleDownDeadline(turn, fresh, undefined)
  const stable = turn.facts.stableSet
  if (!stable) return
  if (stable.metadata.name !== turn.facts.newName) setScaleDownDeadline(turn, stable, undefined)
  else if (delaysScaleDownOnAbort(turn)) forgetDeadlineOfStable(turn, stable)
}

/**
 * Quirk kept for fidelity: if one ReplicaSet is both, its deadline is removed as stable, but as new it still uses the
 * deadline in this reconcile.
 */
function forgetDeadlineOfStable(turn: Turn, stable: ReplicaSet): void {
  annotateDeadline(turn, stable, undefined)
}
