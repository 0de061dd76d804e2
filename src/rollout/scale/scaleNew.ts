import { replicasOf } from '../defaults'
import { blueGreenNewCount } from '../desired/blueGreenCounts'
import { canaryCountsOf } from '../desired/canaryCounts'
import { revisionOf, setWithHash, wantedPods } from '../facts/replicaSets'
import type { Problem } from '../turn/flow'
import { reread, type Turn } from '../turn/turn'
import { delaysScaleDownOnAbort, waitForAbortDeadline } from './abortScaleDownDelay'
import { scaleTo } from './scale'
import { scaleWorkloadDown } from './workloadScale'

/** Scales the new ReplicaSet; true if its size changed (behaviour 3.8.5). */
export function scaleNewReplicaSet(turn: Turn): boolean | Problem {
  const set = turn.facts.newSet
  if (!set) return false
  let count = turn.facts.rollout.spec.strategy?.canary
    ? canaryCountsOf(turn.facts, turn.draft.weights).canary
    : blueGreenNewCount(turn.facts)
  if (delaysScaleDownOnAbort(turn)) {
    const waiting = waitForAbortDeadline(turn)
    if (waiting === 'wait') return false
    if (waiting === 'over') count = 0
  }
  const scaled = scaleTo(turn, set, count)
  if (revisionOf(set) === 1 && turn.facts.rollout.spec.workloadRef?.scaleDown === 'progressively') {
    return scaleDownProgressively(turn, wantedPods(set) > count) ?? scaled
  }
  return scaled
}

/** v1.7: if template and size change together, the revision in the status is scaled. */
export function scaleRecordedReplicaSet(turn: Turn): boolean | Problem {
  const { newName, before } = turn.facts
  if (newName !== undefined || before.currentPodHash === before.stableRS) return scaleNewReplicaSet(turn)
  reread(turn, { newName: setWithHash(turn.facts, before.currentPodHash ?? '')?.metadata.name })
  const scaled = scaleNewReplicaSet(turn)
  reread(turn, { newName })
  return scaled
}

/** `scaleDown: progressively`: the old Deployment shrinks as our pods become ready; only for the first revision. */
function scaleDownProgressively(turn: Turn, shrank: boolean): Problem | undefined {
  const ready = turn.facts.before.readyReplicas ?? 0
  if (turn.facts.before.phase === 'Healthy' && turn.facts.semantics.healthyEndsWorkload)
    return scaleWorkloadDown(turn, 0)
  if (ready <= 0 && !shrank) return undefined
  return scaleWorkloadDown(turn, Math.max(0, replicasOf(turn.facts.rollout) - ready))
}
