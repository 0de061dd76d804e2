import { textNow } from '../facts/clock'
import type { NextStatus } from '../turn/draft'
import type { Turn } from '../turn/turn'

/**
 * Writes abort and pause fields into the next status; without pauses the status keeps its former ones (usually none).
 * Quirk kept for fidelity: two runs that become inconclusive at the same time add two pauses with the same reason.
 */
export function settlePauses(turn: Turn, next: NextStatus): void {
  const { pauses: pause } = turn.ledger
  const { before } = turn.facts
  if (pause.abortMessage !== undefined || (before.abort === true && !pause.removeAbort)) {
    next.abort = true
    next.abortedAt = before.abortedAt ?? textNow(turn.facts)
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
    kept.push({ reason, startTime: textNow(turn.facts) })
    controllerPause = true
  }
  if (kept.length === 0) return
  next.pauseConditions = kept
  next.controllerPause = controllerPause
}
