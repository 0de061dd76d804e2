import type { PauseReason } from '../../model/rolloutStatus'
import type { Turn } from './turn'

// Pauses and abort are only recorded during a reconcile, and settled when the status is persisted (behaviour 3.20).

export const addPause = (turn: Turn, reason: PauseReason): void => {
  turn.ledger.pauses.added.push(reason)
}
export const removePause = (turn: Turn, reason: PauseReason): void => {
  turn.ledger.pauses.removed.push(reason)
}
export const clearPauses = (turn: Turn): void => {
  turn.ledger.pauses.clear = true
}
export const removeAbort = (turn: Turn): void => {
  turn.ledger.pauses.removeAbort = true
}
export const addAbort = (turn: Turn, message: string): void => {
  turn.ledger.pauses.abortMessage = message
}

/**
 * Whether the update is aborted at this point of the reconcile. A removed abort wins here, an added one when
 * persisting.
 */
export function isAborted({ facts, ledger }: Turn): boolean {
  if (ledger.pauses.removeAbort) return false
  return ledger.pauses.abortMessage !== undefined || facts.before.abort === true
}

/** This reconcile has added a pause. */
export const pauseWasAdded = (turn: Turn): boolean => turn.ledger.pauses.added.length > 0
