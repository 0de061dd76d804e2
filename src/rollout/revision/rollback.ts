import { experimentNameAnnotation } from '../../model/labelKeys'
import { createdAt, deadlineTextOf, newSet, stableSet } from '../pods/replicaSets'
import type { Turn } from '../turn'

// behaviour 3.11

/** The wanted template is the stable one, or older than it. True on every reconcile of a promoted Rollout as well. */
export function isRollback(turn: Turn): boolean {
  const [fresh, stable] = [newSet(turn), stableSet(turn)]
  if (!fresh || !stable) return false
  return fresh.metadata.name === stable.metadata.name || createdAt(fresh) < createdAt(stable)
}

/** The wanted revision is so recent that `rollbackWindow` lets it skip the steps. */
export function isRollbackWithinWindow(turn: Turn): boolean {
  const [fresh, stable] = [newSet(turn), stableSet(turn)]
  const revisions = turn.rollout.spec.rollbackWindow?.revisions ?? 0
  if (!fresh || !stable || revisions <= 0) return false
  const [from, to] = [createdAt(fresh), createdAt(stable)]
  if (from >= to) return false
  const between = turn.replicaSets.filter((set) => {
    const at = createdAt(set)
    return at > from && at < to && set.metadata.annotations?.[experimentNameAnnotation] === undefined
  })
  return between.length < revisions
}

/** Until v1.9 any ReplicaSet that carries a deadline counts as one to go back to fast, be the deadline over or unreadable. */
export const hasDeadline = (turn: Turn): boolean => deadlineTextOf(newSet(turn)) !== undefined

/** A rollback that needs no steps, pauses or analysis. */
export function isFastRollback(turn: Turn): boolean {
  if (!isRollback(turn)) return false
  if (isRollbackWithinWindow(turn)) return true
  if (turn.rollout.spec.strategy?.blueGreen && turn.newWasWithinDelay) return true
  return turn.newName === turn.stableName
}
