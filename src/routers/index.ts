export { applyResource } from './applyResource'
export type { DestinationRuleDecision, DestinationRuleObservation } from './istio/syncDestinationRule'
export { syncDestinationRule } from './istio/syncDestinationRule'
export type { EnvoyRouteAction, EnvoyRouteConfiguration } from './offKubernetes/envoy'
export { envoyRoutes } from './offKubernetes/envoy'
export type { HaproxyBackend, HaproxyServer, HaproxyText } from './offKubernetes/haproxy'
export { haproxyBackend, haproxyCommands } from './offKubernetes/haproxy'
export { nginxSplitClients } from './offKubernetes/nginxSplitClients'
export type { TrafficShare, TrafficSplit } from './offKubernetes/trafficShares'
export { trafficShares } from './offKubernetes/trafficShares'
export type {
  AlbStatuses,
  AwsLoadBalancer,
  AwsLoadBalancerAnswer,
  AwsLoadBalancerAsk,
  AwsTargetGroup,
  ResourceChange,
  ResourceFailure,
  RouterDecision,
  RouterObservation,
  RouterOptions,
  VerifyWeightCall,
} from './routerObservation'
export { knownRouters } from './routers'
export { routeTraffic } from './routeTraffic'
