import { experimentNameAnnotation } from '../../model/labelKeys'
import type { Facts } from './facts'
import { createdAt, deadlineTextOf } from './replicaSets'

// behaviour 3.11

/** The wanted template is the stable one, or older than it. Also true in every reconcile of a promoted Rollout. */
export function isRollback(facts: Facts): boolean {
  const [fresh, stable] = [facts.newSet, facts.stableSet]
  if (!fresh || !stable) return false
  return fresh.metadata.name === stable.metadata.name || createdAt(fresh) < createdAt(stable)
}

/** `rollbackWindow` lets the wanted revision skip the steps, because it is recent enough. */
export function isRollbackWithinWindow(facts: Facts): boolean {
  const revisions = facts.rollout.spec.rollbackWindow?.revisions ?? 0
  if (revisions <= 0) return false
  const [fresh, stable] = [facts.newSet, facts.stableSet]
  if (!fresh || !stable) return false
  const [from, to] = [createdAt(fresh), createdAt(stable)]
  if (from >= to) return false
  const between = facts.replicaSets.filter((set) => {
    const at = createdAt(set)
    return at > from && at < to && set.metadata.annotations?.[experimentNameAnnotation] === undefined
  })
  return between.length < revisions
}

/**
 * Up to v1.9 any ReplicaSet with a deadline allows a fast rollback, even if the deadline has passed or cannot be
 * parsed.
 */
export const hasDeadline = (facts: Facts): boolean => deadlineTextOf(facts.newSet) !== undefined

/** A rollback that needs no steps, pauses or analysis. */
export function isFastRollback(facts: Facts): boolean {
  if (!isRollback(facts)) return false
  if (isRollbackWithinWindow(facts)) return true
  if (facts.rollout.spec.strategy?.blueGreen && facts.newWasWithinDelay) return true
  return facts.newName === facts.stableName
}
