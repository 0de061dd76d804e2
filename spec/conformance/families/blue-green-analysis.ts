import { reconcileAnyAsRecorded } from '../anyTrace'
import { judgeTrace } from '../trace'
import type { ConformanceCase, Unit } from '../types'

/** Rollouts with the AnalysisRuns and Experiments that they start, each reconciled in turn. */
export const judge = (testCase: ConformanceCase): readonly Unit[] => judgeTrace(testCase, reconcileAnyAsRecorded)
