import { printedSpec } from '../kube/types/rolloutPrint'
import { newestRelease, ofVersion } from '../model/controllerVersion'
import { admit } from '../model/malformed'
import { blueGreenStages } from './blueGreen'
import { canaryStages } from './canary'
import { decisionOf } from './decision'
import type { Facts } from './facts/facts'
import type { RolloutDecision, RolloutObservation } from './observation'
import { rememberDecision, rememberedDecision } from './rememberedDecision'
import { isScalingEvent, syncReplicasOnly } from './replicasOnly'
import { type Established, establish } from './resolve/establish'
import { syncRevision } from './revision/revision'
import { semantics } from './semantics'
import { emptyMemory, memoryOfSound, type SpecMemory, specMemoryOf } from './specMemory'
import { notePauses } from './status/notePauses'
import { commit, commitClaim } from './turn/commit'
import { type Flow, isProblem } from './turn/flow'
import { always, runStages, type Stage } from './turn/stage'
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
  const known = rememberedDecision(observation)
  if (known) return known
  const { observed, malformed } = admit(wellFormed, observation)
  const memory = specMemoryOf(observation?.rollout) ?? emptyMemory()
  const { decision, readClock } = decide(observed, memory)
  if (malformed.length > 0) {
    memory.decision = undefined
    return { ...decision, blockers: [...malformed, ...decision.blockers] }
  }
  rememberDecision(memory, observation, decision, readClock)
  return decision
}

/**
 * The same for an observation that is known to be well-formed, and for callers who never ask twice in one second: it is
 * not checked, and only a decision that holds at any time is remembered.
 */
export function reconcileSound(observation: RolloutObservation): RolloutDecision {
  const known = rememberedDecision(observation)
  if (known) return known
  const memory = memoryOfSound(observation.rollout.spec)
  const { decision, readClock } = decide(observation, memory)
  if (readClock) memory.decision = undefined
  else rememberDecision(memory, observation, decision, readClock)
  return decision
}

/** What every reconcile begins with. */
export const openingStages: readonly Stage[] = [
  { name: 'preparation', run: (turn) => turn.semantics.prepare(turn) },
  { name: 'missing replicas', run: setMissingReplicas },
  { name: 'late check', run: (turn) => turn.semantics.checkLate(turn) },
  { name: 'pauses', run: notePauses },
  { name: 'revision annotations', run: always(syncRevision) },
  { name: 'sizes only', run: (turn) => (isScalingEvent(turn.facts) ? syncReplicasOnly(turn) : 'continue') },
]

interface Decided {
  readonly decision: RolloutDecision
  readonly readClock: boolean
}

function decide(observed: RolloutObservation, memory: SpecMemory): Decided {
  const controller = observed.options?.controller ?? newestRelease
  const differences = ofVersion(semantics, controller)
  const established = establish(observed, controller, differences, memory)
  const turn = beginTurn(established.facts, differences, established.unresolved)
  const flow = reconcile(turn, established)
  const decision = decisionOf(turn, isProblem(flow) ? flow : undefined)
  return { decision, readClock: turn.facts.clock.wasRead }
}

function reconcile(turn: Turn, { claims, unusable, isBeingDeleted }: Established): Flow {
  if (isBeingDeleted) return 'done'
  if (unusable) return unusable
  for (const claim of claims) commitClaim(turn, claim)
  const opened = runStages(turn, openingStages)
  return opened === 'continue' ? runStages(turn, stagesOf(turn.facts)) : opened
}

const stagesOf = ({ rollout }: Facts): readonly Stage[] =>
  rollout.spec.strategy?.blueGreen ? blueGreenStages : canaryStages

/** The default of `spec.replicas` is written to the object, and nothing else in that reconcile. */
function setMissingReplicas(turn: Turn): Flow {
  const { observed, namespace, name, pendingAnnotations, rewritten } = turn.facts
  const { rollout } = observed
  if (rollout.spec.replicas !== undefined && rollout.spec.replicas !== null) return 'continue'
  const spec = printedSpec(rollout, turn.facts)
  commit(turn, {
    kind: 'setRolloutReplicas',
    namespace,
    name,
    replicas: 1,
    ...(spec !== rollout.spec && { spec }),
    ...(pendingAnnotations && !rewritten && { annotations: pendingAnnotations }),
  })
  return 'done'
}
