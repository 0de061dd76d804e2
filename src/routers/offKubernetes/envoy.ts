import { mender } from '../../kube/types/mend'
import { takeShares } from '../wellFormed'
import type { TrafficShare } from './trafficShares'

/** The `route` action of a route in Envoy's RouteConfiguration, as JSON (`envoy.config.route.v3.RouteAction`). */
export interface EnvoyRouteAction {
  readonly weightedClusters: { readonly clusters: readonly { readonly name: string; readonly weight: number }[] }
}

/** What `envoyRoutes` prints: one virtual host with one route (`envoy.config.route.v3.RouteConfiguration`). */
export interface EnvoyRouteConfiguration {
  readonly name: string
  readonly virtualHosts: readonly {
    readonly name: string
    readonly domains: readonly string[]
    readonly routes: readonly {
      readonly match: { readonly prefix: string }
      readonly route: EnvoyRouteAction
    }[]
  }[]
}

/**
 * A RouteConfiguration of Envoy's API v3 that splits all traffic of some domains over clusters with the names of the
 * Services. To be served over RDS or written to a file.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-weightedcluster
 *
 * @example
 * import { envoyRoutes, trafficShares } from 'rollout-engine/routers'
 * const shares = trafficShares({ canary: 'web-canary', stable: 'web', weight: 20 })
 * const { virtualHosts } = envoyRoutes({ name: 'web', domains: ['*'] }, shares)
 * virtualHosts[0]?.routes[0]?.route.weightedClusters.clusters.map(({ weight }) => weight) // => [20, 80]
 */
export function envoyRoutes(
  host: { readonly name: string; readonly domains: readonly string[]; readonly prefix?: string },
  given: readonly TrafficShare[],
): EnvoyRouteConfiguration {
  const { name, domains, prefix = '/' } = wellFormedHost(host)
  const { shares } = takeShares({ shares: given }).value
  const clusters = shares.map(({ service, weightPercent }) => ({ name: service, weight: weightPercent }))
  const routes = [{ match: { prefix }, route: { weightedClusters: { clusters } } }]
  return { name, virtualHosts: [{ name, domains, routes }] }
}

const wellFormedHost = mender<{ readonly name: string; readonly domains: readonly string[]; readonly prefix?: string }>(
  {
    root: 'Host',
    types: { Host: 'name:string domains:[]string prefix?:string' },
  },
)
