import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import { reconcileRollout } from '../reconcile'

/** The reducers that a world calls; the tests of the property kit put defective ones in their place. */
export interface Reducers {
  readonly rollout: typeof reconcileRollout
  readonly analysisRun: typeof reconcileAnalysisRun
}

export const ownReducers: Reducers = { rollout: reconcileRollout, analysisRun: reconcileAnalysisRun }
