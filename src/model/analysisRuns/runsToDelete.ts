import type { AnalysisRun } from '../analysis'
import { ownValue } from '../json'
import { podTemplateHashLabel } from '../names'
import { parseTime } from '../time'
import type { ReplicaSet } from '../workload'

export interface RunHistoryLimits {
  readonly successful: number
  readonly unsuccessful: number
}

/**
 * The runs that nobody needs any more, newest first: those without a pod template hash, those whose ReplicaSet is gone or
 * being deleted, and finished ones beyond the limits (behaviour 3.13 "After"). Unfinished ones of a living ReplicaSet stay.
 */
export function runsToDelete(
  runs: readonly AnalysisRun[],
  replicaSets: readonly Pick<ReplicaSet, 'metadata'>[],
  limits: RunHistoryLimits,
): readonly AnalysisRun[] {
  const isDying = new Map<string, boolean>()
  for (const { metadata } of replicaSets) {
    const hash = ownValue(metadata.labels, podTemplateHashLabel)
    if (hash !== undefined) isDying.set(hash, Boolean(metadata.deletionTimestamp))
  }
  const left = { ...limits }
  return newestFirst(runs).filter((run) => {
    const hash = ownValue(run.metadata.labels, podTemplateHashLabel)
    if (hash === undefined || isDying.get(hash) !== false) return true
    const outcome = outcomeOf(run)
    return outcome !== undefined && left[outcome]-- <= 0
  })
}

function outcomeOf({ status }: AnalysisRun): keyof RunHistoryLimits | undefined {
  switch (status?.phase) {
    case 'Successful':
      return 'successful'
    case 'Failed':
    case 'Error':
    case 'Inconclusive':
      return 'unsuccessful'
    default:
      return undefined
  }
}

function newestFirst(runs: readonly AnalysisRun[]): readonly AnalysisRun[] {
  return runs
    .map((run) => ({ run, createdSeconds: parseTime(run.metadata.creationTimestamp) ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => (a.createdSeconds === b.createdSeconds ? 0 : b.createdSeconds - a.createdSeconds))
    .map(({ run }) => run)
}
