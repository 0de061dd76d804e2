import type { StringMap } from './meta'

export interface IstioVirtualService {
  readonly name?: string
  readonly routes?: readonly string[]
  readonly tlsRoutes?: readonly { readonly port?: number; readonly sniHosts?: readonly string[] }[]
  readonly tcpRoutes?: readonly { readonly port?: number }[]
}

export interface IstioRouting {
  readonly virtualService?: IstioVirtualService
  readonly virtualServices?: readonly IstioVirtualService[]
  readonly destinationRule?: {
    readonly name: string
    readonly canarySubsetName: string
    readonly stableSubsetName: string
    readonly additionalSubsetNames?: readonly string[]
  }
}

export interface NginxRouting {
  readonly annotationPrefix?: string
  readonly stableIngress?: string
  readonly stableIngresses?: readonly string[]
  readonly additionalIngressAnnotations?: StringMap
  readonly canaryIngressAnnotations?: StringMap
}

export interface AlbRouting {
  readonly ingress?: string
  readonly ingresses?: readonly string[]
  readonly servicePort: number
  readonly rootService?: string
  readonly annotationPrefix?: string
  readonly stickinessConfig?: { readonly enabled: boolean; readonly durationSeconds: number }
}

export interface AppMeshRouting {
  readonly virtualService?: { readonly name: string; readonly routes?: readonly string[] }
  readonly virtualNodeGroup?: {
    readonly canaryVirtualNodeRef: { readonly name: string }
    readonly stableVirtualNodeRef: { readonly name: string }
  }
}

/** Any number of routers at once; all get the same weights. */
export interface TrafficRouting {
  readonly istio?: IstioRouting
  readonly nginx?: NginxRouting
  readonly alb?: AlbRouting
  readonly smi?: { readonly rootService?: string; readonly trafficSplitName?: string }
  readonly ambassador?: { readonly mappings?: readonly string[] }
  readonly appMesh?: AppMeshRouting
  readonly traefik?: { readonly weightedTraefikServiceName: string }
  readonly apisix?: { readonly route?: { readonly name: string; readonly rules?: readonly string[] } }
  readonly plugins?: Readonly<Record<string, unknown>>
  readonly managedRoutes?: readonly { readonly name: string }[]
  /** Default 100. */
  readonly maxTrafficWeight?: number
}

/** The routers that the controller drives itself, in the order in which it calls them. Plugins come after them. */
export const routerOrder = [
  'istio',
  'nginx',
  'alb',
  'smi',
  'ambassador',
  'appMesh',
  'traefik',
  'apisix',
] as const satisfies readonly (keyof TrafficRouting)[]
