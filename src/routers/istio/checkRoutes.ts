import {
  type IstioRoute,
  missingSide,
  omittedNames,
  type Protocol,
  type SelectedRoutes,
  type Sides,
} from '../../trafficResources/istioRoutes'
import { crash, type Failed, type RouterCall } from '../routerCall'
import { istioServices } from '../trafficServices'
import { splitManaged } from './managedOrder'

/** Every selected route has a canary and a stable destination (behaviour 2.3). */
export function checkDestinations(
  call: RouterCall,
  routes: readonly IstioRoute[],
  selected: SelectedRoutes,
): Failed | undefined {
  if ('failed' in selected) return selected
  const sides = sidesOf(call)
  for (const index of selected.indexes) {
    const route = routes[index]
    if (!route) return crash('the VirtualService has an empty list of routes')
    const failed = missingSide(route.route ?? [], sides)
    if (failed !== undefined) return { failed }
  }
  return undefined
}

/** By subset where a DestinationRule is named, else by Service. */
function sidesOf(call: RouterCall): Sides {
  const rule = call.routing.istio?.destinationRule
  return rule
    ? { by: 'DestinationRule subset', canary: rule.canarySubsetName ?? '', stable: rule.stableSubsetName ?? '' }
    : { by: 'Service', ...istioServices(call) }
}

/** Without names of routes there must be one only, apart from managed ones. */
export function checkHttpCount(
  call: RouterCall,
  names: readonly string[],
  routes: readonly IstioRoute[],
): Failed | undefined {
  const { others } = splitManaged(call, routes)
  return names.length === 0 && others.length > 1 ? { failed: omittedNames('http') } : undefined
}

export const checkCount = (
  protocol: Exclude<Protocol, 'http'>,
  wanted: readonly unknown[],
  routes: readonly unknown[],
): Failed | undefined => (wanted.length === 0 && routes.length > 1 ? { failed: omittedNames(protocol) } : undefined)
