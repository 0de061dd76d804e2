import type { AnalysisRun } from '../../model/analysis'
import type { Experiment } from '../../model/experiment'
import type { Issue } from '../../model/issue'
import type { Pod, ReplicaSet } from '../../model/workload'
import { analysisIcon } from '../icons'
import type { ExperimentView } from '../rolloutView'
import { analysisRunViewsOf } from './analysisRuns'
import { byCreation, byName, isOwnedBy, revisionOf, viewMetaOf } from './meta'
import { replicaSetViewsOf } from './replicaSets'

export interface Below {
  readonly replicaSets: readonly ReplicaSet[]
  readonly pods: readonly Pod[]
  readonly analysisRuns: readonly AnalysisRun[]
}

/**
 * The Experiments of a Rollout: the newest revision first, in it the oldest first. (Upstream's comparison contradicts
 * itself where an older revision has an older Experiment; the tree shows revisions apart, so nobody sees it.)
 */
export const experimentViewsOf = (
  ownerUid: string | undefined,
  experiments: readonly Experiment[],
  below: Below,
): readonly ExperimentView[] =>
  experiments
    .filter(({ metadata }) => isOwnedBy(ownerUid, metadata))
    .map((experiment) => experimentView(experiment, below, []))
    .sort(
      (left, right) =>
        right.revision - left.revision ||
        byCreation(left.objectMeta, right.objectMeta) ||
        byName(left.objectMeta, right.objectMeta),
    )

export function experimentView(
  { metadata, status = {} }: Experiment,
  { replicaSets, pods, analysisRuns }: Below,
  issues: readonly Issue[],
): ExperimentView {
  const phase = status.phase ?? ''
  return {
    objectMeta: viewMetaOf(metadata),
    status: phase,
    message: status.message ?? '',
    icon: analysisIcon(phase),
    revision: revisionOf(metadata),
    replicaSets: replicaSetViewsOf({ uid: metadata.uid }, replicaSets, pods),
    analysisRuns: analysisRunViewsOf(metadata.uid, analysisRuns),
    issues,
  }
}
