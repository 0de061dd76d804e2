import type { ReplicaSet } from '../../model/workload'
import { revisionHistoryLimitOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { isOwnedBy } from '../facts/owner'
import { podHash } from '../facts/replicaSets'
import type { Problem } from '../turn/flow'

/** Created by this Rollout and released again, because its selector does not pick it. */
const isNamedByUs = (facts: Facts, set: ReplicaSet): boolean => set.metadata.name === `${facts.name}-${podHash(set)}`

/** A healthy Rollout has its history and a few more ReplicaSets. */
const mostBesideHistory = 100
const longestHistory = 10_000

/** The code of the problem and of its blocker. */
export const growthCode = 'too-many-objects'

/**
 * A Rollout that does not find its own ReplicaSet creates another one in every reconcile. Upstream does that without
 * end. Here a Rollout gets no more ReplicaSets once it has 100 in addition to its history (`revisionHistoryLimit`, at
 * most 10,000).
 */
export function growthProblem(facts: Facts): Problem | undefined {
  const count = facts.observed.replicaSets.filter((set) => isOwnedBy(facts, set) || isNamedByUs(facts, set)).length
  const history = Math.min(Math.max(0, revisionHistoryLimitOf(facts.rollout)), longestHistory)
  if (count < history + mostBesideHistory) return undefined
  const error = `the Rollout has ${count} ReplicaSets already, ${mostBesideHistory} more than its history keeps: no more are created`
  return { error, code: growthCode, path: 'spec' }
}
