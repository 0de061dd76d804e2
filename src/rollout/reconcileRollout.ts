import { printedSpec } from '../kube/types/rolloutPrint'
import { newestRelease, ofVersion } from '../model/controllerVersion'
import { admit } from '../model/malformed'
import { claimAnalysisRuns } from './analysis/runs'
import { blueGreenStages } from './blueGreen'
import { canaryStages } from './canary'
import { decisionOf } from './decision'
import { claimExperiments } from './experiment/experiments'
import type { RolloutDecision, RolloutObservation } from './observation'
import { notePauses } from './pause/pausedConditions'
import { claimReplicaSets, identifyRoles } from './revision/identify'
import { syncRevision } from './revision/revision'
import { resolveWorkloadRef } from './revision/workloadRef'
import { isScalingEvent, syncReplicasOnly } from './scale/scalingEvent'
import { semantics } from './semantics'
import { beginTurn, type Flow, isProblem, type Turn } from './turn'
import { unusableSelector } from './validation/invalidSpec'
import { wellFormed } from './validation/wellFormed'

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
  const controller = observed.options?.controller ?? newestRelease
  const turn = beginTurn(observed, controller, ofVersion(semantics, controller))
  const flow = observed.rollout.metadata.deletionTimestamp ? 'done' : reconcile(turn)
  return decisionOf(turn, isProblem(flow) ? flow : undefined)
}

function reconcile(turn: Turn): Flow {
  const unresolved = resolveWorkloadRef(turn)
  turn.isWorkloadUnresolved = unresolved !== undefined
  const unusable = unusableSelector(turn)
  if (unusable) return unusable
  claimReplicaSets(turn)
  identifyRoles(turn)
  claimExperiments(turn)
  claimAnalysisRuns(turn)
  const prepared = turn.semantics.prepare(turn, unresolved)
  if (prepared !== 'continue') return prepared
  if (turn.observed.rollout.spec.replicas === undefined || turn.observed.rollout.spec.replicas === null) {
    const spec = printedSpec(turn.observed.rollout, turn)
    const { namespace, name } = turn
    turn.changes.push({
      kind: 'setRolloutReplicas',
      namespace,
      name,
      replicas: 1,
      ...(spec !== turn.observed.rollout.spec && { spec }),
      ...(turn.pendingAnnotations && !turn.rewritten && { annotations: turn.pendingAnnotations }),
    })
    return 'done'
  }
  return reconcileStrategy(turn)
}

function reconcileStrategy(turn: Turn): Flow {
  const checked = turn.semantics.checkLate(turn)
  if (checked !== 'continue') return checked
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
