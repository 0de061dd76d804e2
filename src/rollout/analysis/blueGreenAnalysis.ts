import { availablePods, isSaturated, podHash, wantedPods } from '../facts/replicaSets'
import type { Turn } from '../turn/turn'
import type { SlotOutcome } from './canaryAnalysis'
import { terminateRuns } from './runs'
import { startRun } from './startRun'
import { needsNewRun, waitsForPerson } from './verdict'

/** The run before the switch of the active Service. */
export function reconcilePrePromotionRun(turn: Turn): SlotOutcome {
  const current = turn.draft.currentRuns.prePromotion
  const analysis = turn.facts.rollout.spec.strategy?.blueGreen?.prePromotionAnalysis
  if (!analysis?.templates?.length) {
    terminateRuns(turn, [current])
    return undefined
  }
  if (skipsPrePromotion(turn)) {
    terminateRuns(turn, [current])
    return current
  }
  if (waitsForPerson(turn.facts) || !needsNewRun(turn.facts, current)) return current
  return startRun(turn, analysis, { kind: 'prePromotion' })
}

/** The run after the switch, and after the new pods were found in AWS target groups. */
export function reconcilePostPromotionRun(turn: Turn): SlotOutcome {
  const current = turn.draft.currentRuns.postPromotion
  const analysis = turn.facts.rollout.spec.strategy?.blueGreen?.postPromotionAnalysis
  if (!analysis?.templates?.length) {
    terminateRuns(turn, [current])
    return undefined
  }
  if (skipsPostPromotion(turn) || turn.draft.targetsUnverified) {
    terminateRuns(turn, [current])
    return current
  }
  if (waitsForPerson(turn.facts) || !needsNewRun(turn.facts, current)) return current
  return startRun(turn, analysis, { kind: 'postPromotion' })
}

/** No analysis: a first deploy, already switched, or not all pods available. Pods lost later do not end a run. */
function skipsPrePromotion(turn: Turn): boolean {
  const fresh = turn.facts.newSet
  const hash = podHash(fresh)
  const active = turn.facts.before.blueGreen?.activeSelector ?? ''
  if (hash === '' || active === '' || active === hash || turn.facts.before.stableRS === hash) return true
  if (turn.facts.semantics.keepsBegunAnalysis && turn.draft.currentRuns.prePromotion) return false
  const count = turn.facts.rollout.spec.strategy?.blueGreen?.previewReplicaCount ?? undefined
  if (count !== undefined) return wantedPods(fresh) !== count || availablePods(fresh) !== count
  return !isSaturated(turn.facts, fresh)
}

/** No analysis: already promoted, not switched yet, or not all pods available. */
export function skipsPostPromotion(turn: Turn): boolean {
  const fresh = turn.facts.newSet
  const hash = podHash(fresh)
  if (hash === '' || turn.facts.before.stableRS === hash || turn.facts.before.blueGreen?.activeSelector !== hash)
    return true
  const begun = turn.facts.semantics.keepsBegunAnalysis && turn.draft.currentRuns.postPromotion !== undefined
  return !begun && !isSaturated(turn.facts, fresh)
}
