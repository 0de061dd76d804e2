import { controllerOf } from '../../kube/ownerReference'
import type { AnalysisRun } from '../../model/analysis'
import { isCompletedPhase } from '../../model/analysisPhases'
import { currentRuns } from '../../templates/currentRuns'
import type { Turn } from '../turn'

/**
 * Finds the runs of this Rollout: those that it owns, and those that its status names (behaviour 3.3, item 4).
 */
export function claimAnalysisRuns(turn: Turn): void {
  const { before, observed, rollout } = turn
  const here = (observed.analysisRuns ?? []).filter(({ metadata }) => (metadata.namespace ?? '') === turn.namespace)
  const owned = here.filter((run) => controllerOf(run)?.uid === rollout.metadata.uid)
  const named = new Set(
    [
      before.canary?.currentBackgroundAnalysisRunStatus,
      before.canary?.currentStepAnalysisRunStatus,
      before.blueGreen?.prePromotionAnalysisRunStatus,
      before.blueGreen?.postPromotionAnalysisRunStatus,
    ].map((reference) => reference?.name),
  )
  const adopted = here.filter((run) => named.has(run.metadata.name) && !owned.includes(run))
  const runs = [...owned, ...adopted]
  const { current, others } = currentRuns(runs, before)
  turn.analysisRuns = runs
  turn.currentRuns = current
  turn.otherRuns = others
}

/** Ends what still measures. Finished runs, and those that are asked to end already, stay as they are. */
export function terminateRuns(turn: Turn, runs: readonly (AnalysisRun | undefined)[]): void {
  for (const run of runs) {
    if (!run || run.spec.terminate || isCompletedPhase(run.status?.phase)) continue
    const { name } = run.metadata
    const live = turn.analysisRuns.find((one) => one.metadata.name === name)
    if (!live || live.spec.terminate) continue
    turn.changes.push({ kind: 'terminateAnalysisRun', namespace: turn.namespace, name })
    turn.analysisRuns = turn.analysisRuns.map((one) =>
      one === live ? { ...live, spec: { ...live.spec, terminate: true } } : one,
    )
  }
}

export function deleteRuns(turn: Turn, runs: readonly AnalysisRun[]): void {
  for (const { metadata } of runs) {
    if (metadata.deletionTimestamp || !turn.analysisRuns.some((one) => one.metadata.name === metadata.name)) continue
    turn.changes.push({ kind: 'deleteAnalysisRun', namespace: turn.namespace, name: metadata.name })
    turn.analysisRuns = turn.analysisRuns.filter((one) => one.metadata.name !== metadata.name)
  }
}
