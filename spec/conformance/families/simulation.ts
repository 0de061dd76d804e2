import { judgeSimulation } from '../simulationTrace'
import type { ConformanceCase, Unit } from '../types'

/** Recorded in a world that knows whole seconds only. */
export const judge = (testCase: ConformanceCase): readonly Unit[] => judgeSimulation(testCase, { wholeSeconds: true })
