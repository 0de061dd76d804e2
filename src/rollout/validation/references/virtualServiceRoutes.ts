import { decodeProblem } from '../../../model/goDecode'
import type { Shape } from '../../../model/hash/shape'
import type { JsonObject } from '../../../model/json'
import type { CanaryStrategy, Rollout } from '../../../model/rollout'
import type { IstioVirtualService } from '../../../model/trafficRouting'

// What Istio's routes have to look like so that the controller can split them (behaviour 2.3).

interface Destination {
  readonly destination?: { readonly host?: string; readonly subset?: string }
}

interface Route {
  readonly name?: string
  readonly match?: readonly { readonly port?: number; readonly sniHosts?: readonly string[] }[]
  readonly route?: readonly Destination[]
}

const types: Shape['types'] = {
  HttpRoute:
    'name?:string match?:[]HttpMatch route?:[]RouteDestination mirror?:*Destination mirrorPercentage?:*Percent',
  HttpMatch: 'method?:*StringMatch uri?:*StringMatch headers?:map[]StringMatch',
  StringMatch: 'exact?:string prefix?:string regex?:string',
  Percent: 'value?:float64',
  TlsRoute: 'match?:[]TlsMatch route?:[]RouteDestination',
  TlsMatch:
    'sniHosts?:[]string destinationSubnets?:[]string port?:int64 sourceLabels?:map[]string gateways?:[]string sourceNamespace?:string',
  TcpRoute: 'match?:[]TcpMatch route?:[]RouteDestination',
  TcpMatch:
    'destinationSubnets?:[]string port?:int64 sourceLabels?:map[]string gateways?:[]string sourceNamespace?:string',
  RouteDestination: 'destination?:Destination weight?:int64',
  Destination: 'host?:string subset?:string port?:*Port',
  Port: 'number?:uint32',
}

interface Protocol {
  readonly field: 'http' | 'tls' | 'tcp'
  readonly name: string
  readonly shape: Shape
  /** The routes to split, or what is wrong with the choice. */
  readonly choose: (entry: IstioVirtualService, routes: readonly Route[]) => readonly Route[] | string
  /** Several routes, and none is named. */
  readonly isAmbiguous: (entry: IstioVirtualService, routes: readonly Route[], canary: CanaryStrategy) => boolean
  /** Field of the Rollout that names routes. */
  readonly names: 'routes' | 'tlsRoutes' | 'tcpRoutes'
}

const protocols: readonly Protocol[] = [
  {
    field: 'http',
    name: 'HTTP',
    shape: { root: 'HttpRoute', types },
    choose: httpRoutes,
    isAmbiguous: ({ routes: wanted }, routes, { trafficRouting }) => {
      const managed = new Set((trafficRouting?.managedRoutes ?? []).map(({ name }) => name))
      return !wanted?.length && routes.filter(({ name }) => !managed.has(name ?? '')).length > 1
    },
    names: 'routes',
  },
  {
    field: 'tls',
    name: 'TLS',
    shape: { root: 'TlsRoute', types },
    choose: ({ tlsRoutes }, routes) =>
      chosen('TLS', tlsRoutes, routes, (wanted, route) => {
        const hosts = new Set((route.match ?? []).flatMap(({ sniHosts }) => sniHosts ?? []))
        const wantedHosts = new Set(wanted.sniHosts ?? [])
        return (wanted.sniHosts ?? []).length === hosts.size && [...hosts].every((host) => wantedHosts.has(host))
      }),
    isAmbiguous: ({ tlsRoutes }, routes) => !tlsRoutes?.length && routes.length > 1,
    names: 'tlsRoutes',
  },
  {
    field: 'tcp',
    name: 'TCP',
    shape: { root: 'TcpRoute', types },
    choose: ({ tcpRoutes }, routes) => chosen('TCP', tcpRoutes, routes, () => true),
    isAmbiguous: ({ tcpRoutes }, routes) => !tcpRoutes?.length && routes.length > 1,
    names: 'tcpRoutes',
  },
]

/** What is wrong with the routes of a VirtualService, protocol by protocol. */
export function* routeProblems(rollout: Rollout, entry: IstioVirtualService, spec: JsonObject): Generator<string> {
  const present = protocols.filter(({ field }) => Array.isArray(spec[field]))
  if (present.length === 0) yield 'Unable to get any of the HTTP, TCP or TLS routes for the Istio VirtualService'
  for (const protocol of present) {
    const routes = spec[protocol.field] as readonly unknown[]
    if (routes.some((route) => route !== null && decodeProblem(protocol.shape, route) !== undefined)) {
      yield `Unable to get ${protocol.name} routes for Istio VirtualService`
      continue
    }
    const problem = problemOf(
      protocol,
      rollout,
      entry,
      routes.map((route) => (route ?? {}) as Route),
    )
    if (problem !== undefined) yield `Istio VirtualService has invalid ${protocol.name} routes. Error: ${problem}`
  }
}

function problemOf(
  { field, choose, isAmbiguous, names }: Protocol,
  rollout: Rollout,
  entry: IstioVirtualService,
  routes: readonly Route[],
): string | undefined {
  const canary = rollout.spec.strategy?.canary ?? {}
  const chosenRoutes = choose(entry, routes)
  if (typeof chosenRoutes === 'string') return chosenRoutes
  for (const route of chosenRoutes) {
    const problem = destinationProblem(rollout, canary, route.route ?? [])
    if (problem !== undefined) return problem
  }
  if (!isAmbiguous(entry, routes, canary)) return undefined
  return `spec.${field}[] should be set in VirtualService and it must have exactly one route when omitting spec.strategy.canary.trafficRouting.istio.virtualService.${names}`
}

/** Named routes; without names the only one, or the first that has no name. */
function httpRoutes({ routes: wanted }: IstioVirtualService, routes: readonly Route[]): readonly Route[] | string {
  if (!wanted?.length) return routes.length === 1 ? routes : routes.filter(({ name }) => !name).slice(0, 1)
  const found: Route[] = []
  for (const name of wanted) {
    const route = routes.find((one) => (one.name ?? '') === name)
    if (!route) return `HTTP Route '${name}' is not found in the defined Virtual Service.`
    found.push(route)
  }
  return found
}

/** Routes of one port, the wanted one; without a wish the first. Upstream crashes where there is no first. */
function chosen<Wanted extends { readonly port?: number }>(
  protocol: string,
  wanted: readonly Wanted[] | undefined,
  routes: readonly Route[],
  fits: (wanted: Wanted, route: Route) => boolean,
): readonly Route[] | string {
  const none = `No matching ${protocol} routes found in the defined Virtual Service.`
  if (!wanted?.length) return routes[0] ? [routes[0]] : none
  const found: Route[] = []
  for (const one of wanted) {
    const matching = routes.filter((route) => {
      const ports = new Set((route.match ?? []).map(({ port }) => port ?? 0))
      const [port = 0] = ports
      return ports.size <= 1 && port === (one.port ?? 0) && fits(one, route)
    })
    if (matching.length === 0) return none
    found.push(...matching)
  }
  return found
}

/** Both sides have to be among the destinations: by subset where a DestinationRule is named, else by Service. */
function destinationProblem(
  rollout: Rollout,
  canary: CanaryStrategy,
  destinations: readonly Destination[],
): string | undefined {
  const rule = canary.trafficRouting?.istio?.destinationRule
  if (rule) {
    const subsets = new Set(destinations.map(({ destination }) => destination?.subset || undefined))
    const sides = [
      ['Canary', rule.canarySubsetName ?? ''],
      ['Stable', rule.stableSubsetName ?? ''],
    ] as const
    const missing = sides.find(([, subset]) => !subsets.has(subset))
    return missing && `${missing[0]} DestinationRule subset '${missing[1]}' not found in route`
  }
  const hosts = new Set(destinations.map(({ destination }) => shortHost(destination?.host) || undefined))
  const { stable, canary: fresh } = routedServices(rollout, canary)
  const sides = [
    ['Canary', fresh],
    ['Stable', stable],
  ] as const
  const missing = sides.find(([, service]) => !hosts.has(service))
  return missing && `${missing[0]} Service '${missing[1]}' not found in route`
}

/** What stands before the first dot. */
const shortHost = (host = ''): string => (host.includes('.') ? host.slice(0, host.indexOf('.')) : host)

/** Ping and pong where neither canary nor stable Service is named. */
function routedServices({ status }: Rollout, { stableService = '', canaryService = '', pingPong }: CanaryStrategy) {
  if (!pingPong || stableService || canaryService) return { stable: stableService, canary: canaryService }
  const { pingService = '', pongService = '' } = pingPong
  return status?.canary?.stablePingPong === 'ping'
    ? { stable: pingService, canary: pongService }
    : { stable: pongService, canary: pingService }
}
