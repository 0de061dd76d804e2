import { parseTime } from '../../model/time'
import type { Service } from '../../model/workload'
import { blueGreenNewCount } from '../desired/blueGreenCounts'
import { secondsNow } from '../facts/clock'
import type { Facts } from '../facts/facts'
import { pauseConditionOf, progressIsHalted } from '../facts/pauses'
import { availablePods, podHash, wantedPods } from '../facts/replicaSets'
import { selectedHash, selectsByHash } from '../services/serviceSwitch'
import { addPause, pauseWasAdded, removePause } from '../turn/pauses'
import { requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'
import { secondsToPauseEnd } from './pauseStep'

// The pause before the switch of the active Service (behaviour 3.12).

const strategyOf = (facts: Facts) => facts.rollout.spec.strategy?.blueGreen

/** All new pods that are wanted now are available. */
export function newPodsAreReady(facts: Facts): boolean {
  const fresh = facts.newSet
  const count = blueGreenNewCount(facts)
  return fresh !== undefined && wantedPods(fresh) === count && availablePods(fresh) === count
}

/** No pause is wanted: a fast rollback, full promotion, a Service never switched before, or already switched. */
export function isFastTracked(facts: Facts, active: Service): boolean {
  if (facts.semantics.skipsPause(facts) || facts.before.promoteFull) return true
  return !selectsByHash(active) || selectedHash(active) === podHash(facts.newSet)
}

/** Pre-promotion analysis succeeded, or there is none. */
export const prePromotionIsDone = (facts: Facts, { prePromotion } = facts.currentRuns): boolean =>
  strategyOf(facts)?.prePromotionAnalysis === undefined || prePromotion?.status?.phase === 'Successful'

export function pauseIsCompleted(turn: Turn): boolean {
  const { before } = turn.facts
  if (pauseWasAdded(turn)) return false
  if (before.blueGreen?.scaleUpPreviewCheckPoint) return true
  const condition = pauseConditionOf(turn.facts, 'BlueGreenPause')
  if (neverPromotesByTime(turn.facts)) return before.controllerPause === true && condition === undefined
  const seconds = strategyOf(turn.facts)?.autoPromotionSeconds ?? 0
  if (seconds === 0) return true
  const startedAt = parseTime(condition?.startTime)
  return startedAt !== undefined && secondsNow(turn.facts) > startedAt + seconds
}

/**
 * Quirk kept for fidelity (behaviour 10.3): with auto-promotion disabled, `autoPromotionSeconds` never promotes; it
 * only causes another reconcile.
 */
const neverPromotesByTime = (facts: Facts): boolean => strategyOf(facts)?.autoPromotionEnabled === false

/** Starts, keeps or ends the pause. It starts after pre-promotion analysis, not before. */
export function reconcileBlueGreenPause(turn: Turn, active: Service): void {
  if (turn.facts.before.abort || !newPodsAreReady(turn.facts) || progressIsHalted(turn.facts)) return
  if (!wantsPause(turn.facts, active)) {
    removePause(turn, 'BlueGreenPause')
    return
  }
  if (!prePromotionIsDone(turn.facts)) return
  const condition = pauseConditionOf(turn.facts, 'BlueGreenPause')
  if (!condition) {
    // Paused by the controller without the condition: a user resumed it.
    if (!turn.facts.before.controllerPause) addPause(turn, 'BlueGreenPause')
  } else if (pauseIsCompleted(turn)) removePause(turn, 'BlueGreenPause')
  else {
    const seconds = strategyOf(turn.facts)?.autoPromotionSeconds ?? 0
    const left = seconds > 0 ? secondsToPauseEnd(turn.facts, condition.startTime, seconds) : undefined
    if (left !== undefined) requeueAfter(turn, left, 'autoPromotion', {})
  }
}

function wantsPause(facts: Facts, active: Service): boolean {
  if (isFastTracked(facts, active) || facts.before.blueGreen?.scaleUpPreviewCheckPoint) return false
  const { autoPromotionEnabled, autoPromotionSeconds = 0 } = strategyOf(facts) ?? {}
  return autoPromotionEnabled === false || autoPromotionSeconds > 0
}
