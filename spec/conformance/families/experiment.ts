import { reconcileAnyAsRecorded } from '../anyTrace'
import { judgeTrace } from '../trace'
import type { ConformanceCase, Unit } from '../types'

export const judge = (testCase: ConformanceCase): readonly Unit[] => judgeTrace(testCase, reconcileAnyAsRecorded)
