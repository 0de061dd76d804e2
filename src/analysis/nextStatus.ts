import type { AnalysisRunStatus, RunSummary } from '../model/analysis'
import { fieldsThat, withFields } from '../model/copies'
import type { Mutable } from '../model/mutable'

/** The status of a new run. */
export const noStatus: AnalysisRunStatus = { phase: '' }

const summaryFields = ['count', 'successful', 'failed', 'inconclusive', 'error'] as const

const sameSummary = (left: RunSummary | undefined, right: RunSummary | undefined): boolean =>
  summaryFields.every((field) => (left?.[field] ?? 0) === (right?.[field] ?? 0))

function sameItems(left: readonly unknown[] | null | undefined, right: readonly unknown[] | null | undefined): boolean {
  const items = right ?? []
  return (left ?? []).length === items.length && items.every((item, index) => item === left?.[index])
}

/** The status with some fields changed. Unchanged values keep their identity, up to the whole status. */
export function writeStatus(observed: AnalysisRunStatus, written: Partial<AnalysisRunStatus>): AnalysisRunStatus {
  const next = withFields(observed, written) as Mutable<AnalysisRunStatus>
  if (sameItems(observed.metricResults, next.metricResults)) next.metricResults = observed.metricResults
  if (sameSummary(observed.runSummary, next.runSummary)) next.runSummary = observed.runSummary
  // Only for this summary an absent one differs from an empty one, because it is a pointer in the controller.
  if (observed.dryRunSummary && sameSummary(observed.dryRunSummary, next.dryRunSummary))
    next.dryRunSummary = observed.dryRunSummary
  const fields = Object.keys(next) as (keyof AnalysisRunStatus)[]
  if (fields.every((field) => next[field] === observed[field])) return observed
  return fieldsThat(next, (_, value) => value !== undefined) as AnalysisRunStatus
}
