import type { Router } from '../router'
import { updateHash } from './destinationRule'
import { setHeaderRoute } from './headerRoute'
import { setMirrorRoute } from './mirrorRoute'
import { removeManagedRoutes } from './removeManagedRoutes'
import { setWeight } from './setWeight'

/** Istio: weights and managed routes of VirtualServices, hashes of DestinationRules (behaviour 6.1). */
export const istio: Router = { updateHash, setWeight, setHeaderRoute, setMirrorRoute, removeManagedRoutes }
