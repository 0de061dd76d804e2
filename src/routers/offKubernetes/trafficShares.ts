import type { WeightDestination } from '../../model/rolloutStatus'
import { takeSplit } from '../wellFormed'

/** One destination and its part of the traffic, in percent. */
export interface TrafficShare {
  readonly service: string
  /** Whole percent; the shares of a list add up to 100. */
  readonly weightPercent: number
}

/** The content of a `setWeight` change, with the Services of canary and stable. */
export interface TrafficSplit {
  readonly canary: string
  readonly stable: string
  /** The canary's weight, out of `maxWeight`. */
  readonly weight: number
  readonly destinations?: readonly WeightDestination[]
  /** Default 100: `trafficRouting.maxTrafficWeight`. */
  readonly maxWeight?: number
}

/**
 * The shares of the traffic: canary first, experiments in their order, stable last with the rest. For routers that the
 * engine does not support, and as the input for those off Kubernetes. Weights out of another maximum than 100 are
 * scaled and rounded; stable gets the rounding difference. Weights above the maximum are cut, last ones first.
 *
 * @see behaviour 6
 *
 * @example
 * import { trafficShares } from 'rollout-engine/routers'
 * trafficShares({ canary: 'web-canary', stable: 'web', weight: 20 }).map(({ weightPercent }) => weightPercent) // => [20, 80]
 */
export function trafficShares(given: TrafficSplit): readonly TrafficShare[] {
  const split = takeSplit(given).value
  const { canary, stable, weight, destinations = [], maxWeight = 100 } = split
  const wanted = [
    { service: canary, weight },
    ...destinations.map((one) => ({ service: one.serviceName ?? '', weight: one.weight })),
  ]
  let left = 100
  const shares: TrafficShare[] = []
  for (const { service, weight: part } of wanted) {
    const weightPercent = Math.min(left, percentOf(part, maxWeight))
    left -= weightPercent
    shares.push({ service, weightPercent })
  }
  return [...shares, { service: stable, weightPercent: left }]
}

function percentOf(weight: number, maxWeight: number): number {
  const percent = Math.round((weight / maxWeight) * 100)
  return Number.isFinite(percent) ? Math.min(100, Math.max(0, percent)) : 0
}
