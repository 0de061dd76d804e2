import type { Invariant } from '../invariant'
import { isDecision, watching } from './steps'

export const planEditTotal: Invariant = {
  id: 'P1',
  sentence: 'the current step is always one of the plan, whatever became of the plan',
  threads: ['KR#309', 'KR#310', 'AR#3674', 'AR#555'],
  start: watching((step) => {
    const { stepIndex, stepCount } = step.now
    if (!isDecision(step) || stepIndex === null) return undefined
    const isWrong = !Number.isInteger(stepIndex) || stepIndex < 0 || stepIndex > stepCount
    return isWrong ? `step ${stepIndex} of ${stepCount}` : undefined
  }),
}
