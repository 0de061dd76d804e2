import { fitsShape } from '../fitsShape'
import type { Failed } from '../routerCall'

// Routes of a VirtualService, as far as the controller reads them. What has another type than Istio's API gives it is
// refused as a whole.

export interface RouteDestination {
  readonly destination?: {
    readonly host?: string
    readonly subset?: string
    readonly port?: { readonly number?: number }
  }
  readonly weight?: number
}

export interface HttpRoute {
  readonly name?: string
  readonly route?: readonly RouteDestination[]
  readonly mirror?: object
}

export interface TlsRoute {
  readonly match?: readonly { readonly sniHosts?: readonly string[]; readonly port?: number }[]
  readonly route?: readonly RouteDestination[]
}

const shared = {
  RouteDestination: 'destination?:Destination weight?:int64',
  Destination: 'host?:string subset?:string port?:*Port',
  Port: 'number?:uint32',
}

const httpShape = {
  ...shared,
  Route: 'name?:string match?:[]Match route?:[]RouteDestination mirror?:*Destination mirrorPercentage?:*Percent',
  Match: 'method?:*Text uri?:*Text headers?:map[]Text',
  Text: 'exact?:string prefix?:string regex?:string',
  Percent: 'value?:float64',
}

const tlsShape = {
  ...shared,
  Route: 'match?:[]Match route?:[]RouteDestination',
  Match:
    'sniHosts?:[]string destinationSubnets?:[]string port?:int64 sourceLabels?:map[]string gateways?:[]string sourceNamespace?:string',
}

type Routes<T> = { readonly routes: readonly T[] } | Failed

function read<T>(routes: readonly unknown[], types: Readonly<Record<string, string>>, kind: string): Routes<T> {
  const wrong = fitsShape(types, '[]Route', routes, 'spec')
  return wrong === undefined
    ? { routes: routes.map((route) => (route ?? {}) as T) }
    : { failed: `json: cannot unmarshal ${wrong.found} into ${wrong.path} of the VirtualService's ${kind} routes` }
}

export const readHttpRoutes = (routes: readonly unknown[]): Routes<HttpRoute> => read(routes, httpShape, 'http')
export const readTlsRoutes = (routes: readonly unknown[]): Routes<TlsRoute> => read(routes, tlsShape, 'tls')
/** TCP routes are TLS routes without host names. */
export const readTcpRoutes = (routes: readonly unknown[]): Routes<TlsRoute> => read(routes, tlsShape, 'tcp')

export const notFound = 'spec.http not found'
