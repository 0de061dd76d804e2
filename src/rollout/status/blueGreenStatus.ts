import { pauseIsCompleted, prePromotionIsDone } from '../pause/blueGreenPause'
import { clearPauses, removeAbort } from '../pause/pauseLedger'
import { availablePods, createdPods, newSet, readyPods, sumOf } from '../pods/replicaSets'
import { formatSelector } from '../pods/selector'
import { isRollbackWithinWindow } from '../revision/rollback'
import { podTemplateChanged } from '../revision/templateChange'
import { selectedHash, serviceNamed } from '../services/serviceSwitch'
import { type Flow, isProblem, type NextStatus, type Turn } from '../turn'
import { baseStatus, resetForNewUpdate } from './canaryStatus'
import { setWithHash } from './conditions'
import { persistStatus } from './persist'
import { promoteStable, promotionReason } from './promote'

/** Works out and persists the status of a blue-green Rollout (behaviour 3.12). */
export function syncBlueGreenStatus(turn: Turn): Flow {
  const next = baseStatus(turn)
  const { before, rollout } = turn
  next.stableRS = before.stableRS
  if (podTemplateChanged(turn)) resetForNewUpdate(turn, next)
  if (before.promoteFull || isRollbackWithinWindow(turn)) {
    clearPauses(turn)
    removeAbort(turn)
  }
  const { activeService, previewService } = rollout.spec.strategy?.blueGreen ?? {}
  next.blueGreen = {
    ...next.blueGreen,
    previewSelector: selectedHash(serviceNamed(turn, previewService)) || undefined,
    activeSelector: selectedHash(serviceNamed(turn, activeService)) || undefined,
  }
  const reason = promotionReason(turn, next)
  if (reason) {
    const flow = promoteStable(turn, next, reason)
    if (isProblem(flow)) return flow
  } else next.blueGreen = { ...next.blueGreen, scaleUpPreviewCheckPoint: previewIsReleased(turn) }
  countPods(turn, next)
  turn.semantics.concludeStatus(turn, next)
  persistStatus(turn, next)
  return 'done'
}

/** What is counted is what serves: the active ReplicaSet once there is one. */
export function countPods(turn: Turn, next: NextStatus): void {
  const active = setWithHash(turn, next.blueGreen?.activeSelector ?? '')
  if (active) {
    next.HPAReplicas = createdPods(active)
    next.selector = formatSelector(active.spec.selector)
    next.availableReplicas = availablePods(active)
    next.readyReplicas = readyPods(active)
  } else {
    next.HPAReplicas = sumOf(turn.replicaSets, createdPods)
    next.selector = formatSelector(turn.rollout.spec.selector)
    next.availableReplicas = sumOf(turn.replicaSets, availablePods)
  }
}

/** A trip-wire: once the preview had its pods, its analysis and its pause, it may grow to full size. */
function previewIsReleased(turn: Turn): boolean {
  const count = turn.rollout.spec.strategy?.blueGreen?.previewReplicaCount
  if (count === undefined) return false
  if (turn.before.blueGreen?.scaleUpPreviewCheckPoint) return true
  return prePromotionIsDone(turn) && pauseIsCompleted(turn) && availablePods(newSet(turn)) === count
}
