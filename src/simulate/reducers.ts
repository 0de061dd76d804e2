import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import { reconcileRollout } from '../reconcile'
import { reconcileSound } from '../rollout/reconcileRollout'

/** The reducers that a world calls; the tests of the property kit put defective ones in their place. */
export interface Reducers {
  readonly rollout: typeof reconcileRollout
  readonly analysisRun: typeof reconcileAnalysisRun
}

export const ownReducers: Reducers = {
  rollout: reconcileRollout,
  analysisRun: reconcileAnalysisRun,
}

/**
 * The same reducer for observations that were checked before. Another reducer than ours has none and decides every
 * time: otherwise a defective one would decide only some of the reconciles, and ours the others.
 */
export const checkedReducerOf = ({ rollout }: Reducers): typeof reconcileSound | undefined =>
  rollout === reconcileRollout ? reconcileSound : undefined
