import type { NextStatus } from '../turn/draft'
import type { Turn } from '../turn/turn'

/**
 * Writes abort and pause fields into the next status; where no pause is left it keeps what it has (nothing, as a rule).
 * Quirk kept for fidelity: two runs that are found inconclusive at once leave two pauses of the same reason.
 */
export function settlePauses(turn: Turn, next: NextStatus): void {
  const { pauses: pause } = turn.ledger
  const { before } = turn.facts
  if (pause.abortMessage !== undefined || (before.abort === true && !pause.removeAbort)) {
    next.abort = true
    next.abortedAt = before.abortedAt ?? turn.facts.nowText
    return
  }
  next.abort = undefined
  next.abortedAt = undefined
  if (pause.clear) return
  const existing = before.pauseConditions ?? []
  const kept = existing.filter((condition) => !pause.removed.includes(condition.reason))
  let controllerPause = before.controllerPause === true
  for (const reason of pause.added) {
    if (existing.some((condition) => condition.reason === reason)) continue
    kept.push({ reason, startTime: turn.facts.nowText })
    controllerPause = true
  }
  if (kept.length === 0) return
  next.pauseConditions = kept
  next.controllerPause = controllerPause
}
