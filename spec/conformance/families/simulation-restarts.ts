import { judgeSimulation } from '../simulationTrace'
import type { ConformanceCase, Unit } from '../types'

/** Recorded with a clock as in life. */
export const judge = (testCase: ConformanceCase): readonly Unit[] => judgeSimulation(testCase, {})
