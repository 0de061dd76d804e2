import * as z from 'zod/mini'
import { anything, closed, flag, int32, int64, list, optional, text, textMap, texts } from './common'

const named = closed({ name: text })

const virtualService = closed({
  name: text,
  routes: optional(texts),
  tlsRoutes: optional(list(closed({ port: optional(int64), sniHosts: optional(texts) }))),
  tcpRoutes: optional(list(closed({ port: optional(int64) }))),
})

const istio = closed({
  virtualService: optional(virtualService),
  virtualServices: optional(list(virtualService)),
  destinationRule: optional(
    closed({
      name: text,
      canarySubsetName: text,
      stableSubsetName: text,
      additionalSubsetNames: optional(texts),
    }),
  ),
})

const nginx = closed({
  annotationPrefix: optional(text),
  stableIngress: optional(text),
  stableIngresses: optional(texts),
  additionalIngressAnnotations: optional(textMap),
  canaryIngressAnnotations: optional(textMap),
})

const alb = closed({
  ingress: optional(text),
  ingresses: optional(texts),
  servicePort: int32,
  rootService: optional(text),
  annotationPrefix: optional(text),
  stickinessConfig: optional(closed({ enabled: flag, durationSeconds: int64 })),
})

const appMesh = closed({
  virtualService: optional(closed({ name: text, routes: optional(texts) })),
  virtualNodeGroup: optional(closed({ canaryVirtualNodeRef: named, stableVirtualNodeRef: named })),
})

/** Behaviour 1.3, RolloutTrafficRouting. */
export const trafficRouting = closed({
  istio: optional(istio),
  nginx: optional(nginx),
  alb: optional(alb),
  smi: optional(closed({ rootService: optional(text), trafficSplitName: optional(text) })),
  ambassador: optional(closed({ mappings: texts })),
  appMesh: optional(appMesh),
  traefik: optional(closed({ weightedTraefikServiceName: text })),
  apisix: optional(closed({ route: optional(closed({ name: text, rules: optional(texts) })) })),
  plugins: optional(z.record(z.string(), anything)),
  managedRoutes: optional(list(named)),
  maxTrafficWeight: optional(int32),
})
