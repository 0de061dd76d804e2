import type { Facts } from '../facts/facts'
import { availablePods, createdPods, readyPods, setWithHash, sumOf } from '../facts/replicaSets'
import { isRollbackWithinWindow } from '../facts/rollback'
import { formatSelector } from '../facts/selector'
import { podTemplateChanged } from '../facts/templateChange'
import { pauseIsCompleted, prePromotionIsDone } from '../pause/blueGreenPause'
import { selectedHash, serviceNamed } from '../services/serviceSwitch'
import type { NextStatus } from '../turn/draft'
import { type Flow, isProblem } from '../turn/flow'
import { clearPauses, removeAbort } from '../turn/pauses'
import type { Turn } from '../turn/turn'
import { baseStatus, resetForNewUpdate } from './canaryStatus'
import { persistStatus } from './persist'
import { promoteStable, promotionReason } from './promote'

/** Computes and persists the status of a blue-green Rollout (behaviour 3.12). */
export function syncBlueGreenStatus(turn: Turn): Flow {
  const next = baseStatus(turn)
  const { before, rollout } = turn.facts
  next.stableRS = before.stableRS
  if (podTemplateChanged(turn.facts)) resetForNewUpdate(turn, next)
  if (before.promoteFull || isRollbackWithinWindow(turn.facts)) {
    clearPauses(turn)
    removeAbort(turn)
  }
  const { activeService, previewService } = rollout.spec.strategy?.blueGreen ?? {}
  next.blueGreen.previewSelector = selectedHash(serviceNamed(turn.facts, previewService)) || undefined
  next.blueGreen.activeSelector = selectedHash(serviceNamed(turn.facts, activeService)) || undefined
  const reason = promotionReason(turn, next)
  if (reason) {
    const flow = promoteStable(turn, next, reason)
    if (isProblem(flow)) return flow
  } else next.blueGreen.scaleUpPreviewCheckPoint = previewIsReleased(turn)
  countPods(turn.facts, next)
  turn.semantics.concludeStatus(turn, next)
  persistStatus(turn, next)
  return 'done'
}

/** Counts the pods that serve: those of the active ReplicaSet once there is one. */
export function countPods(facts: Facts, next: NextStatus): void {
  const active = setWithHash(facts, next.blueGreen?.activeSelector ?? '')
  if (active) {
    next.HPAReplicas = createdPods(active)
    next.selector = formatSelector(active.spec.selector)
    next.availableReplicas = availablePods(active)
    next.readyReplicas = readyPods(active)
  } else {
    next.HPAReplicas = sumOf(facts.replicaSets, createdPods)
    next.selector = formatSelector(facts.rollout.spec.selector)
    next.availableReplicas = sumOf(facts.replicaSets, availablePods)
  }
}

/** Set once the preview has had its pods, its analysis and its pause: from then on it may grow to full size. */
function previewIsReleased(turn: Turn): boolean {
  const count = turn.facts.rollout.spec.strategy?.blueGreen?.previewReplicaCount
  if (count === undefined) return false
  if (turn.facts.before.blueGreen?.scaleUpPreviewCheckPoint) return true
  const { facts, draft } = turn
  return prePromotionIsDone(facts, draft.currentRuns) && pauseIsCompleted(turn) && availablePods(facts.newSet) === count
}
