import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import type { ExperimentObservation } from './observation'

// The fields that the reducer reads, in the notation of kube/types/shape.ts; `?` marks fields that may be absent. Runs
// and templates of analyses are built later through the controller's types, so only the names of metrics are checked
// here.

const types: Shape['types'] = {
  Observation:
    'now:string experiment:Experiment replicaSets:[]ReplicaSet services?:[]Service analysisRuns?:[]AnalysisRun analysisTemplates?:[]AnalysisTemplate clusterAnalysisTemplates?:[]AnalysisTemplate rollout?:*Rollout options?:*Options answers?:*Answers',
  Options: 'controller?:string',
  Answers: 'failures?:map[]Failure',
  Failure: 'message:string reason?:string',
  Meta: 'name:string namespace?:string uid?:string labels?:map[]string annotations?:map[]string deletionTimestamp?:*time ownerReferences?:[]Owner',
  Owner: 'kind:string name:string uid:string controller?:*bool',
  Rollout: 'metadata:Meta',
  Experiment: 'metadata:Meta spec:Spec status?:*Status',
  Spec: 'templates?:[]Template duration?:string progressDeadlineSeconds?:*int32 terminate?:bool analyses?:[]Analysis scaleDownDelaySeconds?:*int32 dryRun?:[]DryRun measurementRetention?:[]Retention analysisRunMetadata?:RunMetadata',
  Template:
    'name:string replicas?:*int32 minReadySeconds?:int32 selector?:*Selector template?:PodTemplate service?:*TemplateService',
  Selector: 'matchLabels?:map[]string matchExpressions?:[]Requirement',
  Requirement: 'key:string operator:string values?:[]string',
  PodTemplate: 'metadata?:PodMeta spec?:PodSpec',
  PodMeta: 'labels?:map[]string annotations?:map[]string',
  PodSpec: 'containers?:[]Container',
  Container: 'ports?:[]Port',
  Port: 'name?:string protocol?:string containerPort:int32',
  TemplateService: 'name?:string',
  Analysis: 'name:string templateName:string clusterScope?:bool args?:[]Argument requiredForCompletion?:bool',
  RunMetadata: 'labels?:map[]string annotations?:map[]string',
  Status:
    'phase?:string message?:string templateStatuses?:[]TemplateStatus availableAt?:*time conditions?:[]Condition analysisRuns?:[]RunStatus',
  TemplateStatus:
    'name:string replicas?:int32 updatedReplicas?:int32 readyReplicas?:int32 availableReplicas?:int32 collisionCount?:*int32 status?:string message?:string lastTransitionTime?:*time serviceName?:string podTemplateHash?:string',
  Condition:
    'type:string status:string reason?:string message?:string lastUpdateTime?:string lastTransitionTime?:string',
  RunStatus: 'name:string analysisRun:string phase:string message?:string',
  ReplicaSet: 'metadata:Meta spec:ReplicaSetSpec status?:ReplicaSetStatus',
  ReplicaSetSpec: 'replicas?:*int32 template?:PodTemplate',
  ReplicaSetStatus: 'replicas?:int32 readyReplicas?:int32 availableReplicas?:int32',
  Service: 'metadata:Meta',
  AnalysisRun: 'metadata:Meta spec:AnalysisSpec status?:AnalysisRunStatus',
  AnalysisRunStatus: 'phase?:string message?:string',
  AnalysisTemplate: 'metadata:Meta spec:AnalysisSpec',
  AnalysisSpec:
    'metrics?:[]Metric args?:[]Argument dryRun?:[]DryRun measurementRetention?:[]Retention templates?:[]TemplateRef terminate?:bool',
  Metric: 'name:string',
  Argument: 'name:string value?:*string valueFrom?:*ValueFrom',
  ValueFrom: 'secretKeyRef?:rawJSON',
  DryRun: 'metricName:string',
  Retention: 'metricName:string limit:int32',
  TemplateRef: 'templateName?:string clusterScope?:bool',
}

/** An observation as the controller's tolerant decoder would read it; the same object if it is well-formed. */
export const wellFormed = mender<ExperimentObservation>(
  { root: 'Observation', types },
  { remembered: ['Experiment', 'ReplicaSet', 'Service', 'AnalysisRun', 'AnalysisTemplate', 'Rollout'] },
)
