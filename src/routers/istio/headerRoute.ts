import type { KubeObject } from '../../model/meta'
import type { SetHeaderRoute } from '../../model/rollout'
import type { IstioVirtualService } from '../../model/trafficRouting'
import { type RouteDestination, readIstioRoutes, selectHttpRoutes } from '../../trafficResources/istioRoutes'
import { explained, type Failed, type Found, type RouterCall } from '../routerCall'
import { canaryTarget, subsetOf, texts } from './canaryTarget'
import { orderRoutes, withHttpRoutes } from './managedOrder'
import { routesOf, withoutRoute } from './namedRoutes'
import { eachVirtualService, writeVirtualService } from './virtualServices'

/** Puts a header route on top, or removes it if it has no matches. Written at every call, changed or not. */
export function setHeaderRoute(call: RouterCall, route: SetHeaderRoute): Failed | undefined {
  return eachVirtualService(call, (config, read) => {
    if ('failed' in read) return explained('[SetHeaderRoute] failed to get istio virtual service: ', read)
    const changed = withHeaderRoute(call, config, read.object, route)
    if ('failed' in changed) return explained('[SetHeaderRoute] failed to reconcile header routes: ', changed)
    const ordered = orderRoutes(call, changed.object)
    if ('failed' in ordered) return explained('[SetHeaderRoute] failed to order routes: ', ordered)
    const failure = writeVirtualService(call, ordered.object, `set headerRoute '${route.name ?? ''}'`)
    return failure && explained('[SetHeaderRoute] failed to update routes: ', failure)
  })
}

function withHeaderRoute(
  call: RouterCall,
  config: IstioVirtualService,
  object: KubeObject,
  route: SetHeaderRoute,
): Found {
  const target = canaryTarget(call)
  if ('failed' in target) return target
  const cleared = withoutRoute(object, route.name ?? '')
  if ('failed' in cleared) {
    const what = route.match ? 'http route' : 'route'
    return explained(`[reconcileVirtualServiceHeaderRoutes] failed to remove ${what} from virtual service: `, cleared)
  }
  if (!route.match) return cleared
  const routes = routesOf(cleared.object)
  const port = weightRouteOf(config, routes)?.[0]?.destination?.port?.number ?? 0
  const match = route.match.map(({ headerName, headerValue = {} }) => ({
    headers: { [headerName]: texts(headerValue) },
  }))
  const destination = { host: target.host, ...(port > 0 && { port: { number: port } }), ...subsetOf(target) }
  const added = {
    name: route.name ?? '',
    ...(match.length > 0 && { match }),
    route: [{ destination, weight: 100 }],
  }
  return { object: withHttpRoutes(cleared.object, [...routes, added]) }
}

/** The destinations of the first route with weights; undefined if there is none. */
function weightRouteOf(
  { routes: names = [] }: IstioVirtualService,
  routes: readonly unknown[],
): readonly RouteDestination[] | undefined {
  const read = readIstioRoutes('http', routes)
  if ('failed' in read) return undefined
  const selected = selectHttpRoutes(names, read.routes)
  if ('failed' in selected || selected.indexes[0] === undefined) return undefined
  return read.routes[selected.indexes[0]]?.route
}
