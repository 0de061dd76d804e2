import type { SetHeaderRoute, SetMirrorRoute } from '../model/rollout'
import type { WeightDestination } from '../model/rolloutStatus'
import type { Failed, RouterCall } from './routerCall'
import type { AlbStatuses } from './routerObservation'

export interface Verified {
  readonly verified?: boolean
  readonly failed?: string
  readonly albStatus?: AlbStatuses
}

/**
 * The calls of one router. A call that a router lacks succeeds without effect, as upstream's does (behaviour 6): only
 * Istio, ALB and APISIX have header routes, only Istio mirrors, only ALB verifies.
 */
export interface Router {
  /** Why this router cannot carry out any call. */
  readonly refuses?: (call: RouterCall) => Failed | undefined
  readonly updateHash?: (
    call: RouterCall,
    canaryHash: string,
    stableHash: string,
    destinations: readonly WeightDestination[],
  ) => Failed | undefined
  readonly setWeight: (
    call: RouterCall,
    weight: number,
    destinations: readonly WeightDestination[],
  ) => Failed | undefined
  readonly setHeaderRoute?: (call: RouterCall, route: SetHeaderRoute) => Failed | undefined
  readonly setMirrorRoute?: (call: RouterCall, route: SetMirrorRoute) => Failed | undefined
  readonly removeManagedRoutes?: (call: RouterCall) => Failed | undefined
  readonly verifyWeight?: (call: RouterCall, weight: number, destinations: readonly WeightDestination[]) => Verified
}
