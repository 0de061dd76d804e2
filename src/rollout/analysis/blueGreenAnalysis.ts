import { availablePods, newSet, podHash, wantedPods } from '../pods/replicaSets'
import { isSaturated } from '../status/conditions'
import type { Turn } from '../turn'
import type { SlotOutcome } from './canaryAnalysis'
import { terminateRuns } from './runs'
import { startRun } from './startRun'
import { needsNewRun, waitsForPerson } from './verdict'

/** The run before the active Service is switched. */
export function reconcilePrePromotionRun(turn: Turn): SlotOutcome {
  const current = turn.currentRuns.prePromotion
  const analysis = turn.rollout.spec.strategy?.blueGreen?.prePromotionAnalysis
  if (!analysis?.templates?.length) {
    terminateRuns(turn, [current])
    return undefined
  }
  if (skipsPrePromotion(turn)) {
    terminateRuns(turn, [current])
    return current
  }
  if (waitsForPerson(turn) || !needsNewRun(turn, current)) return current
  return startRun(turn, analysis, { kind: 'prePromotion' })
}

/** The run after the switch, and after the new pods were found in AWS target groups. */
export function reconcilePostPromotionRun(turn: Turn): SlotOutcome {
  const current = turn.currentRuns.postPromotion
  const analysis = turn.rollout.spec.strategy?.blueGreen?.postPromotionAnalysis
  if (!analysis?.templates?.length) {
    terminateRuns(turn, [current])
    return undefined
  }
  if (skipsPostPromotion(turn) || turn.targetsUnverified) {
    terminateRuns(turn, [current])
    return current
  }
  if (waitsForPerson(turn) || !needsNewRun(turn, current)) return current
  return startRun(turn, analysis, { kind: 'postPromotion' })
}

/** Nothing to look at: a first deploy, switched already, or not all pods there. Pods that leave later end no run. */
function skipsPrePromotion(turn: Turn): boolean {
  const fresh = newSet(turn)
  const hash = podHash(fresh)
  const active = turn.before.blueGreen?.activeSelector ?? ''
  if (hash === '' || active === '' || active === hash || turn.before.stableRS === hash) return true
  if (turn.semantics.keepsBegunAnalysis && turn.currentRuns.prePromotion) return false
  const count = turn.rollout.spec.strategy?.blueGreen?.previewReplicaCount ?? undefined
  if (count !== undefined) return wantedPods(fresh) !== count || availablePods(fresh) !== count
  return !isSaturated(turn, fresh)
}

/** Nothing to look at: promoted already, or not switched yet, or not all pods there. */
export function skipsPostPromotion(turn: Turn): boolean {
  const fresh = newSet(turn)
  const hash = podHash(fresh)
  if (hash === '' || turn.before.stableRS === hash || turn.before.blueGreen?.activeSelector !== hash) return true
  const begun = turn.semantics.keepsBegunAnalysis && turn.currentRuns.postPromotion !== undefined
  return !begun && !isSaturated(turn, fresh)
}
