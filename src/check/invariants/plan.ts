import type { Invariant } from '../invariant'
import type { StrategyState } from '../state'

function isOutside({ stepIndex, stepCount }: StrategyState): boolean {
  return stepIndex !== null && (!Number.isInteger(stepIndex) || stepIndex < 0 || stepIndex > stepCount)
}

/** The controller may need some turns in the same second to use a new plan. */
const graceSeconds = 1

export const planEditTotal: Invariant = {
  id: 'P1',
  sentence: 'the current step is always one of the plan, whatever became of the plan',
  threads: ['KR#309', 'KR#310', 'AR#3674', 'AR#555'],
  start: () => {
    let since: number | undefined
    return {
      next: (now) => {
        if (!isOutside(now)) since = undefined
        else since ??= now.atSeconds
        if (since === undefined || now.atSeconds <= since + graceSeconds) return undefined
        return `step ${now.stepIndex} of ${now.stepCount} since ${since} s`
      },
    }
  },
}
