import type { RouterOptions } from './routerObservation'

/** A kind of object that a router reads or writes. */
export interface Resource {
  readonly kind: string
  readonly plural: string
  readonly group: string
  readonly version: string
  /** Further groups under which objects of the kind are the same to the router. */
  readonly groups?: readonly string[]
  /** Its name in messages of the controller's cache, if that is not `<plural>.<group>`. */
  readonly cachedAs?: string
}

const resource = (kind: string, plural: string, group: string, version: string): Resource => ({
  kind,
  plural,
  group,
  version,
})

export const virtualService = (options: RouterOptions): Resource =>
  resource('VirtualService', 'virtualservices', 'networking.istio.io', options.istioVersion ?? 'v1alpha3')

export const destinationRule = (options: RouterOptions): Resource =>
  resource('DestinationRule', 'destinationrules', 'networking.istio.io', options.istioVersion ?? 'v1alpha3')

export const isLegacyIngress = (options: RouterOptions): boolean => options.ingressApi === 'extensions/v1beta1'

export const ingress = (options: RouterOptions): Resource =>
  isLegacyIngress(options)
    ? { ...resource('Ingress', 'ingresses', 'extensions', 'v1beta1'), cachedAs: 'ingress.extensions' }
    : { ...resource('Ingress', 'ingresses', 'networking.k8s.io', 'v1'), cachedAs: 'ingress.networking.k8s.io' }

export const trafficSplit = (options: RouterOptions): Resource =>
  resource('TrafficSplit', 'trafficsplits', 'split.smi-spec.io', options.smiVersion ?? 'v1alpha1')

const emissaryGroup = 'x.getambassador.io'

/** Kind of `x.getambassador.io` is AmbassadorMapping; every other group, also an unknown one, has Mappings. */
export function mapping(options: RouterOptions): Resource {
  const parts = (options.ambassadorVersion ?? 'getambassador.io/v2').split('/')
  const group = parts.length > 1 ? parts[0]! : 'getambassador.io'
  const version = parts.at(-1)!
  return group === emissaryGroup
    ? resource('AmbassadorMapping', 'ambassadormappings', group, version)
    : resource('Mapping', 'mappings', group, version)
}

const appMesh = (kind: string, plural: string): Resource => resource(kind, plural, 'appmesh.k8s.aws', 'v1beta2')
export const meshVirtualService = appMesh('VirtualService', 'virtualservices')
export const meshVirtualRouter = appMesh('VirtualRouter', 'virtualrouters')
export const meshVirtualNode = appMesh('VirtualNode', 'virtualnodes')

export function traefikService(options: RouterOptions): Resource {
  const version = (options.traefikVersion ?? 'v1alpha1').split('/').at(-1)!
  return resource('TraefikService', 'traefikservices', options.traefikApiGroup ?? 'traefik.io', version)
}

export const apisixRoute = resource('ApisixRoute', 'apisixroutes', 'apisix.apache.org', 'v2')

export type Verb = 'get' | 'create' | 'update' | 'patch' | 'delete'

/** Names a read or write in `answers.failures`: `update virtualservices/shop/web`. */
export const resourceKey = (verb: Verb, { plural }: Resource, namespace: string, name: string): string =>
  `${verb} ${plural}/${namespace}/${name}`

/** Kubernetes' text for a missing object. */
export const notFoundText = ({ plural, group, cachedAs }: Resource, name: string): string =>
  `${cachedAs ?? `${plural}.${group}`} "${name}" not found`
