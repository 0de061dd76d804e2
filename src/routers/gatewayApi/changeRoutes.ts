import type { KubeObject } from '../../model/meta'
import { type Failed, type Found, findObject, type RouterCall, updateObject } from '../routerCall'
import type { Plan } from './plan'
import type { NamedRoute } from './pluginConfig'
import type { RouteKind } from './routeKinds'

/**
 * Changes one route after the other; what the change gives back as the same object is not written. The first failure ends it,
 * and what was written before it stands.
 */
export function changeRoutes(
  call: RouterCall,
  { driven, namespace }: Plan,
  change: (kind: RouteKind, route: NamedRoute, object: KubeObject) => Found | 'passed over',
  isWanted: (kind: RouteKind, route: NamedRoute) => boolean = () => true,
): Failed | undefined {
  for (const { kind, routes } of driven) {
    for (const route of routes) {
      if (!isWanted(kind, route)) continue
      const failure = changeRoute(call, kind, namespace, route, change)
      if (failure) return failure
    }
  }
  return undefined
}

function changeRoute(
  call: RouterCall,
  kind: RouteKind,
  namespace: string,
  route: NamedRoute,
  change: (kind: RouteKind, route: NamedRoute, object: KubeObject) => Found | 'passed over',
): Failed | undefined {
  const name = route.name ?? ''
  if (name === '') return { failed: 'resource name may not be empty' }
  const { plural, group } = kind.resource
  if (namespace === '') {
    return { failed: `the server could not find the requested resource (get ${plural}.${group} ${name})` }
  }
  const read = findObject(call, kind.resource, namespace, name)
  if ('failed' in read) return read
  const changed = change(kind, route, read.object)
  if (changed === 'passed over') return undefined
  return 'failed' in changed ? changed : updateObject(call, kind.resource, changed.object)
}
