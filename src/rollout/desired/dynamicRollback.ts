import { replicasOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { isFullyPromoted } from '../facts/health'
import { availablePods, podHash } from '../facts/replicaSets'

/**
 * With dynamic stable scale, a rollback to the stable template finds too few stable pods, so traffic goes back step by
 * step. Returns the hash of the canary that loses the traffic (AR#3020), or undefined if there is no such rollback.
 */
export function dynamicRollbackHash(facts: Facts): string | undefined {
  const canary = facts.rollout.spec.strategy?.canary
  const weights = facts.before.canary?.weights
  if (!canary?.trafficRouting || !canary.dynamicStableScale || !weights || !isFullyPromoted(facts.before))
    return undefined
  const leaving = weights.canary.podTemplateHash ?? ''
  const fresh = facts.newSet
  if (leaving === podHash(fresh) || availablePods(fresh) >= replicasOf(facts.rollout)) return undefined
  return leaving
}
