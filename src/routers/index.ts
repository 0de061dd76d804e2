export type { DestinationRuleDecision, DestinationRuleObservation } from './istio/syncDestinationRule'
export { syncDestinationRule } from './istio/syncDestinationRule'
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
export { routeTraffic } from './routeTraffic'
