import { rolloutShape } from '../../model/analysisRuns/rolloutShape'
import type { Shape } from '../../model/hash/shape'
import { isJsonObject } from '../../model/json'
import { mender } from '../../model/mend'
import type { RolloutObservation } from '../observation'

// What the reducer reads, in the notation of model/hash/shape.ts; `?` is what may be missing.

const types: Shape['types'] = {
  ...rolloutShape.types,
  Observation:
    'now:string rollout:Rollout replicaSets:[]ReplicaSet pods?:[]Pod services?:[]Service workloads?:[]Workload analysisRuns?:[]AnalysisRun experiments?:[]Experiment analysisTemplates?:[]AnalysisTemplate clusterAnalysisTemplates?:[]AnalysisTemplate ingresses?:[]Kept virtualServices?:[]Kept destinationRules?:[]DestinationRule targetGroupBindings?:[]TargetGroupBinding endpoints?:[]Endpoints options?:*Options answers?:*Answers',
  Options: 'hashVariant?:string disabledPlugins?:[]string verifyTargetGroups?:bool sharesTemplates?:bool',
  Answers: 'replies?:map[]rawJSON failures?:map[]Failure',
  Failure: 'message:string reason?:string',
  Meta: 'name:string namespace?:string uid?:string generation?:int64 creationTimestamp?:*time deletionTimestamp?:*time labels?:map[]string annotations?:map[]string ownerReferences?:[]Owner',
  Owner: 'kind:string name:string uid:string controller?:*bool',
  Rollout: 'metadata:Meta spec:RolloutSpec status?:RolloutStatus',
  ReplicaSet: 'metadata:Meta spec:ReplicaSetSpec status?:ReplicaSetStatus',
  ReplicaSetSpec: 'replicas?:*int32 minReadySeconds?:int32 selector?:*LabelSelector template?:PodTemplateSpec',
  ReplicaSetStatus:
    'replicas?:int32 fullyLabeledReplicas?:int32 readyReplicas?:int32 availableReplicas?:int32 observedGeneration?:int64 conditions?:[]Condition',
  Condition: 'type:string status:string reason?:string message?:string lastUpdateTime?:*time lastTransitionTime?:*time',
  Pod: 'metadata:Meta status?:PodStatus',
  PodStatus: 'phase?:string conditions?:[]Condition',
  Service: 'metadata:Meta spec?:ServiceSpec',
  ServiceSpec: 'selector?:map[]string ports?:[]ServicePort',
  ServicePort: 'name?:string port?:int32 targetPort?:*intOrString',
  Workload: 'kind?:string metadata:Meta spec?:WorkloadSpec template?:*PodTemplateSpec',
  WorkloadSpec: 'replicas?:*int32 selector?:*LabelSelector template?:*PodTemplateSpec',
  AnalysisRun: 'metadata:Meta spec:AnalysisSpec status?:RunStatus',
  RunStatus: 'phase?:string message?:string',
  AnalysisTemplate: 'metadata:Meta spec:AnalysisSpec',
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
  Kept: 'metadata:Meta',
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
 * What the controller's tolerant reader would have kept of an observation: what has another type than it should counts as
 * missing. Made only when it is needed: objects that went through an API server, or input/, are as they should be.
 */
export const wellFormedObservation = (observed: unknown): RolloutObservation =>
  mender<RolloutObservation>({ root: 'Observation', types })(observed)

/** Where the first value stands that was taken as missing: `rollout.spec.strategy.canary.steps[0]`. */
export function firstMendedPath(given: unknown, mended: unknown, path = ''): string | undefined {
  if (given === mended || given === undefined) return undefined
  if (given === null) return mended === undefined ? undefined : path
  if (Array.isArray(given) && Array.isArray(mended)) {
    for (const [index, item] of given.entries()) {
      const found = firstMendedPath(item, mended[index], `${path}[${index}]`)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isJsonObject(given) || !isJsonObject(mended)) return path
  for (const key of Object.keys(given)) {
    const found = firstMendedPath(given[key], mended[key], path === '' ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
