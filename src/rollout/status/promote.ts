import type { ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import { clearPauses, isAborted, removeAbort } from '../pause/pauseLedger'
import { availablePods, deadlineTextOf, newSet, revisionOf, stableSet } from '../pods/replicaSets'
import { isFastRollback, isRollbackWithinWindow } from '../revision/rollback'
import { thresholdReached } from '../scale/atDesiredCounts'
import { scaleWorkloadDown } from '../scale/workloadScale'
import { stepsOf } from '../steps/steps'
import { emit, type Flow, type NextStatus, type Turn } from '../turn'

/** Why the current ReplicaSet becomes the stable one now; undefined while it must not yet (behaviour 3.11). */
export function promotionReason(turn: Turn, next: NextStatus): string | undefined {
  if (!stableSet(turn)) return 'Initial deploy'
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  if (canary) return canaryReason(turn)
  return blueGreen ? blueGreenReason(turn, next) : undefined
}

function canaryReason(turn: Turn): string | undefined {
  const fresh = newSet(turn)
  const replicas = replicasOf(turn.rollout)
  if (isAborted(turn) || !fresh) return undefined
  if (!turn.semantics.hasPodsToPromote(turn, fresh, replicas)) return undefined
  const urgent = urgentReason(turn)
  if (urgent) return urgent
  const steps = stepsOf(turn.rollout).length
  const allDone = steps === 0 || turn.before.currentStepIndex === steps
  return allDone ? `Completed all ${steps} canary steps` : undefined
}

function blueGreenReason(turn: Turn, next: NextStatus): string | undefined {
  const active = next.blueGreen?.activeSelector ?? ''
  if (active === '') return 'Initial deploy'
  if (active !== next.currentPodHash || turn.targetsUnverified) return undefined
  const urgent = urgentReason(turn)
  if (urgent) return urgent
  if (isAborted(turn)) return undefined
  const { postPromotionAnalysis } = turn.rollout.spec.strategy?.blueGreen ?? {}
  if (postPromotionAnalysis) {
    const waived = turn.semantics.waivesPostPromotion(turn)
    if (waived) return waived
    if (turn.currentRuns.postPromotion?.status?.phase !== 'Successful') return undefined
  }
  return 'Completed blue-green update'
}

/** As many pods as replicas, or as the threshold asks for; more than that do no harm. */
export const hasEnoughPods = (turn: Turn, fresh: ReplicaSet, replicas: number): boolean =>
  availablePods(fresh) >= replicas || thresholdReached(turn, fresh, replicas)

/** Until v1.8 a pod too many holds the promotion up, after a scale-down for ever. */
export const hasExactlyAllPods = (_turn: Turn, fresh: ReplicaSet, replicas: number): boolean =>
  availablePods(fresh) === replicas

function urgentReason(turn: Turn): string | undefined {
  if (turn.before.promoteFull) return 'Full promotion requested'
  return turn.semantics.rollbackReason(turn)
}

/** A rollback that waits for nothing. */
export function fastRollbackReason(turn: Turn): string | undefined {
  if (!isFastRollback(turn)) return undefined
  return isRollbackWithinWindow(turn) ? 'Rollback within window' : 'Fast rollback'
}

/** Until v1.9 only the window hurries a promotion. */
export const windowReason = (turn: Turn): string | undefined =>
  isRollbackWithinWindow(turn) ? 'Rollback within window' : undefined

/** Until v1.9: back to a ReplicaSet that carries a scale-down deadline, be it over, post-promotion analysis is waived. */
export const deadlineReason = (turn: Turn): string | undefined =>
  deadlineTextOf(newSet(turn)) === undefined ? undefined : `Rollback to '${turn.newName ?? ''}' within scaleDownDelay`

/** Makes the current ReplicaSet stable. On an idle, promoted Rollout this runs every time and changes nothing. */
export function promoteStable(turn: Turn, next: NextStatus, reason: string): Flow {
  clearPauses(turn)
  removeAbort(turn)
  next.promoteFull = undefined
  if (next.blueGreen) next.blueGreen = { ...next.blueGreen, scaleUpPreviewCheckPoint: undefined }
  if (turn.rollout.spec.strategy?.canary) {
    const steps = stepsOf(turn.rollout).length
    next.currentStepIndex = steps > 0 ? steps : undefined
  }
  if ((next.stableRS ?? '') !== (next.currentPodHash ?? '')) becomeStable(turn, next, reason)
  return scaleDownOnSuccess(turn)
}

function becomeStable(turn: Turn, next: NextStatus, reason: string): void {
  if (turn.rollout.spec.strategy?.canary?.pingPong) {
    next.canary = { ...next.canary, stablePingPong: turn.before.canary?.stablePingPong === 'ping' ? 'pong' : 'ping' }
  }
  turn.semantics.duration.onPromotion(turn, next)
  next.stableRS = next.currentPodHash
  const revision = revisionOf(turn.rollout) ?? 0
  emit(
    turn,
    'RolloutCompleted',
    `Rollout completed update to revision ${revision} (${next.currentPodHash ?? ''}): ${reason}`,
  )
}

/** `scaleDown: onsuccess`: the old Deployment goes once the first revision is healthy. */
function scaleDownOnSuccess(turn: Turn): Flow {
  const ref = turn.rollout.spec.workloadRef
  if (revisionOf(turn.rollout) !== 1 || turn.before.phase !== 'Healthy' || ref?.scaleDown !== 'onsuccess')
    return 'continue'
  return scaleWorkloadDown(turn, 0) ?? 'continue'
}
