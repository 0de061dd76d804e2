import type { AnalysisRun } from '../../model/analysis'
import { isCompletedPhase } from '../../model/analysisPhases'
import { commit } from '../turn/commit'
import type { Turn } from '../turn/turn'

/** Terminates runs that still measure. Finished runs, and those already being terminated, are unchanged. */
export function terminateRuns(turn: Turn, runs: readonly (AnalysisRun | undefined)[]): void {
  for (const run of runs) {
    if (!run || run.spec.terminate || isCompletedPhase(run.status?.phase)) continue
    const { name } = run.metadata
    const live = turn.ledger.analysisRuns.find((one) => one.metadata.name === name)
    if (!live || live.spec.terminate) continue
    commit(turn, { kind: 'terminateAnalysisRun', namespace: turn.facts.namespace, name })
  }
}

export function deleteRuns(turn: Turn, runs: readonly AnalysisRun[]): void {
  for (const { metadata } of runs) {
    if (metadata.deletionTimestamp || !turn.ledger.analysisRuns.some((one) => one.metadata.name === metadata.name))
      continue
    commit(turn, { kind: 'deleteAnalysisRun', namespace: turn.facts.namespace, name: metadata.name })
  }
}
