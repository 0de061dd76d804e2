import type { Rollout } from '../model/rollout'
import { currentStepOf, pauseSecondsOf } from '../rollout/facts/steps'

/** The command that the Rollout waits for; undefined if it waits for time or for nothing. */
export function waitsForPerson(rollout: Rollout): 'promote' | 'resume' | undefined {
  const { spec, status = {} } = rollout
  if (spec.paused) return 'resume'
  const isWaiting = (status.pauseConditions ?? []).some(({ reason }) => {
    if (reason === 'BlueGreenPause') {
      const { autoPromotionEnabled, autoPromotionSeconds } = spec.strategy?.blueGreen ?? {}
      return autoPromotionEnabled === false || !autoPromotionSeconds
    }
    if (reason !== 'CanaryPauseStep') return true
    const pause = currentStepOf(rollout, status.currentStepIndex)?.step.pause
    return pause !== undefined && pause !== null && pauseSecondsOf(pause) === undefined
  })
  return isWaiting ? 'promote' : undefined
}
