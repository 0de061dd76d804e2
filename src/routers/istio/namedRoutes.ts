import { isJsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { explained, type Found } from '../routerCall'
import { httpRoutesOf, withHttpRoutes } from './managedOrder'

/** The VirtualService without the routes of that name. */
export function withoutRoute(object: KubeObject, name: string): Found {
  const read = httpRoutesOf(object)
  if (read === 'absent') return { failed: 'spec.http not found' }
  if ('failed' in read) return explained('[removeRoute] failed to get http routes from virtual service: ', read)
  if (!read.routes.every(isJsonObject)) {
    return { failed: 'Could not cast type to map[string]any to find route name in Istio Virtual Service' }
  }
  const kept = read.routes.filter((route) => (typeof route.name === 'string' ? route.name : '') !== name)
  return { object: withHttpRoutes(object, kept) }
}

/** The HTTP routes; none if the field has another type. */
export function routesOf(object: KubeObject): readonly unknown[] {
  const read = httpRoutesOf(object)
  return read === 'absent' || 'failed' in read ? [] : read.routes
}
