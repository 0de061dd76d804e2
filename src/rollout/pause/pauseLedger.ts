import { resyncSeconds } from '../../model/labelKeys'
import type { PauseCondition, PauseReason } from '../../model/rolloutStatus'
import { parseTime } from '../../model/time'
import { type CurrentStep, pauseSecondsOf } from '../steps/steps'
import { type NextStatus, requeueAfter, type Turn } from '../turn'

// Pauses and abort are only noted down during a reconcile, and settled when the status is persisted (behaviour 3.20).

export const addPause = (turn: Turn, reason: PauseReason): void => {
  turn.pause.added.push(reason)
}
export const removePause = (turn: Turn, reason: PauseReason): void => {
  turn.pause.removed.push(reason)
}
export const clearPauses = (turn: Turn): void => {
  turn.pause.clear = true
}
export const removeAbort = (turn: Turn): void => {
  turn.pause.removeAbort = true
}
export const addAbort = (turn: Turn, message: string): void => {
  turn.pause.abortMessage = message
}

/** Is the update aborted, as far as this reconcile knows? A removed abort wins here, an added one when persisting. */
export function isAborted({ pause, before }: Turn): boolean {
  if (pause.removeAbort) return false
  return pause.abortMessage !== undefined || before.abort === true
}

export const pauseConditionOf = (turn: Turn, reason: PauseReason): PauseCondition | undefined =>
  turn.before.pauseConditions?.find((condition) => condition.reason === reason)

/** A pause was noted down in this reconcile. */
export const pauseWasAdded = (turn: Turn): boolean => turn.pause.added.length > 0

/**
 * Writes abort and pause fields into the next status; where no pause is left it keeps what it has (nothing, as a rule).
 * Quirk kept for fidelity: two runs that are found inconclusive at once leave two pauses of the same reason.
 */
export function settlePauses(turn: Turn, next: NextStatus): void {
  const { pause, before } = turn
  if (pause.abortMessage !== undefined || (before.abort === true && !pause.removeAbort)) {
    next.abort = true
    next.abortedAt = before.abortedAt ?? turn.nowText
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
    kept.push({ reason, startTime: turn.nowText })
    controllerPause = true
  }
  if (kept.length === 0) return
  next.pauseConditions = kept
  next.controllerPause = controllerPause
}

/** A pause step is over when the user resumed it, or strictly after its time is up. */
export function pauseStepIsOver(turn: Turn, { step }: CurrentStep): boolean {
  const { before } = turn
  if (!step.pause) return false
  const condition = pauseConditionOf(turn, 'CanaryPauseStep')
  if (before.controllerPause === true && !condition) return true
  const seconds = pauseSecondsOf(step.pause)
  if (!condition || seconds === undefined) return false
  const startedAt = parseTime(condition.startTime)
  return startedAt !== undefined && turn.now > startedAt + seconds
}

/** Looks again when a timed pause ends, unless that is further away than the resync. */
export function requeueAtPauseEnd(turn: Turn, startTime: string, seconds: number): void {
  const left = (parseTime(startTime) ?? turn.now) + seconds - turn.now
  if (left > 0 && left < resyncSeconds) requeueAfter(turn, left)
}
