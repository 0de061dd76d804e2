import { type MendOptions, mender } from '../../kube/types/mend'
import { podTemplateShape } from '../../kube/types/podTemplateShape.generated'
import { rolloutShape } from '../../kube/types/rolloutShape'
import type { Shape } from '../../kube/types/shape'
import type { Rollout } from '../../model/rollout'
import type { RolloutObservation, ServiceObservation } from '../observation'
import { admittedSpecs } from '../specMemory'

// The fields that the reducer reads, in the notation of kube/types/shape.ts; `?` marks fields that may be absent.

type Types = Shape['types']

/** Values that are only printed or compared may be absent. */
const optional = (types: Types): Types =>
  Object.fromEntries(Object.entries(types).map(([type, words]) => [type, words.replace(/(\w)(!?):/g, '$1?$2:')]))

/** An absent list or map stays absent, because it prints differently from an empty one. */
const withoutLists = (types: Types): Types =>
  Object.fromEntries(Object.entries(types).map(([type, words]) => [type, words.replace(/(\w):(\[\]|map)/g, '$1?:$2')]))

const podTypes = podTemplateShape.types
const rolloutTypes: Types = Object.fromEntries(
  Object.entries(rolloutShape.types).filter(([type]) => !Object.hasOwn(podTypes, type)),
)

const types: Types = {
  ...optional(podTypes),
  ...withoutLists(rolloutTypes),
  Observation:
    'now:string rollout:Rollout replicaSets:[]ReplicaSet pods?:[]Pod services?:[]Service workloads?:[]Workload analysisRuns?:[]AnalysisRun experiments?:[]Experiment analysisTemplates?:[]AnalysisTemplate clusterAnalysisTemplates?:[]AnalysisTemplate ingresses?:[]Kept virtualServices?:[]Kept mappings?:[]Kept appMeshResources?:[]Kept destinationRules?:[]DestinationRule targetGroupBindings?:[]TargetGroupBinding endpoints?:[]Endpoints options?:*Options answers?:*Answers',
  ServiceObservation: 'service:Service rollouts:[]Rollout',
  Options: 'controller?:string disabledPlugins?:[]string verifyTargetGroups?:bool sharesTemplates?:bool',
  Answers: 'replies?:map[]Reply failures?:map[]Failure',
  Reply:
    'verified?:*bool error?:*string phase?:string message?:string requeueAfterSeconds?:rawJSON status?:rawJSON targets?:[]string',
  Failure: 'message:string reason?:string',
  Meta: 'name:string namespace?:string uid?:string generation?:int64 creationTimestamp?:*time deletionTimestamp?:*time labels?:map[]string annotations?:map[]string ownerReferences?:[]Owner',
  Owner: 'apiVersion?:unread blockOwnerDeletion?:unread kind:string name:string uid:string controller?:*bool',
  Rollout: 'apiVersion?:unread kind?:unread metadata:Meta spec:RolloutSpec status?:RolloutStatus',
  RolloutSpec: (rolloutTypes.RolloutSpec ?? '').replace('template:', 'template?:').replace('strategy:', 'strategy?:'),
  ReplicaSet: 'apiVersion?:unread kind?:unread metadata:Meta spec:ReplicaSetSpec status?:ReplicaSetStatus',
  ReplicaSetSpec: 'replicas?:*int32 minReadySeconds?:int32 selector?:*LabelSelector template?:PodTemplateSpec',
  ReplicaSetStatus:
    'replicas?:int32 fullyLabeledReplicas?:int32 readyReplicas?:int32 availableReplicas?:int32 observedGeneration?:int64 conditions?:[]Condition',
  Condition: 'type:string status:string reason?:string message?:string lastUpdateTime?:*time lastTransitionTime?:*time',
  Pod: 'apiVersion?:unread kind?:unread spec?:unread metadata:Meta status?:PodStatus',
  PodStatus: 'phase?:string conditions?:[]Condition',
  Service: 'apiVersion?:unread kind?:unread metadata:Meta spec?:ServiceSpec',
  ServiceSpec: 'selector?:map[]string ports?:[]ServicePort',
  ServicePort: 'name?:string port?:int32 targetPort?:*intOrString',
  Workload: 'kind?:string metadata:Meta spec?:WorkloadSpec template?:*PodTemplateSpec',
  WorkloadSpec: 'replicas?:*int32 selector?:*LabelSelector template?:*PodTemplateSpec',
  AnalysisRun: 'apiVersion?:unread kind?:unread metadata:Meta spec:AnalysisSpec status?:RunStatus',
  RunStatus: 'phase?:string message?:string',
  AnalysisTemplate: 'apiVersion?:unread kind?:unread metadata:Meta spec:AnalysisSpec',
  AnalysisSpec:
    'metrics?:[]Metric args?:[]Argument dryRun?:[]DryRun measurementRetention?:[]MeasurementRetention templates?:[]AnalysisTemplateRef terminate?:bool',
  Metric: 'name:string interval?:string count?:*intOrString provider?:rawJSON',
  Argument: 'name:string value?:*string valueFrom?:*ArgumentSource',
  ArgumentSource: 'secretKeyRef?:rawJSON fieldRef?:rawJSON',
  DryRun: 'metricName:string',
  MeasurementRetention: 'metricName:string limit:int32',
  AnalysisTemplateRef: 'templateName?:string clusterScope?:*bool',
  Experiment: 'metadata:Meta spec:ExperimentSpec status?:ExperimentStatus',
  ExperimentSpec: 'terminate?:bool templates?:[]rawJSON analyses?:[]rawJSON',
  ExperimentStatus: 'phase?:string message?:string templateStatuses?:[]TemplateStatus',
  TemplateStatus: 'name:string serviceName?:string podTemplateHash?:string',
  Kept: 'apiVersion?:string kind?:string metadata:Meta spec?:rawJSON',
  DestinationRule: 'metadata:Meta spec?:DestinationRuleSpec',
  DestinationRuleSpec: 'subsets?:[]Subset',
  Subset: 'name?:string labels?:map[]string',
  TargetGroupBinding: 'metadata:Meta spec?:TargetGroupBindingSpec',
  TargetGroupBindingSpec: 'targetGroupARN?:string serviceRef?:ServiceRef targetType?:*string',
  ServiceRef: 'name?:string port?:*intOrString',
  Endpoints: 'metadata:Meta subsets?:[]EndpointSubset',
  EndpointSubset: 'addresses?:[]Address notReadyAddresses?:[]Address ports?:[]EndpointPort',
  Address: 'ip?:string',
  EndpointPort: 'name?:string port?:int32',
}

/**
 * An entry costs as much as reading dozens of fields. So small objects and those that change all the time are read
 * again and again. The spec of a Rollout is remembered, and so are objects of routers, which may be large.
 */
const options: MendOptions = {
  remembered: ['Kept', 'DestinationRule', 'TargetGroupBinding', 'Endpoints'],
  memories: { RolloutSpec: admittedSpecs },
  withNulls: Object.keys(podTypes),
}

/** An observation as the controller's tolerant decoder would read it; the same object if it is well-formed. */
export const wellFormed = mender<RolloutObservation>({ root: 'Observation', types }, options)

/** The Rollout of an observation, for those who read it without one. */
export const wellFormedRollout = (rollout: unknown): Rollout =>
  wellFormed({ now: '', rollout, replicaSets: [] } as never).rollout

/** The same for a Service and the Rollouts that may own it. */
export const wellFormedServiceObservation = mender<ServiceObservation>({ root: 'ServiceObservation', types }, options)
