import type { VerifyWeightAnswer } from '../../model/ask'
import type { TrafficChange } from '../../model/change'
import type { WeightDestination } from '../../model/rolloutStatus'
import { routerOrder } from '../../model/trafficRouting'
import type { Facts } from '../facts/facts'
import { commit } from '../turn/commit'
import type { Problem } from '../turn/flow'
import type { Turn } from '../turn/turn'

/** Routers in the order in which they are called. Plugins come last, by name (upstream: in random order). */
export function routersOf(facts: Facts): string[] {
  const routing = facts.rollout.spec.strategy?.canary?.trafficRouting
  if (!routing) return []
  const routers: string[] = []
  for (const name of routerOrder) if (routing[name] !== undefined) routers.push(name)
  if (routing.plugins) for (const name of Object.keys(routing.plugins).sort()) routers.push(`plugins/${name}`)
  return routers
}

/** Adds a call of a router to the decision. Returns the problem if the host reported that the router refused it. */
export function callRouter(turn: Turn, change: TrafficChange): Problem | undefined {
  const failure = commit(turn, change)
  return failure && { error: failure.message, code: 'router-refused', path: 'spec.strategy.canary.trafficRouting' }
}

/** Asks whether the weight is in effect; undefined while there is no answer. */
export function askWeight(
  turn: Turn,
  router: string,
  weight: number,
  destinations: readonly WeightDestination[],
): VerifyWeightAnswer | undefined {
  const key = `verifyWeight/${router}`
  const answer = turn.facts.observed.answers?.replies?.[key] as VerifyWeightAnswer | undefined
  if (!answer) turn.ledger.asks.push({ kind: 'verifyWeight', key, router, weight, destinations })
  return answer
}
