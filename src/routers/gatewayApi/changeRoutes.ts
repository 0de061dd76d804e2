import type { KubeObject } from '../../model/meta'
import { type Failed, type Found, findObject, type RouterCall, updateObject } from '../routerCall'
import type { Plan } from './plan'
import type { NamedRoute } from './pluginConfig'
import type { RouteKind } from './routeKinds'

/**
 * Changes one route after the other; an object that the change returns unchanged is not written. The first failure ends
 * it; earlier writes remain.
 */
export function changeRoutes(
  call: RouterCall,
  { driven, namespace }: Plan,
  change: Change,
  isWanted: (kind: RouteKind, route: NamedRoute) => boolean = () => true,
): Failed | undefined {
  for (const { kind, routes } of driven) {
    // The plugin reads from the API server: a route that is named twice is seen as the first visit left it.
    const written = new Map<string, KubeObject>()
    for (const route of routes) {
      if (!isWanted(kind, route)) continue
      const failure = changeRoute(call, kind, namespace, route, change, written)
      if (failure) return failure
    }
  }
  return undefined
}

type Change = (kind: RouteKind, route: NamedRoute, object: KubeObject) => Found | 'passed over'

function changeRoute(
  call: RouterCall,
  kind: RouteKind,
  namespace: string,
  route: NamedRoute,
  change: Change,
  written: Map<string, KubeObject>,
): Failed | undefined {
  const name = route.name ?? ''
  if (name === '') return { failed: 'resource name may not be empty' }
  const { plural, group } = kind.resource
  if (namespace === '') {
    return { failed: `the server could not find the requested resource (get ${plural}.${group} ${name})` }
  }
  const read = findObject(call, kind.resource, namespace, name)
  if ('failed' in read) return read
  const changed = change(kind, route, written.get(name) ?? read.object)
  if (changed === 'passed over') return undefined
  if ('failed' in changed) return changed
  written.set(name, changed.object)
  return updateObject(call, kind.resource, changed.object)
}
