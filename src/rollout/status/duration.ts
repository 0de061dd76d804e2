import type { CompletionStatus, PauseReason, RolloutDuration } from '../../model/rolloutStatus'
import { parseTime } from '../../model/time'
import { replicasOf } from '../defaults'
import { secondsNow, textNow } from '../facts/clock'
import { conditionOf } from '../facts/conditionList'
import type { Facts } from '../facts/facts'
import { isFullyPromoted } from '../facts/health'
import { availablePods } from '../facts/replicaSets'
import { isFastRollback, isRollback } from '../facts/rollback'
import type { DurationTracking } from '../facts/semantics'
import { currentStepOf, pauseSecondsOf } from '../facts/steps'
import { podTemplateChanged, podTemplateOrStepsChanged } from '../facts/templateChange'
import type { NextStatus } from '../turn/draft'
import { isAborted } from '../turn/pauses'
import type { Turn } from '../turn/turn'

/** Released controllers do not have the field, so they keep its value. */
export const untrackedDuration: DurationTracking<Turn, NextStatus> = {
  next: (turn) => turn.facts.before.duration,
  onPromotion: () => undefined,
}

/**
 * How long an update takes, and how much of that time it was paused by users (behaviour 3.22). Undefined: never
 * tracked.
 */
function nextDuration(turn: Turn, next: NextStatus): RolloutDuration | undefined {
  if (conditionOf(next.conditions, 'InvalidSpec')) return next.duration
  const { before } = turn.facts
  const changed = specChanged(turn.facts)
  const fresh = turn.facts.newSet
  const reached = fresh !== undefined && availablePods(fresh) >= replicasOf(turn.facts.rollout)
  const done = isFullyPromoted(next) && reached
  const aborted = isAborted(turn)

  let duration = next.duration
  let wasPaused = before.duration?.manualPauseStartedAt !== undefined
  if (duration && isRunning(before.duration)) {
    if (changed) duration = interrupted(turn.facts, duration)
    if (done && !isFinished(duration)) return finish(turn.facts, duration, duration.completionStatus ?? 'Promoted')
    if (aborted && !isFinished(duration))
      duration = finish(turn.facts, duration, duration.completionStatus ?? 'Aborted')
  }
  if (!duration || (isFinished(duration) && !done)) {
    wasPaused = false
    const wasAborted = conditionOf(before.conditions, 'Progressing')?.reason === 'RolloutAborted'
    if ((changed && !done) || (wasAborted && !aborted)) duration = { rolloutStartedAt: textNow(turn.facts) }
  }
  if (!duration || isFinished(duration)) return duration
  return trackManualPause(turn.facts, next, duration, wasPaused)
}

const isFinished = (duration: RolloutDuration): boolean =>
  duration.rolloutStartedAt !== undefined && duration.finishedAt !== undefined

const isRunning = (duration: RolloutDuration | undefined): boolean =>
  duration?.rolloutStartedAt !== undefined && !isFinished(duration)

function specChanged(facts: Facts): boolean {
  if (!facts.before.currentPodHash) return true
  const { canary, blueGreen } = facts.rollout.spec.strategy ?? {}
  if (canary) return podTemplateOrStepsChanged(facts)
  return blueGreen !== undefined && podTemplateChanged(facts)
}

/** A rollback keeps its own entry; any other new revision supersedes the running update. */
function interrupted(facts: Facts, duration: RolloutDuration): RolloutDuration {
  if (!isRollback(facts)) return finish(facts, duration, 'Superseded')
  return { ...duration, completionStatus: isFastRollback(facts) ? 'FastRolledBack' : 'RolledBack' }
}

function finish(facts: Facts, duration: RolloutDuration, completionStatus: CompletionStatus): RolloutDuration {
  return { ...endPause(facts, duration), finishedAt: textNow(facts), completionStatus }
}

/** An open pause is added to the total in whole seconds. */
function endPause(facts: Facts, duration: RolloutDuration): RolloutDuration {
  const { manualPauseStartedAt, ...rest } = duration
  if (manualPauseStartedAt === undefined) return duration
  const seconds = Math.trunc(secondsNow(facts) - (parseTime(manualPauseStartedAt) ?? secondsNow(facts)))
  return { ...rest, totalManualPauseDurationSeconds: (duration.totalManualPauseDurationSeconds ?? 0) + seconds }
}

function trackManualPause(
  facts: Facts,
  next: NextStatus,
  duration: RolloutDuration,
  wasPaused: boolean,
): RolloutDuration {
  const paused =
    facts.rollout.spec.paused === true || (next.pauseConditions ?? []).some(({ reason }) => needsPerson(facts, reason))
  if (wasPaused && !paused) return endPause(facts, duration)
  if (!wasPaused && paused && duration.manualPauseStartedAt === undefined) {
    return { ...duration, manualPauseStartedAt: textNow(facts) }
  }
  return duration
}

/** Whether only a user can end this pause. */
function needsPerson(facts: Facts, reason: PauseReason): boolean {
  switch (reason) {
    case 'CanaryPauseStep': {
      const pause = currentStepOf(facts.rollout, facts.before.currentStepIndex)?.step.pause
      return pause !== undefined && pauseSecondsOf(pause) === undefined
    }
    case 'BlueGreenPause':
      return facts.rollout.spec.strategy?.blueGreen?.autoPromotionEnabled === false
    default:
      return true
  }
}

/** A promotion without a more specific name. */
function noteCompletion(turn: Turn, next: NextStatus): void {
  if (!next.duration || next.duration.completionStatus !== undefined) return
  next.duration = { ...next.duration, completionStatus: turn.facts.before.promoteFull ? 'FastPromoted' : 'Promoted' }
}

export const trackedDuration: DurationTracking<Turn, NextStatus> = { next: nextDuration, onPromotion: noteCompletion }
