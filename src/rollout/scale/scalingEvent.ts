import type { ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import {
  availablePods,
  createdPods,
  desiredReplicasOf,
  newSet,
  stableSet,
  sumOf,
  wantedPods,
} from '../pods/replicaSets'
import { syncRevision } from '../revision/revision'
import { serviceNamed } from '../services/serviceSwitch'
import { setWithHash } from '../status/conditions'
import { persistStatus } from '../status/persist'
import { type Flow, isProblem, type NextStatus, type Problem, type Turn } from '../turn'
import { scaleBlueGreen } from './blueGreenScale'
import { scaleCanary } from './scaleCanary'

/** `spec.replicas` changed since new or stable were last synced (behaviour 3.5.3). */
export function isScalingEvent(turn: Turn): boolean {
  return turn.semantics.setsThatTellScaling(turn).some((set) => {
    const desired = set && wantedPods(set) > 0 ? desiredReplicasOf(set) : undefined
    return desired !== undefined && desired !== replicasOf(turn.rollout)
  })
}

/** In between revisions are never annotated anew: they would tell of a scaling event for ever. */
export const newAndStable = (turn: Turn): (ReplicaSet | undefined)[] => [newSet(turn), stableSet(turn)]

/** v1.7: they do. */
export const everySet = (turn: Turn): readonly ReplicaSet[] => turn.replicaSets

/** Sizes only: services, traffic, analysis and steps wait for the next reconcile. */
export function syncReplicasOnly(turn: Turn): Flow {
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  syncRevision(turn)
  const next: NextStatus = { ...turn.before }
  if (blueGreen) {
    const named = blueGreen.previewService
      ? [blueGreen.previewService, blueGreen.activeService]
      : [blueGreen.activeService]
    if (named.some((name) => !serviceNamed(turn, name))) return 'done'
    const flow = scaleBlueGreen(turn)
    if (isProblem(flow)) return whileScaling(flow, 'reconcileBlueGreenReplicaSets')
    const active = setWithHash(turn, turn.before.blueGreen?.activeSelector ?? '')
    next.HPAReplicas = active ? createdPods(active) : sumOf(turn.replicaSets, createdPods)
    next.availableReplicas = active ? availablePods(active) : sumOf(turn.replicaSets, availablePods)
  }
  if (canary) {
    const scaled = scaleCanary(turn)
    if (isProblem(scaled)) return whileScaling(scaled, 'reconcileCanaryReplicaSets')
    next.HPAReplicas = sumOf(turn.replicaSets, createdPods)
    next.availableReplicas = sumOf(turn.replicaSets, availablePods)
  }
  persistStatus(turn, next)
  return 'done'
}

const whileScaling = (problem: Problem, stage: string): Problem => ({
  ...problem,
  error: `failed to ${stage} in syncReplicasOnly: ${problem.error}`,
})
