import { replicasOf } from './defaults'
import { persistStatus } from './persist'
import { availablePods, createdPods, desiredReplicasOf, newSet, stableSet, sumOf, wantedPods } from './replicaSets'
import { syncRevision } from './revision'
import { scaleCanary } from './scaleCanary'
import type { Flow, NextStatus, Turn } from './turn'

/** `spec.replicas` changed since new or stable were last synced (behaviour 3.5.3). */
export function isScalingEvent(turn: Turn): boolean {
  return [newSet(turn), stableSet(turn)].some((set) => {
    const desired = set && wantedPods(set) > 0 ? desiredReplicasOf(set) : undefined
    return desired !== undefined && desired !== replicasOf(turn.rollout)
  })
}

/** Sizes only: services, traffic, analysis and steps wait for the next reconcile. */
export function syncCanaryReplicasOnly(turn: Turn): Flow {
  syncRevision(turn)
  scaleCanary(turn)
  const next: NextStatus = {
    ...turn.before,
    availableReplicas: sumOf(turn.replicaSets, availablePods),
    HPAReplicas: sumOf(turn.replicaSets, createdPods),
  }
  persistStatus(turn, next)
  return 'done'
}
