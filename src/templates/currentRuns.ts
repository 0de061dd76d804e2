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
  const current: Mutable<CurrentRuns> = {}
  const others: AnalysisRun[] = []
  for (const run of runs) {
    const role = roleOf(run.metadata.name, status)
    if (role) current[role] = run
    else others.push(run)
  }
  return { current, others }
}

/** The first field of the status that names this run. */
function roleOf(name: string, status: Parameters<typeof currentRuns>[1]): keyof CurrentRuns | undefined {
  const { canary, blueGreen } = status ?? {}
  if (name === (canary?.currentStepAnalysisRunStatus?.name ?? '')) return 'step'
  if (name === (canary?.currentBackgroundAnalysisRunStatus?.name ?? '')) return 'background'
  if (name === (blueGreen?.prePromotionAnalysisRunStatus?.name ?? '')) return 'prePromotion'
  return name === (blueGreen?.postPromotionAnalysisRunStatus?.name ?? '') ? 'postPromotion' : undefined
}

/** All of them, in the order in which the controller goes through them. */
export const listCurrentRuns = (current: CurrentRuns): readonly AnalysisRun[] =>
  [current.postPromotion, current.prePromotion, current.step, current.background].filter((run) => run !== undefined)
