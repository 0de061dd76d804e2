import { replicasOf } from '../defaults'
import { availablePods, newSet, podHash } from '../pods/replicaSets'
import { isFullyPromoted } from '../status/health'
import type { Turn } from '../turn'

/**
 * With dynamic stable scale a return to the stable template finds too few stable pods: traffic goes back step by step.
 * Returns the hash of the canary that traffic leaves (AR#3020); undefined where no such rollback is going on.
 */
export function dynamicRollbackHash(turn: Turn): string | undefined {
  const canary = turn.rollout.spec.strategy?.canary
  const weights = turn.before.canary?.weights
  if (!canary?.trafficRouting || !canary.dynamicStableScale || !weights || !isFullyPromoted(turn.before))
    return undefined
  const leaving = weights.canary.podTemplateHash ?? ''
  const fresh = newSet(turn)
  if (leaving === podHash(fresh) || availablePods(fresh) >= replicasOf(turn.rollout)) return undefined
  return leaving
}
