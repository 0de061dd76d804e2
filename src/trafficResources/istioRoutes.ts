import { type DecodeShape, decodeProblem } from '../kube/types/decode'
import type { IstioVirtualService } from '../model/trafficRouting'

// Routes of Istio's VirtualServices, as far as the controller reads them. A route with a wrong type is refused as a
// whole.

export type Protocol = 'http' | 'tls' | 'tcp'

export interface RouteDestination {
  readonly destination?: {
    readonly host?: string
    readonly subset?: string
    readonly port?: { readonly number?: number }
  }
  readonly weight?: number
}

/** A route of any protocol; TLS and TCP routes have no names and no mirrors, TCP routes no host names. */
export interface IstioRoute {
  readonly name?: string
  readonly match?: readonly ({ readonly sniHosts?: readonly string[]; readonly port?: number } | null)[]
  readonly route?: readonly RouteDestination[]
  readonly mirror?: object
}

const portMatch =
  'destinationSubnets?:[]string port?:int64 sourceLabels?:map[]string gateways?:[]string sourceNamespace?:string'

const types: DecodeShape['types'] = {
  VirtualServiceHTTPRoute:
    'name?:string match?:[]RouteMatch route?:[]VirtualServiceRouteDestination mirror?:*VirtualServiceDestination mirrorPercentage?:*Percent',
  RouteMatch: 'method?:*StringMatch uri?:*StringMatch headers?:map[]StringMatch',
  StringMatch: 'exact?:string prefix?:string regex?:string',
  Percent: 'value?:float64',
  VirtualServiceTLSRoute: 'match?:[]TLSMatchAttributes route?:[]VirtualServiceRouteDestination',
  TLSMatchAttributes: `sniHosts?:[]string ${portMatch}`,
  VirtualServiceTCPRoute: 'match?:[]L4MatchAttributes route?:[]VirtualServiceRouteDestination',
  L4MatchAttributes: portMatch,
  VirtualServiceRouteDestination: 'destination?:VirtualServiceDestination weight?:int64',
  VirtualServiceDestination: 'host?:string subset?:string port?:*Port',
  Port: 'number?:uint32',
}

const roots: Readonly<Record<Protocol, string>> = {
  http: 'VirtualServiceHTTPRoute',
  tls: 'VirtualServiceTLSRoute',
  tcp: 'VirtualServiceTCPRoute',
}

export type IstioRoutes = { readonly routes: readonly IstioRoute[] } | { readonly failed: string }

/** Reads the list of one protocol; `failed` is the error of Go's decoder for the first route with a wrong type. */
export function readIstioRoutes(protocol: Protocol, list: readonly unknown[]): IstioRoutes {
  const shape = { root: roots[protocol], types, goName: (type: string) => `istio.${type}` }
  for (const route of list) {
    const failed = route === null ? undefined : decodeProblem(shape, route)
    if (failed !== undefined) return { failed }
  }
  return { routes: list.map((route) => (route ?? {}) as IstioRoute) }
}

export type SelectedRoutes = { readonly indexes: readonly number[] } | { readonly failed: string }

/** The HTTP routes by name; without names the only route, or else the first one that has no name (behaviour 6.1). */
export function selectHttpRoutes(names: readonly string[], routes: readonly IstioRoute[]): SelectedRoutes {
  if (names.length === 0) {
    if (routes.length === 1) return { indexes: [0] }
    const unnamed = routes.findIndex(({ name }) => (name ?? '') === '')
    return { indexes: unnamed < 0 ? [] : [unnamed] }
  }
  const indexes: number[] = []
  for (const name of names) {
    const index = routes.findIndex((route) => (route.name ?? '') === name)
    if (index < 0) return { failed: `HTTP Route '${name}' is not found in the defined Virtual Service.` }
    indexes.push(index)
  }
  return { indexes }
}

type PortRoutes = NonNullable<IstioVirtualService['tlsRoutes']>

/** The TLS routes with exactly that port and those host names, or the first one. */
export function selectTlsRoutes(wanted: PortRoutes, routes: readonly IstioRoute[]): SelectedRoutes {
  return selectByMatch(wanted, routes, 'TLS', (one, route) => {
    const hosts = new Set((route.match ?? []).flatMap((match) => match?.sniHosts ?? []))
    const names = new Set(one.sniHosts ?? [])
    return hosts.size === (one.sniHosts ?? []).length && [...hosts].every((host) => names.has(host))
  })
}

/** The TCP routes with exactly that port, or the first one. */
export const selectTcpRoutes = (wanted: PortRoutes, routes: readonly IstioRoute[]): SelectedRoutes =>
  selectByMatch(wanted, routes, 'TCP', () => true)

function selectByMatch(
  wanted: PortRoutes,
  routes: readonly IstioRoute[],
  protocol: string,
  fits: (one: PortRoutes[number], route: IstioRoute) => boolean,
): SelectedRoutes {
  if (wanted.length === 0) return { indexes: [0] }
  const indexes: number[] = []
  for (const one of wanted) {
    const found = routes.flatMap((route, index) => (hasPort(route, one.port ?? 0) && fits(one, route) ? [index] : []))
    if (found.length === 0) return { failed: `No matching ${protocol} routes found in the defined Virtual Service.` }
    indexes.push(...found)
  }
  return { indexes }
}

/** A route that matches several ports is never selected; one that matches none counts as port 0. */
function hasPort({ match }: IstioRoute, port: number): boolean {
  const ports = new Set((match ?? []).map((one) => one?.port ?? 0))
  return ports.size <= 1 && ([...ports][0] ?? 0) === port
}

/** The Service of a destination: its host up to the first dot. A host that starts with a dot names none. */
export function destinationHost(destination: RouteDestination | null | undefined): string {
  const host = destination?.destination?.host ?? ''
  const dot = host.indexOf('.')
  return dot < 0 ? host : host.slice(0, dot)
}

/** The two sides of a split, by Service, or by subset of a DestinationRule. */
export interface Sides {
  readonly by: 'Service' | 'DestinationRule subset'
  readonly canary: string
  readonly stable: string
}

/** Which side has no destination in a route. A side without a name is never found (behaviour 2.3). */
export function missingSide(destinations: readonly (RouteDestination | null)[], sides: Sides): string | undefined {
  const names = destinations.map((one) =>
    sides.by === 'Service' ? destinationHost(one) : (one?.destination?.subset ?? ''),
  )
  const has = (name: string): boolean => name !== '' && names.includes(name)
  if (!has(sides.canary)) return `Canary ${sides.by} '${sides.canary}' not found in route`
  return has(sides.stable) ? undefined : `Stable ${sides.by} '${sides.stable}' not found in route`
}

const nameFields: Readonly<Record<Protocol, string>> = { http: 'routes', tls: 'tlsRoutes', tcp: 'tcpRoutes' }

/** Several routes, and the Rollout names none. */
export const omittedNames = (protocol: Protocol): string =>
  `spec.${protocol}[] should be set in VirtualService and it must have exactly one route when omitting spec.strategy.canary.trafficRouting.istio.virtualService.${nameFields[protocol]}`
