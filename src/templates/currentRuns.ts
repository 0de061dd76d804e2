import type { AnalysisRun } from '../model/analysis'
import type { Mutable } from '../model/mutable'
import type { RolloutStatus } from '../model/rolloutStatus'

/** The runs that a Rollout's status names. */
export interface CurrentRuns {
  readonly step?: AnalysisRun
  readonly background?: AnalysisRun
  readonly prePromotion?: AnalysisRun
  readonly postPromotion?: AnalysisRun
}

/**
 * A Rollout's runs that its status names, and the others in order (behaviour 3.13). A name that is in several places
 * counts for the first of step, background, pre-promotion and post-promotion; of several runs with the same name the
 * last counts.
 */
export function currentRuns(
  runs: readonly AnalysisRun[],
  status: Pick<RolloutStatus, 'canary' | 'blueGreen'> | undefined,
): { readonly current: CurrentRuns; readonly others: readonly AnalysisRun[] } {
  const names: readonly (readonly [keyof CurrentRuns, string])[] = [
    ['step', status?.canary?.currentStepAnalysisRunStatus?.name ?? ''],
    ['background', status?.canary?.currentBackgroundAnalysisRunStatus?.name ?? ''],
    ['prePromotion', status?.blueGreen?.prePromotionAnalysisRunStatus?.name ?? ''],
    ['postPromotion', status?.blueGreen?.postPromotionAnalysisRunStatus?.name ?? ''],
  ]
  const current: Mutable<CurrentRuns> = {}
  const others = runs.filter((run) => {
    const role = names.find(([, name]) => name === run.metadata.name)?.[0]
    if (role) current[role] = run
    return !role
  })
  return { current, others }
}

/** All of them, in the order in which the controller goes through them. */
export const listCurrentRuns = (current: CurrentRuns): readonly AnalysisRun[] =>
  [current.postPromotion, current.prePromotion, current.step, current.background].filter((run) => run !== undefined)
