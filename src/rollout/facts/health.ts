import type { Rollout } from '../../model/rollout'
import type { RolloutStatus } from '../../model/rolloutStatus'
import { parseTime } from '../../model/time'
import { progressDeadlineSecondsOf, replicasOf } from '../defaults'
import { secondsNow } from './clock'
import { conditionOf } from './conditionList'
import type { Facts } from './facts'
import { deadlineTextOf } from './replicaSets'
import { currentStepOf, stepsOf } from './steps'

// behaviour 3.21

export const isFullyPromoted = (status: RolloutStatus): boolean =>
  (status.stableRS ?? '') === (status.currentPodHash ?? '')

/** The stable ReplicaSet is the current one. */
export const isCompleted = (status: RolloutStatus): boolean => !!status.stableRS && isFullyPromoted(status)

/** All pods are new, available and get the traffic, and no old pods are left. */
export function isHealthy(rollout: Rollout, before: RolloutStatus, next: RolloutStatus): boolean {
  const replicas = replicasOf(rollout)
  return (
    (next.updatedReplicas ?? 0) === replicas &&
    (next.availableReplicas ?? 0) === replicas &&
    (before.observedGeneration ?? '') === String(rollout.metadata.generation ?? 0) &&
    strategyIsDone(rollout, next)
  )
}

function strategyIsDone(rollout: Rollout, next: RolloutStatus): boolean {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  if (canary) {
    const steps = stepsOf(rollout).length
    const allStepsDone = steps === 0 || next.currentStepIndex === undefined || next.currentStepIndex === steps
    return allStepsDone && isCompleted(next) && (next.replicas ?? 0) === replicasOf(rollout)
  }
  if (!blueGreen) return true
  const current = next.currentPodHash ?? ''
  if ((next.blueGreen?.activeSelector ?? '') !== current) return false
  return !blueGreen.previewService || (next.blueGreen?.previewSelector ?? '') === current
}

/** There was progress since the last status. Losing pods is no progress. */
export function isProgressing(rollout: Rollout, before: RolloutStatus, next: RolloutStatus): boolean {
  return (
    count(next.updatedReplicas) !== count(before.updatedReplicas) ||
    oldPods(next) < oldPods(before) ||
    count(next.readyReplicas) > count(before.readyReplicas) ||
    count(next.availableReplicas) > count(before.availableReplicas) ||
    strategyProgressed(rollout, before, next)
  )
}

const count = (value: number | undefined): number => value ?? 0
const oldPods = (status: RolloutStatus): number => count(status.replicas) - count(status.updatedReplicas)

function strategyProgressed(rollout: Rollout, before: RolloutStatus, next: RolloutStatus): boolean {
  const changed = (read: (status: RolloutStatus) => string | undefined): boolean =>
    (read(before) ?? '') !== (read(next) ?? '')
  if (rollout.spec.strategy?.canary) {
    const [from, to] = [before.currentStepIndex, next.currentStepIndex]
    const stepped = from !== undefined && to !== undefined && from !== to
    return stepped || changed((status) => status.stableRS) || changed((status) => status.currentStepHash)
  }
  if (!rollout.spec.strategy?.blueGreen) return false
  return changed((status) => status.blueGreen?.activeSelector) || changed((status) => status.blueGreen?.previewSelector)
}

/** No sign of progress for longer than the deadline. */
export function hasTimedOut(facts: Facts, status: RolloutStatus): boolean {
  const progressing = conditionOf(status.conditions, 'Progressing')
  if (!progressing || facts.semantics.standsStill(progressing.reason)) return false
  if (progressing.reason === 'ProgressDeadlineExceeded') return true
  const from = parseTime(progressing.lastUpdateTime) ?? Number.NEGATIVE_INFINITY
  return from + progressDeadlineSecondsOf(facts.rollout) < secondsNow(facts)
}

/** An aborted or paused update needs no progress. */
export const isAbortedOrPaused = (reason: string | undefined): boolean =>
  reason === 'RolloutAborted' || reason === 'RolloutPaused'

/** v1.7: a paused one times out. */
export const isAbortedOnly = (reason: string | undefined): boolean => reason === 'RolloutAborted'

/** Steps without a deadline: experiment, analysis, pause; and a paused blue-green (not in v1.7). */
export function isIndefiniteStep(facts: Facts): boolean {
  const step = currentStepOf(facts.rollout, facts.before.currentStepIndex)?.step
  if (step && (step.experiment || step.analysis || step.pause)) return true
  return facts.semantics.pausesHoldTheClock && conditionOf(facts.before.conditions, 'Paused')?.status === 'True'
}

/** Old ReplicaSets that wait for their deadline stop the progress clock. */
export const waitsForScaleDown = (facts: Facts): boolean =>
  facts.otherSets.some((set) => deadlineTextOf(set) !== undefined)
