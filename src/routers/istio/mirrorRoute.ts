import type { KubeObject } from '../../model/meta'
import type { SetMirrorRoute } from '../../model/rollout'
import type { IstioVirtualService } from '../../model/trafficRouting'
import { type RouteDestination, readIstioRoutes, selectHttpRoutes } from '../../trafficResources/istioRoutes'
import { crash, explained, type Failed, type Found, type RouterCall } from '../routerCall'
import { type CanaryTarget, canaryTarget, subsetOf, texts } from './canaryTarget'
import { orderRoutes, withHttpRoutes } from './managedOrder'
import { routesOf, withoutRoute } from './namedRoutes'
import { eachVirtualService, writeVirtualService } from './virtualServices'

/** Puts a mirror route on top, or removes it if it has no matches. Written at every call, changed or not. */
export function setMirrorRoute(call: RouterCall, route: SetMirrorRoute): Failed | undefined {
  return eachVirtualService(call, (config, read) => {
    if ('failed' in read) return explained('[SetMirrorRoute] failed to get virtual service: ', read)
    const changed = withMirrorRoute(call, config, read.object, route)
    if ('failed' in changed) {
      const prefix =
        '[SetMirrorRoute] failed reconcile virtual service for mirror routes: [reconcileVirtualServiceMirrorRoutes] '
      return explained(prefix, changed)
    }
    const ordered = orderRoutes(call, changed.object)
    if ('failed' in ordered) {
      return explained('[SetMirrorRoute] failed to order routes based on managedRoute order: ', ordered)
    }
    const failure = writeVirtualService(call, ordered.object, `set mirrorRoute '${route.name ?? ''}'`)
    return failure && explained('[SetMirrorRoute] failed to update virtual service ', failure)
  })
}

function withMirrorRoute(
  call: RouterCall,
  config: IstioVirtualService,
  object: KubeObject,
  route: SetMirrorRoute,
): Found {
  const target = canaryTarget(call)
  if ('failed' in target) return explained('failed to get destination rule host: ', target)
  const cleared = withoutRoute(object, route.name ?? '')
  if ('failed' in cleared) {
    return explained(`failed to remove ${route.match ? 'http route' : 'route'} from virtual service: `, cleared)
  }
  if (!route.match) return cleared
  const routes = routesOf(cleared.object)
  const mirror = mirrorRoute(config, routes, route, target)
  if ('failed' in mirror) return mirror
  return { object: withHttpRoutes(cleared.object, [mirror.route, ...routes]) }
}

function mirrorRoute(
  { routes: names = [] }: IstioVirtualService,
  routes: readonly unknown[],
  route: SetMirrorRoute,
  target: CanaryTarget,
): { readonly route: object } | Failed {
  const read = readIstioRoutes('http', routes)
  if ('failed' in read) {
    const prefix =
      'failed to get virtual service http routes: [getVirtualServiceHttpRoutes] failed to get http route types: '
    return explained(prefix, read)
  }
  const selected = selectHttpRoutes(names, read.routes)
  if ('failed' in selected) {
    const prefix =
      'failed to create mirror route: [createMirrorRoute] failed to get virtual service http route for keeping non-mirror weights set: [getVirtualServiceSetWeightRoute] failed to get routes that need to be patch when set weight is called: '
    return explained(prefix, selected)
  }
  const destinations = selected.indexes[0] === undefined ? [] : (read.routes[selected.indexes[0]]?.route ?? [])
  const first = destinations[0]
  if (!first) return crash('no route carries weights')
  const port = first.destination?.port
  const match = (route.match ?? []).map(({ method, path, headers }) => ({
    ...(method && { method: texts(method) }),
    ...(path && { uri: texts(path) }),
    ...(headers &&
      Object.keys(headers).length > 0 && {
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, texts(value)])),
      }),
  }))
  return {
    route: {
      name: route.name ?? '',
      ...(match.length > 0 && { match }),
      route: destinations.map(plainDestination),
      mirror: {
        ...(target.host !== '' && { host: target.host }),
        ...subsetOf(target),
        ...(port && { port: plainPort(port) }),
      },
      mirrorPercentage: { value: route.percentage ?? 100 },
    },
  }
}

/** The fields of a destination that the controller has; the mirror route has only these, and no weights of 0. */
const plainDestination = ({ destination = {}, weight = 0 }: RouteDestination) => ({
  destination: {
    ...(destination.host && { host: destination.host }),
    ...(destination.subset && { subset: destination.subset }),
    ...(destination.port && { port: plainPort(destination.port) }),
  },
  ...(weight !== 0 && { weight }),
})

const plainPort = ({ number = 0 }: { readonly number?: number }) => (number === 0 ? {} : { number })
