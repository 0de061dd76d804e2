import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import { reconcileRollout } from '../reconcile'
import { reconcileSound } from '../rollout/reconcileRollout'

/** The reducers that a world calls; the tests of the property kit put defective ones in their place. */
export interface Reducers {
  readonly rollout: typeof reconcileRollout
  /** The same, for observations that were checked before; absent: all are checked. */
  readonly checkedRollout?: typeof reconcileSound
  readonly analysisRun: typeof reconcileAnalysisRun
}

export const ownReducers: Reducers = {
  rollout: reconcileRollout,
  checkedRollout: reconcileSound,
  analysisRun: reconcileAnalysisRun,
}
