import type { IstioVirtualService } from '../../model/trafficRouting'
import type { Failed } from '../routerCall'
import type { HttpRoute, TlsRoute } from './readRoutes'

export type Selected = { readonly indexes: readonly number[] } | Failed

/** The HTTP routes by name; without names the only route, or else the first one that has no name (behaviour 6.1). */
export function selectHttpRoutes(names: readonly string[], routes: readonly HttpRoute[]): Selected {
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
export function selectTlsRoutes(wanted: PortRoutes, routes: readonly TlsRoute[]): Selected {
  return selectByMatch(wanted, routes, 'TLS', (one, route) => {
    const hosts = new Set((route.match ?? []).flatMap((match) => match?.sniHosts ?? []))
    const names = new Set(one.sniHosts ?? [])
    return hosts.size === (one.sniHosts ?? []).length && [...hosts].every((host) => names.has(host))
  })
}

/** The TCP routes with exactly that port, or the first one. */
export const selectTcpRoutes = (wanted: PortRoutes, routes: readonly TlsRoute[]): Selected =>
  selectByMatch(wanted, routes, 'TCP', () => true)

function selectByMatch(
  wanted: PortRoutes,
  routes: readonly TlsRoute[],
  protocol: string,
  fits: (one: PortRoutes[number], route: TlsRoute) => boolean,
): Selected {
  if (wanted.length === 0) return { indexes: [0] }
  const indexes: number[] = []
  for (const one of wanted) {
    const found = routes.flatMap((route, index) => (hasPort(route, one.port ?? 0) && fits(one, route) ? [index] : []))
    if (found.length === 0) return { failed: `No matching ${protocol} routes found in the defined Virtual Service.` }
    indexes.push(...found)
  }
  return { indexes }
}

/** A route that matches several ports is nobody's; one that matches none counts as port 0. */
function hasPort({ match = [] }: TlsRoute, port: number): boolean {
  const ports = new Set((match ?? []).map((one) => one?.port ?? 0))
  return ports.size <= 1 && ([...ports][0] ?? 0) === port
}
