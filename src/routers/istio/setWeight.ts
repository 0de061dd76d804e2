import type { KubeObject } from '../../model/meta'
import type { WeightDestination } from '../../model/rolloutStatus'
import type { IstioVirtualService } from '../../model/trafficRouting'
import {
  type IstioRoute,
  type Protocol,
  readIstioRoutes,
  selectHttpRoutes,
  selectTcpRoutes,
  selectTlsRoutes,
} from '../../trafficResources/istioRoutes'
import { fieldsOf, listAt, withField } from '../fields'
import type { Failed, RouterCall } from '../routerCall'
import { checkCount, checkDestinations, checkHttpCount } from './checkRoutes'
import { weightedDestinations } from './destinations'
import { orderRoutes } from './managedOrder'
import { eachVirtualService, writeVirtualService } from './virtualServices'

/** Sets the weights of every route that the Rollout names, in all its VirtualServices. */
export function setWeight(
  call: RouterCall,
  weight: number,
  destinations: readonly WeightDestination[],
): Failed | undefined {
  return eachVirtualService(call, (config, read) => {
    if ('failed' in read) return read
    const routes = routesToWeigh(call, config, read.object)
    if ('failed' in routes) return routes
    const weighted = weigh(call, read.object, routes.families, weight, destinations)
    if (weighted === read.object) return undefined
    const ordered = orderRoutes(call, weighted)
    if ('failed' in ordered) return { failed: `[SetWeight] failed to order routes: ${ordered.failed}` }
    return writeVirtualService(call, ordered.object, `set to desiredWeight '${weight}'`)
  })
}

/** The routes of one protocol, and which of them have weights. */
interface Family {
  readonly protocol: Protocol
  readonly routes: readonly IstioRoute[]
  readonly indexes: readonly number[]
}

type Families = { readonly families: readonly Family[] } | Failed

/** Reads and checks the routes of all protocols. A value that is not a list is ignored, as upstream does. */
function routesToWeigh(call: RouterCall, config: IstioVirtualService, object: KubeObject): Families {
  const families: Family[] = []
  for (const one of [httpFamily, tlsFamily, tcpFamily]) {
    const family = one(call, config, object)
    if (family === undefined) continue
    if ('failed' in family) return family
    families.push(family)
  }
  return { families }
}

const listOf = (object: KubeObject, protocol: string): readonly unknown[] | undefined => {
  const list = listAt(fieldsOf(object), 'spec', protocol)
  return 'value' in list ? list.value : undefined
}

type FamilyOf = (call: RouterCall, config: IstioVirtualService, object: KubeObject) => Family | Failed | undefined

const httpFamily: FamilyOf = (call, { routes: names = [] }, object) => {
  const list = listOf(object, 'http')
  if (!list) return undefined
  const read = readIstioRoutes('http', list)
  if ('failed' in read) return read
  const { routes } = read
  const failure =
    checkDestinations(call, routes, selectHttpRoutes(names, routes)) ?? checkHttpCount(call, names, routes)
  if (failure) return failure
  const selected = selectHttpRoutes([...names, ...managedMirrors(call, routes)], routes)
  return { protocol: 'http', routes, indexes: 'failed' in selected ? [] : selected.indexes }
}

/** Managed mirror routes have the same weights as the route beside them. */
const managedMirrors = (call: RouterCall, routes: readonly IstioRoute[]): readonly string[] =>
  routes.flatMap(({ name = '', mirror }) =>
    mirror ? (call.routing.managedRoutes ?? []).flatMap((managed) => (managed.name === name ? [name] : [])) : [],
  )

const tlsFamily: FamilyOf = (call, { tlsRoutes = [] }, object) =>
  connections(call, object, 'tls', tlsRoutes, (routes) => selectTlsRoutes(tlsRoutes, routes))

const tcpFamily: FamilyOf = (call, { tcpRoutes = [] }, object) =>
  connections(call, object, 'tcp', tcpRoutes, (routes) => selectTcpRoutes(tcpRoutes, routes))

/** Routes of connections: they have no names, and no managed routes beside them. */
function connections(
  call: RouterCall,
  object: Parameters<FamilyOf>[2],
  protocol: 'tls' | 'tcp',
  wanted: readonly unknown[],
  select: (routes: readonly IstioRoute[]) => ReturnType<typeof selectTlsRoutes>,
): ReturnType<FamilyOf> {
  const list = listOf(object, protocol)
  if (!list) return undefined
  const read = readIstioRoutes(protocol, list)
  if ('failed' in read) return read
  const { routes } = read
  const selected = select(routes)
  const failure = checkDestinations(call, routes, selected) ?? checkCount(protocol, wanted, routes)
  return failure ?? { protocol, routes, indexes: 'indexes' in selected ? selected.indexes : [] }
}

/** The same object if no weight differs. */
function weigh(
  call: RouterCall,
  object: KubeObject,
  families: readonly Family[],
  weight: number,
  destinations: readonly WeightDestination[],
): KubeObject {
  let changed = object
  for (const { protocol, routes, indexes } of families) {
    const selected = new Set(indexes)
    const next = routes.map((route, index) => {
      if (!selected.has(index)) return route
      const before = route.route ?? []
      const after = weightedDestinations(call, before, weight, destinations)
      return after === before ? route : { ...route, route: after }
    })
    if (next.some((route, index) => route !== routes[index])) changed = withField(changed, ['spec', protocol], next)
  }
  return changed
}
