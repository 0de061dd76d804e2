import { ownValue } from '../model/json'
import type { Router, Verified } from './router'
import { beginCall, type Failed, type RouterCall } from './routerCall'
import type { RouterDecision, RouterObservation } from './routerObservation'
import { routers } from './routers'
import { malformedError, takeObservation } from './wellFormed'

/**
 * Translates one call of a traffic router into writes of Kubernetes objects, as Argo Rollouts' own routers do: Istio,
 * NGINX, AWS ALB, SMI, Ambassador, App Mesh, Traefik and APISIX. Weights are percent. `changes` have to be sent in
 * order, each only when the one before it succeeded; report failures in `answers.failures`, and the call is decided
 * again.
 *
 * Bad data never throws: `error` is the error with which the controller's reconcile would end.
 *
 * @see behaviour 6
 *
 * @example
 * import { routeTraffic } from 'rollout-engine/routers'
 * const trafficRouting = { traefik: { weightedTraefikServiceName: 'web' } }
 * const canary = { stableService: 'web-stable', canaryService: 'web-canary', trafficRouting }
 * const rollout = { metadata: { name: 'web', namespace: 'shop' }, spec: { strategy: { canary } } }
 * const services = [{ name: 'web-stable', weight: 100 }, { name: 'web-canary', weight: 0 }]
 * const service = {
 *   apiVersion: 'traefik.io/v1alpha1',
 *   kind: 'TraefikService',
 *   metadata: { name: 'web', namespace: 'shop' },
 *   spec: { weighted: { services } },
 * }
 * const change = { kind: 'setWeight', router: 'traefik', weight: 20, destinations: [] } as const
 * const { changes } = routeTraffic({ rollout, change, objects: [service] })
 * changes.map((one) => `${one.kind} ${one.resource}/${one.name}`) // => ['updateResource traefikservices/web']
 */
export function routeTraffic(given: RouterObservation): RouterDecision {
  const { value: observed, malformedPath } = takeObservation(given)
  if (malformedPath !== undefined) return { changes: [], events: [], asks: [], error: malformedError(malformedPath) }
  const call = beginCall(observed)
  const router = ownValue(routers, observed.change.router)
  if (!router) {
    const known = Object.keys(routers).join(', ')
    const message = `there is no router ${observed.change.router}: use one of ${known}`
    return { changes: [], events: [], asks: [], error: { code: 'unknown-router', path: 'change.router', message } }
  }
  const failure = router.refuses?.(call)
  if (failure) return decisionOf(call, failure)
  if (observed.change.kind !== 'verifyWeight') return decisionOf(call, tell(call, router))
  const { weight, destinations } = observed.change
  return verification(call, router.verifyWeight?.(call, weight, destinations) ?? {})
}

function tell(call: RouterCall, router: Router): Failed | undefined {
  const { change } = call.observed
  switch (change.kind) {
    case 'updateHash':
      return router.updateHash?.(call, change.canaryHash, change.stableHash, change.destinations)
    case 'setWeight':
      return router.setWeight(call, change.weight, change.destinations)
    case 'setHeaderRoute':
      return router.setHeaderRoute?.(call, change.route)
    case 'setMirrorRoute':
      return router.setMirrorRoute?.(call, change.route)
    case 'removeManagedRoutes':
      return router.removeManagedRoutes?.(call)
    case 'verifyWeight':
      return undefined
  }
}

function decisionOf(call: RouterCall, failure: Failed | undefined): RouterDecision {
  const { changes, events, asks, observed } = call
  const path = `spec.strategy.canary.trafficRouting.${observed.change.router}`
  return {
    changes,
    events,
    asks,
    ...(failure && { error: { code: 'router-failed', path, message: failure.failed } }),
  }
}

function verification(call: RouterCall, { verified, failed, albStatus }: Verified): RouterDecision {
  return {
    ...decisionOf(call, failed === undefined ? undefined : { failed }),
    ...(verified !== undefined && { verified }),
    ...(albStatus && { albStatus }),
  }
}
