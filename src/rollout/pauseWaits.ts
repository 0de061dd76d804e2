import type { Blocker } from '../model/blocker'
import { withFields } from '../model/copies'
import type { Rollout } from '../model/rollout'
import type { PauseCondition, RolloutStatus } from '../model/rolloutStatus'
import { formatTime, parseTime } from '../model/time'
import { secondsNow } from './facts/clock'
import type { Facts } from './facts/facts'
import { currentStepOf, pauseSecondsOf } from './facts/steps'
import { podTemplateChanged, podTemplateOrStepsChanged } from './facts/templateChange'
import { newPodsAreReady } from './pause/blueGreenPause'
import { notePods } from './waits'

/**
 * The pauses that hold a Rollout, each with the time at which it ends by itself, if time alone ends it. Where the
 * reconcile failed, nobody looks at them, and time ends none.
 */
export function pauseWaits(facts: Facts, status: RolloutStatus, hasFailed: boolean): readonly Blocker[] {
  // An abort ends every pause.
  if (status.abort || !status.pauseConditions?.length) return none
  const pauses = status.pauseConditions.map((condition) => {
    const wait = pauseWait(facts, status, condition)
    return hasFailed ? withoutEnd(wait) : wait
  })
  if (!pauses.some(({ data }) => data.needsPods)) return pauses
  const waits: Blocker[] = [...pauses]
  notePods(waits, facts)
  return waits
}

const none: readonly Blocker[] = []

type PauseWait = Extract<Blocker, { code: 'pause' }>

function withoutEnd({ data: { reason, seconds }, since }: PauseWait): PauseWait {
  return { code: 'pause', data: { reason, ...(seconds !== undefined && { seconds }) }, since }
}

function pauseWait(facts: Facts, status: RolloutStatus, condition: PauseCondition): PauseWait {
  const { reason, startTime: since } = condition
  const seconds = pauseLasts(facts.rollout, status, condition)
  const data = { reason, ...(seconds !== undefined && { seconds }) }
  // Paused by hand, the controller looks at no other pause.
  if (facts.rollout.spec.paused) return { code: 'pause', data, since }
  if (isOfFormerUpdate(facts, condition))
    return { code: 'pause', data: withFields(data, { isOver: true } as const), since }
  if (seconds === undefined) return { code: 'pause', data, since }
  // The pause before the switch is looked at only while all new pods are available.
  if (reason === 'BlueGreenPause' && !newPodsAreReady(facts))
    return { code: 'pause', data: withFields(data, { needsPods: true } as const), since }
  const start = parseTime(since)
  if (start === undefined) return { code: 'pause', data, since }
  const end = start + Math.max(0, seconds)
  if (secondsNow(facts) > end) return { code: 'pause', data: withFields(data, { isOver: true } as const), since }
  return { code: 'pause', data, since, until: formatTime(end) }
}

/** Another template, or other steps: the update begins anew, with its own pauses. */
const isOfFormerUpdate = (facts: Facts, { reason }: PauseCondition): boolean =>
  reason === 'CanaryPauseStep' ? podTemplateOrStepsChanged(facts) : podTemplateChanged(facts)

/** When a pause ends by itself, in seconds after its start; undefined if only a user can end it. */
function pauseLasts(rollout: Rollout, status: RolloutStatus, { reason }: PauseCondition): number | undefined {
  if (reason === 'CanaryPauseStep') {
    const pause = currentStepOf(rollout, status.currentStepIndex)?.step.pause
    return pause ? pauseSecondsOf(pause) : undefined
  }
  const { autoPromotionEnabled, autoPromotionSeconds } = rollout.spec.strategy?.blueGreen ?? {}
  const isAutomatic = reason === 'BlueGreenPause' && autoPromotionEnabled !== false && Boolean(autoPromotionSeconds)
  return isAutomatic ? autoPromotionSeconds : undefined
}
