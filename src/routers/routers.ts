import type { TrafficRouting } from '../model/trafficRouting'
import { alb } from './alb/alb'
import { ambassador } from './ambassador'
import { apisix } from './apisix'
import { appMesh } from './appMesh'
import { istio } from './istio/istio'
import { nginx } from './nginx'
import type { Router } from './router'
import { smi } from './smi'
import { traefik } from './traefik'

/** The routers that the controller drives itself, by their field of `trafficRouting`, in the order in which it calls them. */
export const routers = { istio, nginx, alb, smi, ambassador, appMesh, traefik, apisix } as const satisfies Partial<
  Record<keyof TrafficRouting, Router>
>
