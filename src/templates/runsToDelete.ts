import { ownValue } from '../model/json'
import { podTemplateHashLabel } from '../model/labelKeys'
import type { ObjectMeta } from '../model/meta'
import { parseTime } from '../model/time'
import type { ReplicaSet } from '../model/workload'

/** An AnalysisRun or an Experiment: its role, age and end count. */
export interface EndingObject {
  readonly metadata: ObjectMeta
  readonly status?: { readonly phase?: string }
}

export interface RunHistoryLimits {
  readonly successful: number
  readonly unsuccessful: number
}

/**
 * The runs or Experiments that are no longer needed, newest first: those without a pod template hash, those whose
 * ReplicaSet is gone or being deleted, and finished ones beyond the limits (behaviour 3.13 "After"). Unfinished ones of
 * a living ReplicaSet stay.
 */
export function runsToDelete<Run extends EndingObject>(
  runs: readonly Run[],
  replicaSets: readonly Pick<ReplicaSet, 'metadata'>[],
  limits: RunHistoryLimits,
): readonly Run[] {
  if (runs.length === 0) return runs
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

function outcomeOf({ status }: EndingObject): keyof RunHistoryLimits | undefined {
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

function newestFirst<Run extends EndingObject>(runs: readonly Run[]): readonly Run[] {
  return runs
    .map((run) => ({ run, createdSeconds: parseTime(run.metadata.creationTimestamp) ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => (a.createdSeconds === b.createdSeconds ? 0 : b.createdSeconds - a.createdSeconds))
    .map(({ run }) => run)
}
