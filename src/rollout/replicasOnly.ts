import type { ReplicaSet } from '../model/workload'
import { replicasOf } from './defaults'
import type { Facts } from './facts/facts'
import { availablePods, createdPods, desiredReplicasOf, setWithHash, sumOf, wantedPods } from './facts/replicaSets'
import { syncRevision } from './revision/revision'
import { scaleBlueGreen } from './scale/blueGreenScale'
import { scaleCanary } from './scale/scaleCanary'
import { serviceNamed } from './services/serviceSwitch'
import { persistStatus } from './status/persist'
import { nextStatusFrom } from './turn/draft'
import { type Flow, isProblem, type Problem } from './turn/flow'
import type { Turn } from './turn/turn'

/** `spec.replicas` changed since new or stable were last synced (behaviour 3.5.3). */
export function isScalingEvent(facts: Facts): boolean {
  return facts.semantics.setsThatTellScaling(facts).some((set) => {
    const desired = set && wantedPods(set) > 0 ? desiredReplicasOf(set) : undefined
    return desired !== undefined && desired !== replicasOf(facts.rollout)
  })
}

/** Intermediate revisions never get a new annotation, so they would report a scaling event forever. */
export const newAndStable = (facts: Facts): (ReplicaSet | undefined)[] => [facts.newSet, facts.stableSet]

/** v1.7: they do. */
export const everySet = (facts: Facts): readonly ReplicaSet[] => facts.replicaSets

/** Only sizes change: Services, traffic, analysis and steps wait for the next reconcile. */
export function syncReplicasOnly(turn: Turn): Flow {
  const { canary, blueGreen } = turn.facts.rollout.spec.strategy ?? {}
  syncRevision(turn)
  const next = nextStatusFrom(turn.facts.before)
  if (blueGreen) {
    const named = blueGreen.previewService
      ? [blueGreen.previewService, blueGreen.activeService]
      : [blueGreen.activeService]
    if (named.some((name) => !serviceNamed(turn.facts, name))) return 'done'
    const flow = scaleBlueGreen(turn)
    if (isProblem(flow)) return whileScaling(flow, 'reconcileBlueGreenReplicaSets')
    const active = setWithHash(turn.facts, turn.facts.before.blueGreen?.activeSelector ?? '')
    next.HPAReplicas = active ? createdPods(active) : sumOf(turn.facts.replicaSets, createdPods)
    next.availableReplicas = active ? availablePods(active) : sumOf(turn.facts.replicaSets, availablePods)
  }
  if (canary) {
    const scaled = scaleCanary(turn)
    if (isProblem(scaled)) return whileScaling(scaled, 'reconcileCanaryReplicaSets')
    next.HPAReplicas = sumOf(turn.facts.replicaSets, createdPods)
    next.availableReplicas = sumOf(turn.facts.replicaSets, availablePods)
  }
  persistStatus(turn, next)
  return 'done'
}

const whileScaling = (problem: Problem, stage: string): Problem => ({
  ...problem,
  error: `failed to ${stage} in syncReplicasOnly: ${problem.error}`,
})
