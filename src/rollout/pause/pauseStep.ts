import { resyncSeconds } from '../../model/labelKeys'
import { parseTime } from '../../model/time'
import type { Facts } from '../facts/facts'
import { pauseConditionOf } from '../facts/pauses'
import { type CurrentStep, currentStepOf, pauseSecondsOf } from '../facts/steps'
import { addPause } from '../turn/pauses'
import { requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'

// Pause steps of a canary: begun, waited for, resumed, or over (behaviour 3.6).

/** At a pause step the reconcile ends here: it is begun, waited for, or just over. */
export function pauseAtStep(turn: Turn): boolean {
  const { before, rollout } = turn.facts
  if (rollout.spec.paused || before.promoteFull) return false
  const pause = currentStepOf(rollout, before.currentStepIndex)?.step.pause
  if (!pause) return false
  const condition = pauseConditionOf(turn.facts, 'CanaryPauseStep')
  if (!condition) {
    if (!before.controllerPause) addPause(turn, 'CanaryPauseStep')
    return true
  }
  const seconds = pauseSecondsOf(pause)
  if (seconds !== undefined) requeueAtPauseEnd(turn, condition.startTime, seconds)
  return true
}

/** A pause step is over when the user resumed it, or strictly after its time is up. */
export function pauseStepIsOver(facts: Facts, { step }: CurrentStep): boolean {
  const { before } = facts
  if (!step.pause) return false
  const condition = pauseConditionOf(facts, 'CanaryPauseStep')
  if (before.controllerPause === true && !condition) return true
  const seconds = pauseSecondsOf(step.pause)
  if (!condition || seconds === undefined) return false
  const startedAt = parseTime(condition.startTime)
  return startedAt !== undefined && facts.now > startedAt + seconds
}

/** Looks again when a timed pause ends, unless that is further away than the resync. */
export function requeueAtPauseEnd(turn: Turn, startTime: string, seconds: number): void {
  const left = (parseTime(startTime) ?? turn.facts.now) + seconds - turn.facts.now
  if (left > 0 && left < resyncSeconds) requeueAfter(turn, left)
}
