import { alb } from './alb/alb'
import { ambassador } from './ambassador'
import { apisix } from './apisix'
import { appMesh } from './appMesh'
import { gatewayApi } from './gatewayApi/gatewayApi'
import { istio } from './istio/istio'
import { nginx } from './nginx'
import type { Router } from './router'
import { smi } from './smi'
import { traefik } from './traefik'

/**
 * Routers by their name in a change: the field of `trafficRouting` for those that the controller drives itself, in the order in
 * which it calls them; then plugins that people install.
 */
export const routers: Readonly<Record<string, Router>> = {
  istio,
  nginx,
  alb,
  smi,
  ambassador,
  appMesh,
  traefik,
  apisix,
  'plugins/argoproj-labs/gatewayAPI': gatewayApi,
}
