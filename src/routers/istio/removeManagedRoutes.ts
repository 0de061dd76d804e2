import { isJsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { withField } from '../fields'
import { explained, type Failed, type RouterCall } from '../routerCall'
import { httpRoutesOf, type ManagedRoute, splitManaged, unmarshalFailure } from './managedOrder'
import { routesOf, withoutRoute } from './namedRoutes'
import { eachVirtualService, writeVirtualService } from './virtualServices'

/**
 * Removes the routes of header and mirror steps and all managed routes. Quirks kept for fidelity (behaviour 6.1): with
 * such steps the VirtualService is written even if there was nothing to remove, and one without HTTP routes ends the
 * call.
 */
export function removeManagedRoutes(call: RouterCall): Failed | undefined {
  return eachRemoval(call, (object) => {
    const read = httpRoutesOf(object)
    if (read === 'absent') return 'stop'
    if ('failed' in read)
      return explained('[RemoveManagedRoutes] failed to get http routes from virtual service: ', read)
    let changed: KubeObject | undefined
    for (const name of stepRoutes(call)) {
      const cleared = withoutRoute(changed ?? object, name)
      if ('object' in cleared) changed = cleared.object
    }
    if ((call.routing.managedRoutes ?? []).length === 0) return changed ?? 'stop'
    const routes = routesOf(changed ?? object)
    if (!routes.every((route) => route === null || isJsonObject(route))) {
      const prefix =
        '[RemoveManagedRoutes] failed to split managed and non-managed routes: [splitManagedRoutesAndNonManagedRoutes] failed to unmarsharl http route interface: '
      return explained(prefix, unmarshalFailure)
    }
    const { managed, others } = splitManaged(call, routes as readonly ManagedRoute[])
    if (managed.length === 0) return changed
    return withField(changed ?? object, ['spec', 'http'], others)
  })
}

/** Routes of the steps, in order. */
const stepRoutes = (call: RouterCall): readonly string[] =>
  (call.canary.steps ?? []).flatMap(({ setHeaderRoute, setMirrorRoute }) => [
    ...(setHeaderRoute ? [setHeaderRoute.name ?? ''] : []),
    ...(setMirrorRoute ? [setMirrorRoute.name ?? ''] : []),
  ])

function eachRemoval(
  call: RouterCall,
  removed: (object: KubeObject) => KubeObject | Failed | 'stop' | undefined,
): Failed | undefined {
  return eachVirtualService(call, (_, read) => {
    if ('failed' in read) {
      return read.notFound ? undefined : explained('[RemoveManagedRoutes] failed to get virtual service: ', read)
    }
    const changed = removed(read.object)
    if (changed === 'stop' || changed === undefined || 'failed' in changed)
      return changed as Failed | 'stop' | undefined
    const failure = writeVirtualService(call, changed, 'removed all managed routes.')
    return failure && explained('[RemoveManagedRoutes] failed to update kubernetes virtual service: ', failure)
  })
}
