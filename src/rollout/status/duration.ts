import type { CompletionStatus, PauseReason, RolloutDuration } from '../../model/rolloutStatus'
import { parseTime } from '../../model/time'
import { replicasOf } from '../defaults'
import { isAborted } from '../pause/pauseLedger'
import { availablePods, newSet } from '../pods/replicaSets'
import { isFastRollback, isRollback } from '../revision/rollback'
import { podTemplateChanged, podTemplateOrStepsChanged } from '../revision/templateChange'
import { currentStepOf, pauseSecondsOf } from '../steps/steps'
import type { NextStatus, Turn } from '../turn'
import { conditionOf } from './conditionList'
import { isFullyPromoted } from './health'

/** What becomes of `status.duration`. */
export interface DurationTracking {
  readonly next: (turn: Turn, next: NextStatus) => RolloutDuration | undefined
  readonly onPromotion: (turn: Turn, next: NextStatus) => void
}

/** Released controllers do not know the field: they leave what stands there. */
export const untrackedDuration: DurationTracking = {
  next: (turn) => turn.before.duration,
  onPromotion: () => undefined,
}

/** How long an update takes, and how much of it people paused (behaviour 3.22). Undefined: nothing was ever tracked. */
function nextDuration(turn: Turn, next: NextStatus): RolloutDuration | undefined {
  if (conditionOf(next.conditions, 'InvalidSpec')) return next.duration
  const { before } = turn
  const changed = specChanged(turn)
  const fresh = newSet(turn)
  const reached = fresh !== undefined && availablePods(fresh) >= replicasOf(turn.rollout)
  const done = isFullyPromoted(next) && reached
  const aborted = isAborted(turn)

  let duration = next.duration
  let wasPaused = before.duration?.manualPauseStartedAt !== undefined
  if (duration && isRunning(before.duration)) {
    if (changed) duration = interrupted(turn, duration)
    if (done && !isFinished(duration)) return finish(turn, duration, duration.completionStatus ?? 'Promoted')
    if (aborted && !isFinished(duration)) duration = finish(turn, duration, duration.completionStatus ?? 'Aborted')
  }
  if (!duration || (isFinished(duration) && !done)) {
    wasPaused = false
    const wasAborted = conditionOf(before.conditions, 'Progressing')?.reason === 'RolloutAborted'
    if ((changed && !done) || (wasAborted && !aborted)) duration = { rolloutStartedAt: turn.nowText }
  }
  if (!duration || isFinished(duration)) return duration
  return trackManualPause(turn, next, duration, wasPaused)
}

const isFinished = (duration: RolloutDuration): boolean =>
  duration.rolloutStartedAt !== undefined && duration.finishedAt !== undefined

const isRunning = (duration: RolloutDuration | undefined): boolean =>
  duration?.rolloutStartedAt !== undefined && !isFinished(duration)

function specChanged(turn: Turn): boolean {
  if (!turn.before.currentPodHash) return true
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  if (canary) return podTemplateOrStepsChanged(turn)
  return blueGreen !== undefined && podTemplateChanged(turn)
}

/** A rollback goes on under its own name; any other new revision supersedes what was going on. */
function interrupted(turn: Turn, duration: RolloutDuration): RolloutDuration {
  if (!isRollback(turn)) return finish(turn, duration, 'Superseded')
  return { ...duration, completionStatus: isFastRollback(turn) ? 'FastRolledBack' : 'RolledBack' }
}

function finish(turn: Turn, duration: RolloutDuration, completionStatus: CompletionStatus): RolloutDuration {
  return { ...endPause(turn, duration), finishedAt: turn.nowText, completionStatus }
}

/** An open pause is added to the total in whole seconds. */
function endPause(turn: Turn, duration: RolloutDuration): RolloutDuration {
  const { manualPauseStartedAt, ...rest } = duration
  if (manualPauseStartedAt === undefined) return duration
  const seconds = Math.trunc(turn.now - (parseTime(manualPauseStartedAt) ?? turn.now))
  return { ...rest, totalManualPauseDurationSeconds: (duration.totalManualPauseDurationSeconds ?? 0) + seconds }
}

function trackManualPause(
  turn: Turn,
  next: NextStatus,
  duration: RolloutDuration,
  wasPaused: boolean,
): RolloutDuration {
  const paused =
    turn.rollout.spec.paused === true || (next.pauseConditions ?? []).some(({ reason }) => needsPerson(turn, reason))
  if (wasPaused && !paused) return endPause(turn, duration)
  if (!wasPaused && paused && duration.manualPauseStartedAt === undefined) {
    return { ...duration, manualPauseStartedAt: turn.nowText }
  }
  return duration
}

/** Does it take a person to end this pause? */
function needsPerson(turn: Turn, reason: PauseReason): boolean {
  switch (reason) {
    case 'CanaryPauseStep': {
      const pause = currentStepOf(turn.rollout, turn.before.currentStepIndex)?.step.pause
      return pause !== undefined && pauseSecondsOf(pause) === undefined
    }
    case 'BlueGreenPause':
      return turn.rollout.spec.strategy?.blueGreen?.autoPromotionEnabled === false
    default:
      return true
  }
}

/** A promotion that nothing else has named yet. */
function noteCompletion(turn: Turn, next: NextStatus): void {
  if (!next.duration || next.duration.completionStatus !== undefined) return
  next.duration = { ...next.duration, completionStatus: turn.before.promoteFull ? 'FastPromoted' : 'Promoted' }
}

export const trackedDuration: DurationTracking = { next: nextDuration, onPromotion: noteCompletion }
