import type { KubeObject } from '../../model/meta'
import type { WeightDestination } from '../../model/rolloutStatus'
import type { Failed, Found, RouterCall } from '../routerCall'
import { namedServices } from '../trafficServices'
import { changeRoutes } from './changeRoutes'
import { withExperiment } from './experiment'
import { type Plan, planOf } from './plan'
import { withProgressLabel } from './progressLabel'
import type { RouteKind } from './routeKinds'
import {
  type BackendRef,
  backendsOf,
  isCanaryOnly,
  isManagedName,
  type RouteRule,
  rulesOf,
  withRules,
} from './routeRules'

const noRoutes =
  "No routes configured. At least one of 'httpRoutes', 'grpcRoutes', 'tcpRoutes', 'tlsRoutes', 'httpRoute', 'grpcRoute', 'tcpRoute' or 'tlsRoute' must be set"

/** Sets the weights of both Services in every route. Written at every call, changed or not. */
export function setWeight(
  call: RouterCall,
  weight: number,
  destinations: readonly WeightDestination[],
): Failed | undefined {
  const plan = planOf(call)
  if ('failed' in plan) return plan
  if (plan.driven.length === 0) return { failed: noRoutes }
  return changeRoutes(call, plan, (kind, _, route) => weighted(call, plan, kind, route, weight, destinations))
}

function weighted(
  call: RouterCall,
  plan: Plan,
  kind: RouteKind,
  route: KubeObject,
  weight: number,
  destinations: readonly WeightDestination[],
): Found {
  const { canary, stable } = namedServices(call.canary)
  const found = new Set<string>()
  const weigh = (ref: BackendRef): BackendRef => {
    if (ref?.name === canary) {
      found.add('canary')
      // If both Services have the same name, the stable weight is written last in routes without header routes.
      return { ...ref, weight: !kind.matchFields && stable === canary ? 100 - weight : weight }
    }
    if (ref?.name !== stable) return ref
    found.add('stable')
    return { ...ref, weight: 100 - weight }
  }
  const rules = rulesOf(route).map((rule): RouteRule => {
    if (kind.matchFields && isManagedRule(call, rule)) return rule
    return backendsOf(rule).length === 0 ? rule : { ...rule, backendRefs: rule.backendRefs!.map(weigh) }
  })
  if (!found.has('canary') || !(found.has('stable') || (!kind.matchFields && stable === canary))) {
    return { failed: kind.missingBackend }
  }
  const changed = withRules(route, rules)
  const shared = kind.hasExperiments ? withExperiment(call, changed, destinations) : changed
  return { object: withProgressLabel(shared, plan.config, weight) }
}

/** Rules of header routes have no weights. */
function isManagedRule(call: RouterCall, rule: RouteRule): boolean {
  const managed = (call.routing.managedRoutes ?? []).map(({ name }) => name)
  return isManagedName(rule?.name, managed) || isCanaryOnly(rule, namedServices(call.canary).canary)
}
