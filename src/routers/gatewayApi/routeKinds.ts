import type { Resource } from '../resources'

/** One kind of route of the Gateway API, and the fields of the plugin's configuration that name routes of it. */
export interface RouteKind {
  readonly resource: Resource
  /** Names one route. */
  readonly single: 'httpRoute' | 'grpcRoute' | 'tcpRoute' | 'tlsRoute'
  readonly list: 'httpRoutes' | 'grpcRoutes' | 'tcpRoutes' | 'tlsRoutes'
  readonly selector: 'httpRouteSelector' | 'grpcRouteSelector' | 'tcpRouteSelector' | 'tlsRouteSelector'
  /** The plugin's error if no rule has both Services. */
  readonly missingBackend: string
  /** Fields of a match that a header route keeps; undefined if the kind has no header routes. */
  readonly matchFields?: readonly string[]
  /** Experiments get their share of HTTP traffic only. */
  readonly hasExperiments: boolean
}

const resource = (kind: string, plural: string, version: string): Resource => ({
  kind,
  plural,
  group: 'gateway.networking.k8s.io',
  version,
})

/** In the order in which the plugin goes through them. */
export const routeKinds: readonly RouteKind[] = [
  {
    resource: resource('HTTPRoute', 'httproutes', 'v1'),
    single: 'httpRoute',
    list: 'httpRoutes',
    selector: 'httpRouteSelector',
    missingBackend: 'backendRef was not found in httpRoute',
    matchFields: ['path', 'queryParams', 'method'],
    hasExperiments: true,
  },
  {
    resource: resource('GRPCRoute', 'grpcroutes', 'v1'),
    single: 'grpcRoute',
    list: 'grpcRoutes',
    selector: 'grpcRouteSelector',
    missingBackend: 'backendRef was not found in grpcRoute',
    matchFields: ['method'],
    hasExperiments: false,
  },
  {
    resource: resource('TCPRoute', 'tcproutes', 'v1alpha2'),
    single: 'tcpRoute',
    list: 'tcpRoutes',
    selector: 'tcpRouteSelector',
    missingBackend: 'backendRef list was not found in tcpRoute',
    hasExperiments: false,
  },
  {
    resource: resource('TLSRoute', 'tlsroutes', 'v1alpha2'),
    single: 'tlsRoute',
    list: 'tlsRoutes',
    selector: 'tlsRouteSelector',
    missingBackend: 'backendRef list was not found in tlsRoute',
    hasExperiments: false,
  },
]
