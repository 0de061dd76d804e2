import { judgeRolloutTrace } from '../rolloutTrace'
import type { ConformanceCase, Unit } from '../types'

export const judge = (testCase: ConformanceCase): readonly Unit[] => judgeRolloutTrace(testCase)
