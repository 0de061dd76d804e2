import type { Failed, RouterCall } from '../routerCall'
import { istioServices } from '../trafficServices'
import { readDestinationRule } from './destinationRule'

export interface CanaryTarget {
  readonly host: string
  readonly subset: string
}

/** The destination of header and mirror routes: the host of the DestinationRule, else the canary Service. */
export function canaryTarget(call: RouterCall): CanaryTarget | Failed {
  const rule = call.routing.istio?.destinationRule
  const service = istioServices(call).canary
  if (!rule) return { host: service, subset: '' }
  const read = readDestinationRule(call, rule.name)
  if ('failed' in read) return read
  return { host: read.host || service, subset: rule.canarySubsetName ?? '' }
}

export const subsetOf = ({ subset }: CanaryTarget) => (subset === '' ? {} : { subset })

/** The supported kinds of a match. */
export const texts = (match: object): object => Object.fromEntries(Object.entries(match).filter(([, value]) => value))
