import type { Turn } from '../turn'
import { pauseConditionOf } from './pauseLedger'

/** A person paused the spec, or an analysis is inconclusive: pods and switches stay as they are (behaviour 3.6). */
export const progressIsHalted = (turn: Turn): boolean =>
  turn.rollout.spec.paused === true || pauseConditionOf(turn, 'InconclusiveAnalysisRun') !== undefined
