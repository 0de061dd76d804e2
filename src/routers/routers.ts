import { routerOrder } from '../model/trafficRouting'
import { alb } from './alb/alb'
import { ambassador } from './ambassador'
import { apisix } from './apisix'
import { appMesh } from './appMesh'
import { gatewayApi } from './gatewayApi/gatewayApi'
import { istio } from './istio/istio'
import { nginx } from './nginx'
import { openshift } from './openshift'
import type { Router } from './router'
import { smi } from './smi'
import { traefik } from './traefik'

/** The routers that the controller drives itself, by their field of `trafficRouting`. */
const ownRouters: Readonly<Record<(typeof routerOrder)[number], Router>> = {
  istio,
  nginx,
  alb,
  smi,
  ambassador,
  appMesh,
  traefik,
  apisix,
}

/** All routers by the name that changes have for them: the field of `trafficRouting`, or `plugins/<name>`. */
export const routers: Readonly<Record<string, Router>> = {
  ...Object.fromEntries(routerOrder.map((name) => [name, ownRouters[name]])),
  'plugins/argoproj-labs/gatewayAPI': gatewayApi,
  'plugins/argoproj-labs/openshift': openshift,
}

/**
 * Names of the routers that `routeTraffic` knows, in the order in which the controller calls them; plugins stand last.
 *
 * @example
 * import { knownRouters } from 'rollout-engine/routers'
 * knownRouters.slice(0, 3) // => ['istio', 'nginx', 'alb']
 */
export const knownRouters: readonly string[] = Object.keys(routers)
