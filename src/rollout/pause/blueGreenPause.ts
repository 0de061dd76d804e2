import { parseTime } from '../../model/time'
import type { Service } from '../../model/workload'
import { availablePods, newSet, podHash, wantedPods } from '../pods/replicaSets'
import { blueGreenNewCount } from '../scale/blueGreenCounts'
import { selectedHash, selectsByHash } from '../services/serviceSwitch'
import type { Turn } from '../turn'
import { progressIsHalted } from './halt'
import { addPause, pauseConditionOf, pauseWasAdded, removePause, requeueAtPauseEnd } from './pauseLedger'

// The pause before the active Service is switched (behaviour 3.12).

const strategyOf = (turn: Turn) => turn.rollout.spec.strategy?.blueGreen

/** The new pods that this moment wants are all there. */
export function newPodsAreReady(turn: Turn): boolean {
  const fresh = newSet(turn)
  const count = blueGreenNewCount(turn)
  return fresh !== undefined && wantedPods(fresh) === count && availablePods(fresh) === count
}

/** No pause is wanted: a fast rollback, full promotion, a Service never switched before, or switched already. */
export function isFastTracked(turn: Turn, active: Service): boolean {
  if (turn.semantics.skipsPause(turn) || turn.before.promoteFull) return true
  return !selectsByHash(active) || selectedHash(active) === podHash(newSet(turn))
}

/** Pre-promotion analysis succeeded, or there is none. */
export const prePromotionIsDone = (turn: Turn): boolean =>
  strategyOf(turn)?.prePromotionAnalysis === undefined || turn.currentRuns.prePromotion?.status?.phase === 'Successful'

export function pauseIsCompleted(turn: Turn): boolean {
  const { before } = turn
  if (pauseWasAdded(turn)) return false
  if (before.blueGreen?.scaleUpPreviewCheckPoint) return true
  const condition = pauseConditionOf(turn, 'BlueGreenPause')
  if (neverPromotesByTime(turn)) return before.controllerPause === true && condition === undefined
  const seconds = strategyOf(turn)?.autoPromotionSeconds ?? 0
  if (seconds === 0) return true
  const startedAt = parseTime(condition?.startTime)
  return startedAt !== undefined && turn.now > startedAt + seconds
}

/** Quirk kept for fidelity (behaviour 10, item 3): switched off, the seconds never promote, they only look again. */
const neverPromotesByTime = (turn: Turn): boolean => strategyOf(turn)?.autoPromotionEnabled === false

/** Begins, waits for or ends the pause. It begins after pre-promotion analysis, not before. */
export function reconcileBlueGreenPause(turn: Turn, active: Service): void {
  if (turn.before.abort || !newPodsAreReady(turn) || progressIsHalted(turn)) return
  if (!wantsPause(turn, active)) {
    removePause(turn, 'BlueGreenPause')
    return
  }
  if (!prePromotionIsDone(turn)) return
  const condition = pauseConditionOf(turn, 'BlueGreenPause')
  if (!condition) {
    // Without the condition but paused by the controller: a person resumed it.
    if (!turn.before.controllerPause) addPause(turn, 'BlueGreenPause')
  } else if (pauseIsCompleted(turn)) removePause(turn, 'BlueGreenPause')
  else {
    const seconds = strategyOf(turn)?.autoPromotionSeconds ?? 0
    if (seconds > 0) requeueAtPauseEnd(turn, condition.startTime, seconds)
  }
}

function wantsPause(turn: Turn, active: Service): boolean {
  if (isFastTracked(turn, active) || turn.before.blueGreen?.scaleUpPreviewCheckPoint) return false
  const { autoPromotionEnabled, autoPromotionSeconds = 0 } = strategyOf(turn) ?? {}
  return autoPromotionEnabled === false || autoPromotionSeconds > 0
}
