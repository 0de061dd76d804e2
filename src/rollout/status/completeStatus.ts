import type { NextStatus } from '../turn/draft'
import type { Turn } from '../turn/turn'
import { settleConditions } from './conditions'
import { abortIfLate, abortWhenTimedOut } from './progressDeadlineAbort'
import { settlePauses } from './settlePauses'

// When conditions are computed, and from which pauses. Since v1.10: in one place, after pauses and abort are settled.

/** Every persisted status gets its conditions from the pauses and the abort in it, at any stage. */
export function completeAtOnce(turn: Turn, next: NextStatus): void {
  abortIfLate(turn, next)
  settlePauses(turn, next)
  settleConditions(turn, next, { pauses: next.pauseConditions, onTimeout: () => undefined })
}

/**
 * Up to v1.9: conditions come from the pauses of the former status, so they are one reconcile late. An abort on the
 * progress deadline shows in the condition one reconcile later.
 */
export const concludeFromFormerPauses = (turn: Turn, next: NextStatus): void =>
  settleConditions(turn, next, { pauses: turn.facts.before.pauseConditions, onTimeout: abortWhenTimedOut })

/** Up to v1.9 only pauses are settled here; if only sizes changed, conditions stay unchanged. */
export const completePausesOnly = settlePauses
