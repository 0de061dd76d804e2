import { resyncSeconds } from '../../model/labelKeys'
import { parseTime } from '../../model/time'
import { secondsNow } from '../facts/clock'
import type { Facts } from '../facts/facts'
import { pauseConditionOf } from '../facts/pauses'
import { type CurrentStep, currentStepOf, pauseSecondsOf } from '../facts/steps'
import { addPause } from '../turn/pauses'
import { requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'

// Pause steps of a canary: started, waiting, resumed, or over (behaviour 3.6).

/** A pause step ends the reconcile here: it starts, is waiting, or is just over. */
export function pauseAtStep(turn: Turn): boolean {
  const { before, rollout } = turn.facts
  if (rollout.spec.paused || before.promoteFull) return false
  const current = currentStepOf(rollout, before.currentStepIndex)
  const pause = current?.step.pause
  if (!pause) return false
  const condition = pauseConditionOf(turn.facts, 'CanaryPauseStep')
  if (!condition) {
    if (!before.controllerPause) addPause(turn, 'CanaryPauseStep')
    return true
  }
  const seconds = pauseSecondsOf(pause)
  if (seconds !== undefined) {
    const left = secondsToPauseEnd(turn.facts, condition.startTime, seconds)
    if (left !== undefined) requeueAfter(turn, left, 'pauseStepEnds', { stepIndex: current.index })
  }
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
  return startedAt !== undefined && secondsNow(facts) > startedAt + seconds
}

/** How long a timed pause still lasts; undefined if it is over, or ends after the next resync anyway. */
export function secondsToPauseEnd(facts: Facts, startTime: string, seconds: number): number | undefined {
  const left = (parseTime(startTime) ?? secondsNow(facts)) + seconds - secondsNow(facts)
  return left > 0 && left < resyncSeconds ? left : undefined
}
