import { isJsonObject, type JsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'

// Resources of AWS App Mesh, as the router and the checks of a Rollout read them.

/** Kinds of routes that split traffic, in the order in which they are looked for. */
export const meshRouteKinds = ['httpRoute', 'tcpRoute', 'http2Route', 'grpcRoute'] as const

/** The reference of a VirtualService to its VirtualRouter; undefined if it has none. */
export function virtualRouterReference(service: KubeObject): JsonObject | undefined {
  let value: unknown = service
  for (const field of ['spec', 'provider', 'virtualRouter', 'virtualRouterRef']) {
    if (!isJsonObject(value) || !Object.hasOwn(value, field)) return undefined
    value = value[field]
  }
  return isJsonObject(value) ? value : undefined
}

/** The namespace of the VirtualRouter: by default that of the VirtualService. */
export const routerNamespace = (reference: JsonObject, otherwise: string): string =>
  typeof reference.namespace === 'string' && reference.namespace !== '' ? reference.namespace : otherwise
