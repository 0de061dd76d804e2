import type { AnalysisRunStatus, RunSummary } from '../model/analysis'

/** Before anything happened. */
export const noStatus: AnalysisRunStatus = { phase: '' }

const summaryFields = ['count', 'successful', 'failed', 'inconclusive', 'error'] as const

const sameSummary = (left: RunSummary | undefined, right: RunSummary | undefined): boolean =>
  summaryFields.every((field) => (left?.[field] ?? 0) === (right?.[field] ?? 0))

function sameItems(left: readonly unknown[] | null | undefined, right: readonly unknown[] | null | undefined): boolean {
  const items = right ?? []
  return (left ?? []).length === items.length && items.every((item, index) => item === left?.[index])
}

/** The status with some fields written. What stays the same is the same object, up to the whole status. */
export function writeStatus(observed: AnalysisRunStatus, written: Partial<AnalysisRunStatus>): AnalysisRunStatus {
  const next = { ...observed, ...written }
  if (sameItems(observed.metricResults, next.metricResults)) next.metricResults = observed.metricResults
  if (sameSummary(observed.runSummary, next.runSummary)) next.runSummary = observed.runSummary
  // One that is missing differs from an empty one, for this summary only: the controller keeps it behind a pointer.
  if (observed.dryRunSummary && sameSummary(observed.dryRunSummary, next.dryRunSummary))
    next.dryRunSummary = observed.dryRunSummary
  const fields = Object.keys(next) as (keyof AnalysisRunStatus)[]
  if (fields.every((field) => next[field] === observed[field])) return observed
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as typeof next
}
