import type { Rollout } from '../model/rollout'
import { currentStepOf, pauseSecondsOf } from '../rollout/facts/steps'
import { wellFormedRollout } from '../rollout/validation/wellFormed'

/**
 * The command that the Rollout waits for; undefined if it waits for time or for nothing. `isChecked`: it is known to be
 * well-formed.
 */
export function waitsForPerson(given: Rollout, isChecked = false): 'promote' | 'resume' | undefined {
  // Most wait for nothing, and this is asked every second.
  if (!given.spec?.paused && !given.status?.pauseConditions) return undefined
  const rollout = isChecked ? given : wellFormedRollout(given)
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
