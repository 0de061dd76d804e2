import type { JsonObject } from '../../../model/json'
import type { CanaryStrategy, Rollout } from '../../../model/rollout'
import type { IstioVirtualService } from '../../../model/trafficRouting'
import {
  type IstioRoute,
  missingSide,
  omittedNames,
  type Protocol,
  readIstioRoutes,
  type SelectedRoutes,
  type Sides,
  selectHttpRoutes,
  selectTcpRoutes,
  selectTlsRoutes,
} from '../../../trafficResources/istioRoutes'

// The form of Istio routes that the controller can split (behaviour 2.3).

interface ProtocolRules {
  readonly protocol: Protocol
  readonly select: (entry: IstioVirtualService, routes: readonly IstioRoute[]) => SelectedRoutes
  /** Several routes, and the Rollout names none. */
  readonly isAmbiguous: (entry: IstioVirtualService, routes: readonly IstioRoute[], canary: CanaryStrategy) => boolean
}

const protocols: readonly ProtocolRules[] = [
  {
    protocol: 'http',
    select: ({ routes: wanted }, routes) => selectHttpRoutes(wanted ?? [], routes),
    isAmbiguous: ({ routes: wanted }, routes, { trafficRouting }) => {
      const managed = new Set((trafficRouting?.managedRoutes ?? []).map(({ name }) => name))
      return !wanted?.length && routes.filter(({ name }) => !managed.has(name ?? '')).length > 1
    },
  },
  {
    protocol: 'tls',
    select: ({ tlsRoutes }, routes) => selectTlsRoutes(tlsRoutes ?? [], routes),
    isAmbiguous: ({ tlsRoutes }, routes) => !tlsRoutes?.length && routes.length > 1,
  },
  {
    protocol: 'tcp',
    select: ({ tcpRoutes }, routes) => selectTcpRoutes(tcpRoutes ?? [], routes),
    isAmbiguous: ({ tcpRoutes }, routes) => !tcpRoutes?.length && routes.length > 1,
  },
]

/** Errors in the routes of a VirtualService, by protocol. */
export function* routeProblems(rollout: Rollout, entry: IstioVirtualService, spec: JsonObject): Generator<string> {
  const present = protocols.filter(({ protocol }) => Array.isArray(spec[protocol]))
  if (present.length === 0) yield 'Unable to get any of the HTTP, TCP or TLS routes for the Istio VirtualService'
  for (const rules of present) {
    const shown = rules.protocol.toUpperCase()
    const read = readIstioRoutes(rules.protocol, spec[rules.protocol] as readonly unknown[])
    if ('failed' in read) {
      yield `Unable to get ${shown} routes for Istio VirtualService`
      continue
    }
    const problem = problemOf(rules, rollout, entry, read.routes)
    if (problem !== undefined) yield `Istio VirtualService has invalid ${shown} routes. Error: ${problem}`
  }
}

function problemOf(
  { protocol, select, isAmbiguous }: ProtocolRules,
  rollout: Rollout,
  entry: IstioVirtualService,
  routes: readonly IstioRoute[],
): string | undefined {
  const canary = rollout.spec.strategy?.canary ?? {}
  const selected = select(entry, routes)
  if ('failed' in selected) return selected.failed
  const sides = sidesOf(rollout, canary)
  for (const index of selected.indexes) {
    const route = routes[index]
    // Upstream crashes if there is no first route.
    if (!route) return `No matching ${protocol.toUpperCase()} routes found in the defined Virtual Service.`
    const problem = missingSide(route.route ?? [], sides)
    if (problem !== undefined) return problem
  }
  return isAmbiguous(entry, routes, canary) ? omittedNames(protocol) : undefined
}

/** By subset if a DestinationRule is named, else by Service. */
function sidesOf(rollout: Rollout, canary: CanaryStrategy): Sides {
  const rule = canary.trafficRouting?.istio?.destinationRule
  return rule
    ? { by: 'DestinationRule subset', canary: rule.canarySubsetName ?? '', stable: rule.stableSubsetName ?? '' }
    : { by: 'Service', ...routedServices(rollout, canary) }
}

/** Ping and pong if neither a canary nor a stable Service is named. */
function routedServices({ status }: Rollout, { stableService = '', canaryService = '', pingPong }: CanaryStrategy) {
  if (!pingPong || stableService || canaryService) return { stable: stableService, canary: canaryService }
  const { pingService = '', pongService = '' } = pingPong
  return status?.canary?.stablePingPong === 'ping'
    ? { stable: pingService, canary: pongService }
    : { stable: pongService, canary: pingService }
}
