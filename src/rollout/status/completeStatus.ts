import type { NextStatus } from '../turn/draft'
import type { Turn } from '../turn/turn'
import { settleConditions } from './conditions'
import { abortIfLate, abortWhenTimedOut } from './progressDeadlineAbort'
import { settlePauses } from './settlePauses'

// When conditions are worked out, and from which pauses. Since v1.10: in one place, after pauses and abort are settled.

/** Every status that is persisted, of whatever stage, gets its conditions from the pauses and the abort that it says. */
export function completeAtOnce(turn: Turn, next: NextStatus): void {
  abortIfLate(turn, next)
  settlePauses(turn, next)
  settleConditions(turn, next, { pauses: next.pauseConditions, onTimeout: () => undefined })
}

/**
 * Until v1.9: conditions come from the pauses of the former status, so they lag a reconcile behind;
 * an abort on the progress deadline is found on the way, and told by the condition only one reconcile later.
 */
export const concludeFromFormerPauses = (turn: Turn, next: NextStatus): void =>
  settleConditions(turn, next, { pauses: turn.facts.before.pauseConditions, onTimeout: abortWhenTimedOut })

/** Until v1.9 nothing is left to do here but to settle pauses; where only sizes changed conditions stay as they were. */
export const completePausesOnly = settlePauses
