import type { Rollout } from '../model/rollout'
import { currentStepOf, pauseSecondsOf } from '../rollout/facts/steps'
import { wellFormedRollout } from '../rollout/validation/wellFormed'

/** The command that the Rollout waits for; undefined if it waits for time or for nothing. */
export const waitsForPerson = (given: Rollout): 'promote' | 'resume' | undefined =>
  mayWait(given) ? commandOf(wellFormedRollout(given)) : undefined

/** The same for a Rollout that is known to be well-formed. */
export const checkedWaitsForPerson = (rollout: Rollout): 'promote' | 'resume' | undefined =>
  mayWait(rollout) ? commandOf(rollout) : undefined

/** Most wait for nothing, and this is asked every second. */
const mayWait = ({ spec, status }: Rollout): boolean => Boolean(spec?.paused || status?.pauseConditions)

function commandOf(rollout: Rollout): 'promote' | 'resume' | undefined {
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
