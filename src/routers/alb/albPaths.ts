import { backendService, type Fields, withPaths } from '../../trafficResources/ingress'
import { isLegacyIngress } from '../resources'
import { crash, type Failed, type RouterCall } from '../routerCall'

// Paths of an Ingress rule that lead to an action of an annotation instead of a Service.

type Paths = readonly unknown[] | Failed

const isLegacy = (call: RouterCall): boolean => isLegacyIngress(call.observed.options ?? {})

export const failedPaths = (paths: Paths): paths is Failed => !Array.isArray(paths)

/**
 * A path to the action, in front of all others. A rule without paths gets none: upstream's controller crashes there.
 */
export function addActionPath(call: RouterCall, paths: readonly unknown[], action: string): Paths {
  if (paths.length === 0) return crash('a rule has no paths')
  const backend = isLegacy(call)
    ? { serviceName: action, servicePort: 'use-annotation' }
    : { service: { name: action, port: { name: 'use-annotation' } } }
  return [{ path: '/*', pathType: 'ImplementationSpecific', backend }, ...paths]
}

/** Removes the first path of the action. */
export function removeActionPath(call: RouterCall, paths: readonly unknown[], action: string): Paths {
  for (const [index, path] of paths.entries()) {
    const service = backendService(path, isLegacy(call))
    if (service === undefined) return crash('a path has no service')
    if (service === action) return paths.filter((_, at) => at !== index)
  }
  return paths
}

/** Managed routes first, in their order; the rest unchanged. */
export function orderPaths(call: RouterCall, rule: unknown, paths: readonly unknown[]): Fields {
  const order = new Map((call.routing.managedRoutes ?? []).map(({ name }, index) => [name, index]))
  const rank = (path: unknown): number => order.get(backendService(path, isLegacy(call)) ?? '') ?? order.size
  const ranked = paths.map((path, index) => ({ path, index, rank: rank(path) }))
  ranked.sort((left, right) => left.rank - right.rank || left.index - right.index)
  return withPaths(
    rule,
    ranked.map(({ path }) => path),
  )
}
