import { isJsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { fieldsOf, listAt, withField } from '../fields'
import { crash, type Failed, type Found, type RouterCall } from '../routerCall'

export interface ManagedRoute {
  readonly name?: unknown
}

interface Split {
  readonly managed: readonly ManagedRoute[]
  readonly others: readonly ManagedRoute[]
}

const nameOf = (route: ManagedRoute): string => (typeof route?.name === 'string' ? route.name : '')

const managedNames = (call: RouterCall): readonly string[] =>
  (call.routing.managedRoutes ?? []).map(({ name }) => name ?? '')

/** The routes that `managedRoutes` names, and all others. */
export function splitManaged(call: RouterCall, routes: readonly ManagedRoute[]): Split {
  const names = managedNames(call)
  return {
    managed: routes.filter((route) => names.includes(nameOf(route))),
    others: routes.filter((route) => !names.includes(nameOf(route))),
  }
}

/** The HTTP routes, each an object; `absent` if the VirtualService has none. */
export function httpRoutesOf(object: KubeObject): { readonly routes: readonly unknown[] } | Failed | 'absent' {
  const list = listAt(fieldsOf(object), 'spec', 'http')
  if ('failed' in list) return list
  return list.value ? { routes: list.value } : 'absent'
}

/** The VirtualService with these HTTP routes; upstream writes an empty list as null, which means none. */
export const withHttpRoutes = (object: KubeObject, routes: readonly unknown[]): KubeObject =>
  withField(object, ['spec', 'http'], routes.length === 0 ? undefined : routes)

const isRoute = (route: unknown): route is ManagedRoute => isJsonObject(route)

export const unmarshalFailure: Failed = {
  failed: 'json: cannot unmarshal a route that is no object into Go value of type map[string]interface {}',
}

/**
 * Managed routes on top, in the order of `managedRoutes`. Quirk kept for fidelity (behaviour 6.1): for each place in
 * the order all routes of that name are written, so two without a name become four.
 */
export function orderRoutes(call: RouterCall, object: KubeObject): Found {
  const read = httpRoutesOf(object)
  if (read === 'absent' || !call.routing.managedRoutes) return { object }
  if ('failed' in read) return { failed: `[orderRoutes] failed to get virtual service http routes: ${read.failed}` }
  const { routes } = read
  if (routes.some((route) => route !== null && !isRoute(route))) {
    const where =
      '[orderRoutes] could not split routes between managed and non managed: [splitManagedRoutesAndNonManagedRoutes]'
    return { failed: `${where} failed to unmarsharl http route interface: ${unmarshalFailure.failed}` }
  }
  if (!routes.every(isRoute)) return crash('a route is null')
  const { managed, others } = splitManaged(call, routes)
  const inOrder = managedNames(call).flatMap((name) => managed.filter((route) => route.name === name))
  const ordered = [...inOrder, ...others].flatMap((place) => routes.filter((route) => nameOf(route) === nameOf(place)))
  return { object: withHttpRoutes(object, ordered) }
}
