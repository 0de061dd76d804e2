import type { Router } from '../router'
import { removeManagedRoutes, setHeaderRoute } from './headerRoutes'
import { setWeight } from './setWeight'

/**
 * The plugin `argoproj-labs/gatewayAPI` (v0.15.0): HTTPRoutes, GRPCRoutes, TCPRoutes and TLSRoutes of the Gateway API.
 * It claims every weight to be in effect.
 */
export const gatewayApi: Router = {
  setWeight,
  setHeaderRoute,
  removeManagedRoutes,
  verifyWeight: () => ({ verified: true }),
}
