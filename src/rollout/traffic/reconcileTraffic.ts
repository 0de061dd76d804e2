import type { TrafficChange } from '../../model/change'
import type { TrafficWeights, WeightDestination } from '../../model/rolloutStatus'
import { sameJson } from '../../model/sameJson'
import { maxWeightOf, replicasOf } from '../defaults'
import { thresholdReached } from '../desired/atDesiredCounts'
import type { Facts } from '../facts/facts'
import { availablePods, podHash, revisionOf } from '../facts/replicaSets'
import type { WeightWish } from '../facts/semantics'
import { currentStepOf, stepsOf } from '../facts/steps'
import { areSameWeights } from '../facts/weights'
import { ensureServiceSelects } from '../services/serviceSwitch'
import { emit, emitOf } from '../turn/events'
import { type Flow, isProblem } from '../turn/flow'
import { requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'
import { askWeight, callRouter, routersOf } from './routers'
import { experimentDestinations, wishedWeight } from './trafficWeight'

const verifyRetrySeconds = 10

/** Sets the weight that the pods can serve now on every router (behaviour 3.10). */
export function reconcileTraffic(turn: Turn): Flow {
  const routers = routersOf(turn.facts)
  if (routers.length === 0) {
    turn.draft.weights = undefined
    return 'continue'
  }
  for (const router of routers) {
    const flow = reconcileRouter(turn, router)
    if (flow === 'stop') return 'continue'
    if (flow === 'ask') return 'done'
    if (isProblem(flow)) return flow
  }
  return 'continue'
}

/** `stop`: no router is called any more in this reconcile. `ask`: an answer is needed first. */
type RouterFlow = Flow | 'stop' | 'ask'

function reconcileRouter(turn: Turn, router: string): RouterFlow {
  const wish = wishedWeight(turn)
  if (wish.crashes)
    return { error: 'Recovered from Panic', code: 'controller-crash', path: 'spec.strategy.canary.trafficRouting' }
  if (wish.canaryServiceToStable) {
    const { canaryService } = turn.facts.rollout.spec.strategy?.canary ?? {}
    const flow = ensureServiceSelects(turn, canaryService, turn.facts.stableSet, false)
    if (isProblem(flow)) return flow
  }
  if (wish.removesManagedRoutes) {
    const problem = callRouter(turn, { kind: 'removeManagedRoutes', router })
    if (problem) return problem
  }
  if (!turn.facts.semantics.stableCanTakeTheRest(turn.facts, wish.weight)) return 'stop'
  const destinations = wish.withExperiment ? experimentDestinations(turn) : []
  const problem = setManagedRoutes(turn, router) ?? commandWeight(turn, router, wish, destinations)
  return problem ?? verifyWeight(turn, router, wish.weight, destinations)
}

/** No weight changes while stable lacks the pods for its share, so none changes on the first install. */
export function stableCanTakeTheRest(facts: Facts, weight: number): boolean {
  const stable = facts.stableSet
  if (!stable) return false
  const maxWeight = maxWeightOf(facts.rollout)
  const needed = Math.floor(((maxWeight - weight) * replicasOf(facts.rollout)) / maxWeight)
  return availablePods(stable) >= needed || thresholdReached(facts, stable, needed)
}

/** v1.8: the share is out of 100, regardless of `maxTrafficWeight`. */
export function stableHasPercentage(facts: Facts, weight: number): boolean {
  const stable = facts.stableSet
  if (!stable) return false
  const needed = Math.trunc(((maxWeightOf(facts.rollout) - weight) * replicasOf(facts.rollout)) / 100)
  return availablePods(stable) >= needed
}

/** Step 0 also "runs" at the first install, so the revision is checked. */
function setManagedRoutes(turn: Turn, router: string): Flow | undefined {
  const step = currentStepOf(turn.facts.rollout, turn.facts.before.currentStepIndex)?.step
  if (!step || (revisionOf(turn.facts.rollout) ?? 0) <= 1) return undefined
  if (step.setHeaderRoute) {
    const problem = callRouter(turn, { kind: 'setHeaderRoute', router, route: step.setHeaderRoute })
    if (problem) return problem
  }
  return step.setMirrorRoute && callRouter(turn, { kind: 'setMirrorRoute', router, route: step.setMirrorRoute })
}

function commandWeight(
  turn: Turn,
  router: string,
  wish: WeightWish,
  destinations: WeightDestination[],
): Flow | undefined {
  const fresh = turn.facts.newSet
  const canaryHash = wish.canaryHash ?? podHash(fresh)
  const stableHash = podHash(turn.facts.stableSet)
  const setWeight = { kind: 'setWeight', router, weight: wish.weight, destinations } as const
  const refused = (): Flow | undefined => {
    const problem = callRouter(turn, setWeight)
    if (problem) emit(turn, 'TrafficRoutingError', problem.error, 'Warning')
    return problem
  }
  if (turn.facts.semantics.leavesEmptyCanaryFirst(turn.facts)) {
    const problem = refused()
    if (problem) return problem
  }
  const problem = callRouter(turn, { kind: 'updateHash', router, canaryHash, stableHash, destinations }) ?? refused()
  if (problem) return problem
  noteWeights(turn, setWeight, weightsOf(turn.facts, wish.weight, canaryHash, stableHash, destinations))
  return undefined
}

/** Traffic leaves an empty ReplicaSet before the router learns that it is the canary (AR#4390). */
export const leavesEmptyCanaryFirst = (facts: Facts): boolean =>
  availablePods(facts.newSet) === 0 && (facts.before.canary?.weights?.canary.weight ?? 0) > 0

function weightsOf(
  facts: Facts,
  weight: number,
  canaryHash: string,
  stableHash: string,
  destinations: readonly WeightDestination[],
): TrafficWeights {
  const { canaryService, stableService } = facts.rollout.spec.strategy?.canary ?? {}
  return {
    canary: { weight, podTemplateHash: canaryHash, serviceName: canaryService },
    stable: {
      weight: restForStable(facts, weight, destinations),
      podTemplateHash: stableHash,
      serviceName: stableService,
    },
    additional: destinations.length > 0 ? destinations : undefined,
  }
}

/** Quirk kept for fidelity: the rest becomes negative if the other weights exceed the maximum (AR#3470). */
const restForStable = (facts: Facts, weight: number, destinations: readonly WeightDestination[]): number =>
  destinations.reduce((rest, one) => rest - one.weight, maxWeightOf(facts.rollout) - weight)

/**
 * Weights that differ from the recorded ones are announced by every router that is called; `verified` of the old ones
 * is dropped.
 */
function noteWeights(turn: Turn, command: TrafficChange, weights: TrafficWeights): void {
  const recorded = turn.facts.before.canary?.weights
  if (recorded && areSameWeights(recorded, weights)) return
  emitOf(turn, command, 'TrafficWeightUpdated', `Traffic weight updated ${describeWeights(recorded, weights)}`)
  turn.draft.weights = weights
}

function describeWeights(recorded: TrafficWeights | undefined, weights: TrafficWeights): string {
  const [from, to] = [recorded?.canary.weight, weights.canary.weight]
  const details: string[] = []
  if (from === undefined) details.push(`to ${to}`)
  else if (from !== to) details.push(`from ${from} to ${to}`)
  if (recorded && !sameJson(recorded.additional, weights.additional)) {
    details.push(`additional: [${(weights.additional ?? []).map(describeDestination).join(' ')}]`)
  }
  return details.join(', ')
}

const describeDestination = ({ weight, serviceName, podTemplateHash }: WeightDestination): string =>
  `{${weight} ${serviceName ?? ''} ${podTemplateHash ?? ''}}`

function verifyWeight(turn: Turn, router: string, weight: number, destinations: WeightDestination[]): RouterFlow {
  const answer = askWeight(turn, router, weight, destinations)
  if (!answer) return 'ask'
  const { weights } = turn.draft
  if (weights) turn.draft.weights = verifiedWeights(weights, answer.verified)
  if (answer.error !== undefined) {
    emit(turn, 'WeightVerifyError', `Failed to verify weight: ${answer.error}`, 'Warning')
    return 'stop'
  }
  if (answer.verified !== false) return 'continue'
  requeueAfter(turn, verifyRetrySeconds, 'weightUnverified', { router, weight })
  if (!failsUnverified(turn.facts, weight)) return 'continue'
  const error = `end of rollout, desired weight ${weight} not yet verified`
  return { error, code: 'weight-unverified', path: 'spec.strategy.canary.trafficRouting' }
}

/** A literal: spreading two objects takes several times as long. */
const verifiedWeights = (
  { canary, stable, additional }: TrafficWeights,
  verified: TrafficWeights['verified'],
): TrafficWeights => ({ canary, stable, additional, verified })

/**
 * Quirk kept for fidelity (behaviour 10.18): only an unverified last weight is an error; other weights are waited for.
 */
const failsUnverified = (facts: Facts, weight: number): boolean =>
  weight === maxWeightOf(facts.rollout) && stepsOf(facts.rollout).length >= (facts.before.currentStepIndex ?? 0)
