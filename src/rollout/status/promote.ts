import type { ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import { thresholdReached } from '../desired/atDesiredCounts'
import type { Facts } from '../facts/facts'
import { availablePods, deadlineTextOf, revisionOf } from '../facts/replicaSets'
import { isFastRollback, isRollbackWithinWindow } from '../facts/rollback'
import { stepsOf } from '../facts/steps'
import { scaleWorkloadDown } from '../scale/workloadScale'
import { stablePingPongAfterPromotion } from '../services/pingPong'
import type { NextStatus } from '../turn/draft'
import { emit } from '../turn/events'
import type { Flow } from '../turn/flow'
import { clearPauses, isAborted, removeAbort } from '../turn/pauses'
import type { Turn } from '../turn/turn'

/** Why the current ReplicaSet becomes the stable one now; undefined while it must not (behaviour 3.11). */
export function promotionReason(turn: Turn, next: NextStatus): string | undefined {
  if (!turn.facts.stableSet) return 'Initial deploy'
  const { canary, blueGreen } = turn.facts.rollout.spec.strategy ?? {}
  if (canary) return canaryReason(turn)
  return blueGreen ? blueGreenReason(turn, next) : undefined
}

function canaryReason(turn: Turn): string | undefined {
  const fresh = turn.facts.newSet
  const replicas = replicasOf(turn.facts.rollout)
  if (isAborted(turn) || !fresh) return undefined
  if (!turn.facts.semantics.hasPodsToPromote(turn.facts, fresh, replicas)) return undefined
  const urgent = urgentReason(turn.facts)
  if (urgent) return urgent
  const steps = stepsOf(turn.facts.rollout).length
  const allDone = steps === 0 || turn.facts.before.currentStepIndex === steps
  return allDone ? `Completed all ${steps} canary steps` : undefined
}

function blueGreenReason(turn: Turn, next: NextStatus): string | undefined {
  const active = next.blueGreen?.activeSelector ?? ''
  if (active === '') return 'Initial deploy'
  if (active !== next.currentPodHash || turn.draft.targetsUnverified) return undefined
  const urgent = urgentReason(turn.facts)
  if (urgent) return urgent
  if (isAborted(turn)) return undefined
  const { postPromotionAnalysis } = turn.facts.rollout.spec.strategy?.blueGreen ?? {}
  if (postPromotionAnalysis) {
    const waived = turn.facts.semantics.waivesPostPromotion(turn.facts)
    if (waived) return waived
    if (turn.draft.currentRuns.postPromotion?.status?.phase !== 'Successful') return undefined
  }
  return 'Completed blue-green update'
}

/** At least as many pods as `spec.replicas` or the threshold; more are fine. */
export const hasEnoughPods = (facts: Facts, fresh: ReplicaSet, replicas: number): boolean =>
  availablePods(fresh) >= replicas || thresholdReached(facts, fresh, replicas)

/** Up to v1.8 one pod too many blocks the promotion, after a scale-down forever. */
export const hasExactlyAllPods = (_facts: Facts, fresh: ReplicaSet, replicas: number): boolean =>
  availablePods(fresh) === replicas

function urgentReason(facts: Facts): string | undefined {
  if (facts.before.promoteFull) return 'Full promotion requested'
  return facts.semantics.rollbackReason(facts)
}

/** A rollback without any wait. */
export function fastRollbackReason(facts: Facts): string | undefined {
  if (!isFastRollback(facts)) return undefined
  return isRollbackWithinWindow(facts) ? 'Rollback within window' : 'Fast rollback'
}

/** Up to v1.9 only the rollback window skips waits. */
export const windowReason = (facts: Facts): string | undefined =>
  isRollbackWithinWindow(facts) ? 'Rollback within window' : undefined

/**
 * Up to v1.9: a rollback to a ReplicaSet with a scale-down deadline, even a past one, skips post-promotion analysis.
 */
export const deadlineReason = (facts: Facts): string | undefined =>
  deadlineTextOf(facts.newSet) === undefined ? undefined : `Rollback to '${facts.newName ?? ''}' within scaleDownDelay`

/**
 * Makes the current ReplicaSet stable. This runs in every reconcile of an idle, promoted Rollout and changes nothing.
 */
export function promoteStable(turn: Turn, next: NextStatus, reason: string): Flow {
  clearPauses(turn)
  removeAbort(turn)
  next.promoteFull = undefined
  next.blueGreen.scaleUpPreviewCheckPoint = undefined
  if (turn.facts.rollout.spec.strategy?.canary) {
    const steps = stepsOf(turn.facts.rollout).length
    next.currentStepIndex = steps > 0 ? steps : undefined
  }
  if ((next.stableRS ?? '') !== (next.currentPodHash ?? '')) becomeStable(turn, next, reason)
  return scaleDownOnSuccess(turn)
}

function becomeStable(turn: Turn, next: NextStatus, reason: string): void {
  if (turn.facts.rollout.spec.strategy?.canary?.pingPong)
    next.canary.stablePingPong = stablePingPongAfterPromotion(turn.facts)
  turn.semantics.duration.onPromotion(turn, next)
  next.stableRS = next.currentPodHash
  const revision = revisionOf(turn.facts.rollout) ?? 0
  emit(
    turn,
    'RolloutCompleted',
    `Rollout completed update to revision ${revision} (${next.currentPodHash ?? ''}): ${reason}`,
  )
}

/** `scaleDown: onsuccess`: the old Deployment is scaled to 0 once the first revision is healthy. */
function scaleDownOnSuccess(turn: Turn): Flow {
  const ref = turn.facts.rollout.spec.workloadRef
  if (revisionOf(turn.facts.rollout) !== 1 || turn.facts.before.phase !== 'Healthy' || ref?.scaleDown !== 'onsuccess')
    return 'continue'
  return scaleWorkloadDown(turn, 0) ?? 'continue'
}
