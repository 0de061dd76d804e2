import { crash, type Failed, type RouterCall } from '../routerCall'
import { istioServices } from '../trafficServices'
import { destinationHost } from './destinations'
import type { ManagedRoute } from './managedOrder'
import { splitManaged } from './managedOrder'
import type { HttpRoute, RouteDestination } from './readRoutes'
import type { Selected } from './selectRoutes'

const omitted = (protocol: string, field: string): string =>
  `spec.${protocol}[] should be set in VirtualService and it must have exactly one route when omitting spec.strategy.canary.trafficRouting.istio.virtualService.${field}`

/** Every selected route has a canary and a stable destination (behaviour 2.3). */
export function checkDestinations(
  call: RouterCall,
  routes: readonly { readonly route?: readonly RouteDestination[] }[],
  selected: Selected,
): Failed | undefined {
  if ('failed' in selected) return selected
  for (const index of selected.indexes) {
    const route = routes[index]
    if (!route) return crash('the VirtualService has an empty list of routes')
    const failure = checkRoute(call, route.route ?? [])
    if (failure) return failure
  }
  return undefined
}

function checkRoute(call: RouterCall, destinations: readonly RouteDestination[]): Failed | undefined {
  const rule = call.routing.istio?.destinationRule
  if (rule) {
    const { canarySubsetName: canary = '', stableSubsetName: stable = '' } = rule
    const subsets = destinations.map((one) => one?.destination?.subset ?? '')
    const has = (name: string): boolean => name !== '' && subsets.includes(name)
    if (!has(canary)) return { failed: `Canary DestinationRule subset '${canary}' not found in route` }
    return has(stable) ? undefined : { failed: `Stable DestinationRule subset '${stable}' not found in route` }
  }
  const { canary, stable } = istioServices(call)
  const hosts = destinations.map(destinationHost)
  const has = (name: string): boolean => name !== '' && hosts.includes(name)
  if (!has(canary)) return { failed: `Canary Service '${canary}' not found in route` }
  return has(stable) ? undefined : { failed: `Stable Service '${stable}' not found in route` }
}

/** Without names of routes there must be one only, apart from managed ones. */
export function checkHttpCount(
  call: RouterCall,
  names: readonly string[],
  routes: readonly HttpRoute[],
): Failed | undefined {
  const { others } = splitManaged(call, routes as readonly ManagedRoute[])
  return names.length === 0 && others.length > 1 ? { failed: omitted('http', 'routes') } : undefined
}

export const checkCount = (
  protocol: 'tls' | 'tcp',
  wanted: readonly unknown[],
  routes: readonly unknown[],
): Failed | undefined =>
  wanted.length === 0 && routes.length > 1 ? { failed: omitted(protocol, `${protocol}Routes`) } : undefined
