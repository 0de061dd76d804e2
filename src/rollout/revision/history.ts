import { podTemplateHashLabel } from '../../model/labelKeys'
import type { ObjectMeta } from '../../model/meta'
import type { ReplicaSet } from '../../model/workload'
import { deleteRuns } from '../analysis/runs'
import { revisionHistoryLimitOf } from '../defaults'
import { deleteExperiments } from '../experiment/experiments'
import { byCreation, createdPods, podHash, wantedPods } from '../facts/replicaSets'
import { commit } from '../turn/commit'
import type { Turn } from '../turn/turn'

/**
 * Deletes old ReplicaSets beyond the limit (behaviour 3.19). Only the oldest ones above the limit are considered: if
 * those still have pods, no others are deleted instead.
 */
export function trimHistory(turn: Turn): void {
  const alive = turn.facts.otherSets.filter((set) => !set.metadata.deletionTimestamp)
  const excess = alive.length - revisionHistoryLimitOf(turn.facts.rollout)
  if (excess <= 0) return
  for (const set of alive.sort(byCreation).slice(0, excess)) {
    if (!isAtRest(set)) continue
    commit(turn, { kind: 'deleteReplicaSet', namespace: turn.facts.namespace, name: set.metadata.name })
    deleteRunsOf(turn, podHash(set))
  }
}

const isAtRest = (set: ReplicaSet): boolean =>
  createdPods(set) === 0 &&
  wantedPods(set) === 0 &&
  (set.metadata.generation ?? 0) <= (set.status?.observedGeneration ?? 0)

/** The runs and Experiments of a revision are deleted with it. */
function deleteRunsOf(turn: Turn, hash: string): void {
  const ofRevision = ({ metadata }: { readonly metadata: ObjectMeta }): boolean =>
    hash !== '' && metadata.labels?.[podTemplateHashLabel] === hash
  deleteRuns(turn, turn.facts.otherRuns.filter(ofRevision))
  deleteExperiments(turn, turn.facts.otherExperiments.filter(ofRevision))
}
