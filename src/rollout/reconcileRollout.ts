import { printedSpec } from '../kube/types/rolloutPrint'
import { newestRelease, ofVersion } from '../model/controllerVersion'
import { admit } from '../model/malformed'
import { blueGreenStages } from './blueGreen'
import { canaryStages } from './canary'
import { decisionOf } from './decision'
import type { RolloutDecision, RolloutObservation } from './observation'
import { isScalingEvent, syncReplicasOnly } from './replicasOnly'
import { type Established, establish } from './resolve/establish'
import { syncRevision } from './revision/revision'
import { semantics } from './semantics'
import { notePauses } from './status/notePauses'
import { commit, commitClaim } from './turn/commit'
import { type Flow, isProblem } from './turn/flow'
import { beginTurn, type Turn } from './turn/turn'
import { wellFormed } from './validation/wellFormed'

/**
 * Decides about one Rollout: which ReplicaSets to create and scale, which pods Services select, which weights routers
 * get, the next status, events, and when to reconcile again. Pure: the same observation gives the same bytes.
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
  const differences = ofVersion(semantics, controller)
  const established = establish(observed, controller, differences)
  const turn = beginTurn(established.facts, differences)
  const flow = established.isBeingDeleted ? 'done' : reconcile(turn, established)
  return decisionOf(turn, isProblem(flow) ? flow : undefined)
}

function reconcile(turn: Turn, { claims, unresolved, unusable }: Established): Flow {
  if (unusable) return unusable
  for (const claim of claims) commitClaim(turn, claim)
  const prepared = turn.semantics.prepare(turn, unresolved)
  if (prepared !== 'continue') return prepared
  if (turn.facts.observed.rollout.spec.replicas === undefined || turn.facts.observed.rollout.spec.replicas === null) {
    const spec = printedSpec(turn.facts.observed.rollout, turn.facts)
    const { namespace, name } = turn.facts
    commit(turn, {
      kind: 'setRolloutReplicas',
      namespace,
      name,
      replicas: 1,
      ...(spec !== turn.facts.observed.rollout.spec && { spec }),
      ...(turn.facts.pendingAnnotations && !turn.facts.rewritten && { annotations: turn.facts.pendingAnnotations }),
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
  if (isScalingEvent(turn.facts)) return syncReplicasOnly(turn)
  const stages = turn.facts.rollout.spec.strategy?.blueGreen ? blueGreenStages : canaryStages
  for (const stage of stages) {
    const flow = stage.run(turn)
    if (flow !== 'continue') return flow
  }
  return 'done'
}
