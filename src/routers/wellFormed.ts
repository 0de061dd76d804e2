import type { Shape } from '../kube/types/shape'
import { takes } from '../kube/types/takes'
import { trafficRoutingTypes } from '../kube/types/trafficRoutingTypes'
import { ownValue } from '../model/json'
import { mendedPaths } from '../model/malformed'
import type { RouterDecision, RouterObservation } from './routerObservation'

// The fields that routers read, in the notation of kube/types/shape.ts; `?` marks fields that may be absent. Specs of
// the objects that they read and write are kept unchanged: each router reports their errors with upstream's text.

/** An absent list or map stays absent. */
const withoutLists = (types: Readonly<Record<string, string>>): Shape['types'] =>
  Object.fromEntries(Object.entries(types).map(([type, words]) => [type, words.replace(/(\w):(\[\]|map)/g, '$1?:$2')]))

const types: Shape['types'] = {
  ...withoutLists(trafficRoutingTypes),
  Observation:
    'rollout:Rollout change:Change objects:[]Object replicaSets?:[]ReplicaSet stableHash?:string options?:*Options answers?:*Answers',
  RuleObservation: 'destinationRule:Object rollouts:[]Rollout options?:*Options answers?:*Answers',
  Resources: 'objects:[]Object change:ResourceChange',
  Rollout: 'metadata:Meta spec:Spec status?:*Status',
  Spec: 'replicas?:*int32 strategy?:*Strategy',
  Strategy: 'canary?:*Canary',
  Canary:
    'canaryService?:string stableService?:string pingPong?:*PingPong dynamicStableScale?:bool steps?:[]Step trafficRouting?:*TrafficRouting',
  PingPong: 'pingService:string pongService:string',
  Step: 'setWeight?:*int32 setHeaderRoute?:*Route setMirrorRoute?:*Route',
  Route: 'name?:string match?:[]RouteMatch percentage?:*int32',
  RouteMatch:
    'headerName?:string headerValue?:*StringMatch method?:*StringMatch path?:*StringMatch headers?:map[]StringMatch',
  StringMatch: 'exact?:string prefix?:string regex?:string',
  Status:
    'currentPodHash?:string stableRS?:string currentStepIndex?:*int32 canary?:CanaryStatus alb?:*AlbStatus albs?:[]AlbStatus',
  CanaryStatus: 'currentExperiment?:string weights?:*Weights stablePingPong?:string',
  Weights: 'canary:Destination stable:Destination additional?:[]Destination verified?:*bool',
  AlbStatus: 'loadBalancer?:AwsResource canaryTargetGroup?:AwsResource stableTargetGroup?:AwsResource ingress?:string',
  AwsResource: 'name:string arn:string fullName?:string',
  ReplicaSet: 'metadata:Meta spec?:SetSpec status?:SetStatus',
  SetSpec: 'replicas?:*int32',
  SetStatus: 'availableReplicas?:int32 observedGeneration?:int64',
  Options:
    'ingressApi?:string istioVersion?:string smiVersion?:string ambassadorVersion?:string traefikApiGroup?:string traefikVersion?:string verifyTargetGroups?:bool albTagKey?:string',
  Answers: 'replies?:map[]Reply failures?:map[]Failure',
  Reply: 'loadBalancer?:*LoadBalancer error?:*string',
  LoadBalancer: 'name:string arn?:string targetGroups?:[]TargetGroup targetGroupsError?:*string',
  TargetGroup: 'arn:string name:string tags?:map[]string weight?:*int64',
  Failure: 'message:string reason?:string existing?:*Object existingError?:*string',
  Change:
    'kind:string router:string weight?:int32 destinations?:[]Destination canaryHash?:string stableHash?:string route?:*Route',
  Destination: 'weight:int32 serviceName?:string podTemplateHash?:string',
  Object: 'apiVersion?:string kind?:string metadata:Meta',
  Meta: 'name:string namespace?:string uid?:string generation?:int64 labels?:map[]string annotations?:map[]string ownerReferences?:[]Owner',
  Owner: 'kind?:string name?:string uid?:string controller?:*bool',
  ResourceChange:
    'kind:string resource:string apiVersion:string namespace:string name:string object?:*Object patch?:rawJSON',
  Shares: 'shares:[]Share',
  Share: 'service:string weightPercent:number',
  Split: 'canary:string stable:string weight:number destinations?:[]Destination maxWeight?:*number',
  Backend: 'name:string servers:[]Server',
  Server: 'name:string address:string service:string',
}

/** An argument as it is where it is well-formed, malformed parts missing; and where the first of them is. */
interface Taken<T> {
  readonly value: T
  readonly malformedPath?: string
}

// A change keeps its nulls for the route; `isMissing` refuses the others.
const take = takes(types, { withNulls: ['Change'] })

function door(root: string): <T>(given: T) => Taken<T> {
  const normalized = take(root)
  return (given) => {
    const value = normalized(given)
    const [malformedPath] = value === given ? [] : mendedPaths(given, value)
    return malformedPath === undefined ? { value } : { value, malformedPath }
  }
}

const takeAnyObservation = door('Observation')

/** The required fields of each change. */
const neededFields: Readonly<Record<string, readonly string[]>> = {
  updateHash: ['canaryHash', 'stableHash', 'destinations'],
  setWeight: ['weight', 'destinations'],
  setHeaderRoute: ['route'],
  setMirrorRoute: ['route'],
  verifyWeight: ['weight', 'destinations'],
}

export function takeObservation(given: RouterObservation): Taken<RouterObservation> {
  const taken = takeAnyObservation(given)
  const { change } = taken.value
  const missing = ownValue(neededFields, change.kind)?.find((field) => isMissing(change, field))
  return missing === undefined || taken.malformedPath !== undefined
    ? taken
    : { ...taken, malformedPath: `change.${missing}` }
}

/** Only a route may be null: the controller takes a null route. */
function isMissing(change: RouterObservation['change'], field: string): boolean {
  const value = ownValue(change as unknown as Readonly<Record<string, unknown>>, field)
  return value === undefined || (value === null && field !== 'route')
}

export const takeRuleObservation = door('RuleObservation')
export const takeResources = door('Resources')
export const takeShares = door('Shares')
export const takeSplit = door('Split')
export const takeBackend = door('Backend')

/** Nothing is written if a part of the observation has a wrong type. */
export const malformedError = (path: string): NonNullable<RouterDecision['error']> => ({
  code: 'malformed',
  path,
  message: `has not the type that the API gives it: mend ${path}`,
})
