import type { WeightDestination } from '../../model/rolloutStatus'
import { destinationHost, type RouteDestination } from '../../trafficResources/istioRoutes'
import type { RouterCall } from '../routerCall'
import { istioServices, type TrafficServices } from '../trafficServices'

/**
 * The destinations of a route with these weights (behaviour 6.1): canary and stable by Service or subset, experiments
 * by Service, stable gets the rest. A foreign destination is removed, unless it has no weight (quirk kept for
 * fidelity). Returns the same list if nothing changes.
 */
export function weightedDestinations(
  call: RouterCall,
  destinations: readonly RouteDestination[],
  weight: number,
  additional: readonly WeightDestination[],
): readonly RouteDestination[] {
  const rule = call.routing.istio?.destinationRule
  const kept = new Set(rule?.additionalSubsetNames ?? [])
  const share: Share = {
    services: istioServices(call),
    subsets: { canary: rule?.canarySubsetName ?? '', stable: rule?.stableSubsetName ?? '' },
    kept,
    canary: weight,
    stable: stableWeight(destinations, weight, additional, kept),
    missing: new Map(additional.map((one) => [one.serviceName ?? '', one.weight])),
  }
  const changed: RouteDestination[] = []
  for (const destination of destinations) {
    const wanted = wantedWeight(destination, share)
    if (wanted !== undefined) changed.push(reweighted(destination, wanted))
  }
  changed.push(...appended(share.missing))
  const isSame = changed.length === destinations.length && changed.every((one, at) => one === destinations[at])
  return isSame ? destinations : changed
}

interface Share {
  readonly services: TrafficServices
  readonly subsets: TrafficServices
  /** Subsets whose weights the user sets. */
  readonly kept: ReadonlySet<string>
  readonly canary: number
  readonly stable: number
  /** Weights of experiments that no destination has yet, by Service. */
  readonly missing: Map<string, number>
}

function stableWeight(
  destinations: readonly RouteDestination[],
  weight: number,
  additional: readonly WeightDestination[],
  kept: ReadonlySet<string>,
): number {
  const experiments = additional.reduce((sum, one) => sum + one.weight, 0)
  const others = destinations.filter((one) => kept.has(subsetOf(one))).reduce((sum, one) => sum + (one.weight ?? 0), 0)
  // Istio has no negative weights.
  return Math.max(0, 100 - weight - experiments - others)
}

const subsetOf = (destination: RouteDestination): string => destination?.destination?.subset ?? ''

/** The weight that a destination should have; undefined if it has to be removed. */
function wantedWeight(destination: RouteDestination, share: Share): number | undefined {
  const host = destinationHost(destination)
  const subset = subsetOf(destination)
  const current = destination?.weight ?? 0
  if (host === '') return current
  if (host === share.services.canary || (subset !== '' && subset === share.subsets.canary)) return share.canary
  if (host === share.services.stable || (subset !== '' && subset === share.subsets.stable)) return share.stable
  const experiment = share.missing.get(host)
  if (experiment !== undefined) {
    share.missing.delete(host)
    return experiment
  }
  return (subset !== '' && share.kept.has(subset)) || current === 0 ? current : undefined
}

const reweighted = (destination: RouteDestination, weight: number): RouteDestination =>
  (destination?.weight ?? 0) === weight ? destination : { ...destination, weight }

/** Destinations for experiments that had none, in the order of their Services' names. */
const appended = (missing: ReadonlyMap<string, number>): RouteDestination[] =>
  [...missing]
    .filter(([, weight]) => weight !== 0)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([host, weight]) => ({ destination: { host }, weight }))
