import { skipsPostPromotion } from '../analysis/blueGreenAnalysis'
import { replicasOf } from '../defaults'
import { pauseConditionOf } from '../facts/pauses'
import { byRevisionDescending, wantedPods } from '../facts/replicaSets'
import { trimHistory } from '../revision/history'
import { type Flow, isProblem } from '../turn/flow'
import type { Turn } from '../turn/turn'
import { isReferenced } from './referenced'
import { removeScaleDownDeadlines } from './removeDeadlines'
import { scaleTo } from './scale'
import { delayScaleDown } from './scaleDownDelay'
import { scaleNewReplicaSet } from './scaleNew'

/** Stable always at full size, then new, then the rest; then old revisions are deleted (behaviour 3.12). */
export function scaleBlueGreen(turn: Turn): Flow {
  removeScaleDownDeadlines(turn)
  const stable = turn.facts.stableSet
  if (stable) scaleTo(turn, stable, replicasOf(turn.facts.rollout))
  const scaled = scaleNewReplicaSet(turn)
  if (isProblem(scaled)) return scaled
  scaleOthers(turn)
  trimHistory(turn)
  return 'continue'
}

function scaleOthers(turn: Turn): void {
  if (pauseConditionOf(turn.facts, 'InconclusiveAnalysisRun') || waitsForPostPromotion(turn)) return
  let delayed = 0
  for (const set of [...turn.facts.otherSets].sort(byRevisionDescending)) {
    if (wantedPods(set) === 0 || isReferenced(turn.facts, set)) continue
    const verdict = delayScaleDown(turn, set, delayed, replicasOf(turn.facts.rollout))
    if (!verdict) return
    delayed = verdict.delayed
    if (verdict.replicas === wantedPods(set)) continue
    // Updated earlier in this reconcile: another update would conflict, so this one and the rest wait.
    if (turn.ledger.staleSets.includes(set.metadata.name)) return
    scaleTo(turn, set, verdict.replicas)
  }
}

/** Without an explicit delay old pods stay until post-promotion analysis succeeded: they may be needed again. */
function waitsForPostPromotion(turn: Turn): boolean {
  const strategy = turn.facts.rollout.spec.strategy?.blueGreen
  if (!strategy?.postPromotionAnalysis || strategy.scaleDownDelaySeconds !== undefined) return false
  return !skipsPostPromotion(turn.facts) && turn.facts.currentRuns.postPromotion?.status?.phase !== 'Successful'
}
