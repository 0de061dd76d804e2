import type { Facts } from '../facts/facts'
import { availablePods, isSaturated, podHash, wantedPods } from '../facts/replicaSets'
import type { Turn } from '../turn/turn'
import type { SlotOutcome } from './canaryAnalysis'
import { terminateRuns } from './runs'
import { startRun } from './startRun'
import { needsNewRun, waitsForPerson } from './verdict'

/** The run before the switch of the active Service. */
export function reconcilePrePromotionRun(turn: Turn): SlotOutcome {
  const current = turn.facts.currentRuns.prePromotion
  const analysis = turn.facts.rollout.spec.strategy?.blueGreen?.prePromotionAnalysis
  if (!analysis?.templates?.length) {
    terminateRuns(turn, [current])
    return undefined
  }
  if (skipsPrePromotion(turn.facts)) {
    terminateRuns(turn, [current])
    return current
  }
  if (waitsForPerson(turn.facts) || !needsNewRun(turn.facts, current)) return current
  return startRun(turn, analysis, { kind: 'prePromotion' })
}

/** The run after the switch, and after the new pods were found in AWS target groups. */
export function reconcilePostPromotionRun(turn: Turn): SlotOutcome {
  const current = turn.facts.currentRuns.postPromotion
  const analysis = turn.facts.rollout.spec.strategy?.blueGreen?.postPromotionAnalysis
  if (!analysis?.templates?.length) {
    terminateRuns(turn, [current])
    return undefined
  }
  if (skipsPostPromotion(turn.facts) || turn.draft.targetsUnverified) {
    terminateRuns(turn, [current])
    return current
  }
  if (waitsForPerson(turn.facts) || !needsNewRun(turn.facts, current)) return current
  return startRun(turn, analysis, { kind: 'postPromotion' })
}

/** No analysis: a first deploy, already switched, or not all pods available. Pods lost later do not end a run. */
function skipsPrePromotion(facts: Facts): boolean {
  const { before, newSet, semantics, currentRuns, rollout } = facts
  const hash = podHash(newSet)
  const active = before.blueGreen?.activeSelector ?? ''
  if (hash === '' || active === '' || active === hash || before.stableRS === hash) return true
  if (semantics.keepsBegunAnalysis && currentRuns.prePromotion) return false
  const count = rollout.spec.strategy?.blueGreen?.previewReplicaCount ?? undefined
  if (count !== undefined) return wantedPods(newSet) !== count || availablePods(newSet) !== count
  return !isSaturated(facts, newSet)
}

/** No analysis: already promoted, not switched yet, or not all pods available. */
export function skipsPostPromotion(facts: Facts): boolean {
  const { before, newSet, semantics, currentRuns } = facts
  const hash = podHash(newSet)
  if (hash === '' || before.stableRS === hash || before.blueGreen?.activeSelector !== hash) return true
  const begun = semantics.keepsBegunAnalysis && currentRuns.postPromotion !== undefined
  return !begun && !isSaturated(facts, newSet)
}
