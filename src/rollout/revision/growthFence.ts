import type { ReplicaSet } from '../../model/workload'
import { revisionHistoryLimitOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { isOwnedBy } from '../facts/owner'
import { podHash } from '../facts/replicaSets'
import type { Problem } from '../turn/flow'

/** Made by this Rollout and let go again, because its selector does not pick it. */
const isNamedByUs = (facts: Facts, set: ReplicaSet): boolean => set.metadata.name === `${facts.name}-${podHash(set)}`

/** A sound Rollout has its history and a handful beside it. */
const mostBesideHistory = 100
const longestHistory = 10_000

/** Of the problem, and of the blocker that tells it. */
export const growthCode = 'too-many-objects'

/**
 * A Rollout that does not find what it has made makes it again in every reconcile. Upstream has no end to that; here a Rollout
 * that has 100 ReplicaSets beside those that its history may keep (`revisionHistoryLimit`, at most 10,000 of them) gets no more.
 */
export function growthProblem(facts: Facts): Problem | undefined {
  const count = facts.observed.replicaSets.filter((set) => isOwnedBy(facts, set) || isNamedByUs(facts, set)).length
  const history = Math.min(Math.max(0, revisionHistoryLimitOf(facts.rollout)), longestHistory)
  if (count < history + mostBesideHistory) return undefined
  const error = `the Rollout has ${count} ReplicaSets already, ${mostBesideHistory} more than its history keeps: no more are created`
  return { error, code: growthCode, path: 'spec' }
}
