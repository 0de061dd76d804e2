import { admit } from '../model/malformed'
import { claimAnalysisRuns } from './analysis/runs'
import { blueGreenStages } from './blueGreen'
import { canaryStages } from './canary'
import { decisionOf } from './decision'
import { claimExperiments } from './experiment/experiments'
import type { RolloutDecision, RolloutObservation } from './observation'
import { notePauses } from './pause/pausedConditions'
import { isAborted, removeAbort } from './pause/pauseLedger'
import { createNewReplicaSet } from './revision/createReplicaSet'
import { claimReplicaSets, findStable, identifyRoles } from './revision/identify'
import { syncRevision } from './revision/revision'
import { resolveWorkloadRef } from './revision/workloadRef'
import { isScalingEvent, syncReplicasOnly } from './scale/scalingEvent'
import { isFullyPromoted } from './status/health'
import { beginTurn, type Flow, isProblem, requeueAfter, type Turn } from './turn'
import { firstInvalidity, noteInvalidSpec, unusableSelector } from './validation/invalidSpec'
import { wellFormed } from './validation/wellFormed'

const workloadRetrySeconds = 20

/**
 * Decides about one Rollout: which ReplicaSets to create and scale, which pods Services select, which weights routers get,
 * the next status, events, and when to look again. Pure: the same observation gives the same bytes.
 *
 * @see behaviour 3; https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 *
 * @example
 * import { reconcileRollout } from 'rollout-engine'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const rollout = { metadata: { name: 'web', namespace: 'shop' }, spec }
 * const { changes } = reconcileRollout({ now: '2030-01-01T00:00:00Z', rollout, replicaSets: [] })
 * changes.map((change) => change.kind) // => ['createReplicaSet', 'annotateRollout']
 */
export function reconcileRollout(observation: RolloutObservation): RolloutDecision {
  const { observed, malformed } = admit(wellFormed, observation)
  const decision = decide(observed)
  return malformed.length === 0 ? decision : { ...decision, blockers: [...malformed, ...decision.blockers] }
}

function decide(observed: RolloutObservation): RolloutDecision {
  const turn = beginTurn(observed)
  const flow = observed.rollout.metadata.deletionTimestamp ? 'done' : reconcile(turn)
  return decisionOf(turn, isProblem(flow) ? flow : undefined)
}

function reconcile(turn: Turn): Flow {
  const unresolved = resolveWorkloadRef(turn)
  const unusable = unusableSelector(turn)
  if (unusable) return unusable
  claimReplicaSets(turn)
  identifyRoles(turn)
  claimExperiments(turn)
  claimAnalysisRuns(turn)
  if (unresolved) {
    noteInvalidSpec(turn, unresolved.error)
    requeueAfter(turn, workloadRetrySeconds)
    return 'done'
  }
  const invalid = firstInvalidity(turn)
  if (invalid) {
    noteInvalidSpec(turn, invalid.error)
    return invalid
  }
  if (!turn.newName) {
    const flow = createNewReplicaSet(turn)
    if (flow !== 'continue') return flow
    turn.stableName = findStable(turn)?.metadata.name
  }
  if (isFullyPromoted(turn.before) && isAborted(turn)) removeAbort(turn)
  turn.next.canary = { weights: turn.before.canary?.weights }
  if (turn.observed.rollout.spec.replicas === undefined || turn.observed.rollout.spec.replicas === null) {
    turn.changes.push({ kind: 'setRolloutReplicas', namespace: turn.namespace, name: turn.name, replicas: 1 })
    return 'done'
  }
  return reconcileStrategy(turn)
}

function reconcileStrategy(turn: Turn): Flow {
  const noted = notePauses(turn)
  if (noted !== 'continue') return noted
  syncRevision(turn)
  if (isScalingEvent(turn)) return syncReplicasOnly(turn)
  const stages = turn.rollout.spec.strategy?.blueGreen ? blueGreenStages : canaryStages
  for (const stage of stages) {
    const flow = stage.run(turn)
    if (flow !== 'continue') return flow
  }
  return 'done'
}
