import { type ControllerVersion, ofVersion } from '../../model/controllerVersion'
import { canaryStepShape } from './canaryStepShape.generated'
import { podTemplateShape } from './podTemplateShape.generated'
import type { Shape } from './shape'
import { trafficRoutingTypes } from './trafficRoutingTypes'
import { type TypeTables, typeTables } from './typeTables'

// How Go prints a Rollout (upstream: pkg/apis/rollouts/v1alpha1/types.go), in the notation of hash/shape.ts.

const backgroundAnalysis = ({ types }: Shape): string => `${types.RolloutAnalysis} startingStep?:*int32`

const spec = {
  RolloutSpec:
    'replicas?:*int32 selector:*LabelSelector template:PodTemplateSpec workloadRef?:*ObjectRef minReadySeconds?:int32 rollbackWindow?:*RollbackWindow strategy:RolloutStrategy revisionHistoryLimit?:*int32 paused?:bool progressDeadlineSeconds?:*int32 progressDeadlineAbort?:bool restartAt?:*time analysis?:*RunHistoryLimits',
  ObjectRef: 'apiVersion?:string kind?:string name?:string scaleDown?:string',
  RollbackWindow: 'revisions?:int32',
  RunHistoryLimits: 'successfulRunHistoryLimit?:*int32 unsuccessfulRunHistoryLimit?:*int32',
  RolloutStrategy: 'blueGreen?:*BlueGreenStrategy canary?:*CanaryStrategy',
  BlueGreenStrategy:
    'activeService:string previewService?:string previewReplicaCount?:*int32 autoPromotionEnabled?:*bool autoPromotionSeconds?:int32 maxUnavailable?:*intOrString scaleDownDelaySeconds?:*int32 scaleDownDelayRevisionLimit?:*int32 prePromotionAnalysis?:*RolloutAnalysis antiAffinity?:*AntiAffinity postPromotionAnalysis?:*RolloutAnalysis previewMetadata?:*PodTemplateMetadata activeMetadata?:*PodTemplateMetadata abortScaleDownDelaySeconds?:*int32',
  CanaryStrategy:
    'canaryService?:string stableService?:string steps?:[]CanaryStep trafficRouting?:*TrafficRouting maxUnavailable?:*intOrString maxSurge?:*intOrString analysis?:*BackgroundAnalysis antiAffinity?:*AntiAffinity canaryMetadata?:*PodTemplateMetadata stableMetadata?:*PodTemplateMetadata scaleDownDelaySeconds?:*int32 scaleDownDelayRevisionLimit?:*int32 abortScaleDownDelaySeconds?:*int32 dynamicStableScale?:bool pingPong?:*PingPong minPodsPerReplicaSet?:*int32 replicaProgressThreshold?:*ReplicaProgressThreshold',
  AntiAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution?:*PreferredAntiAffinity requiredDuringSchedulingIgnoredDuringExecution?:*EmptyObject',
  PreferredAntiAffinity: 'weight:int32',
  EmptyObject: '_?:string',
  BackgroundAnalysis: backgroundAnalysis(canaryStepShape),
  PingPong: 'pingService:string pongService:string',
  ReplicaProgressThreshold: 'type:string value:int32',
}

const status = {
  RolloutStatus:
    'abort?:bool pauseConditions?:[]PauseCondition controllerPause?:bool abortedAt?:*time currentPodHash?:string currentStepHash?:string replicas?:int32 updatedReplicas?:int32 readyReplicas?:int32 availableReplicas?:int32 currentStepIndex?:*int32 collisionCount?:*int32 observedGeneration?:string conditions?:[]RolloutCondition canary?:CanaryStatus blueGreen?:BlueGreenStatus HPAReplicas?:int32 selector?:string stableRS?:string restartedAt?:*time promoteFull?:bool phase?:string message?:string workloadObservedGeneration?:string alb?:*AlbStatus albs?:[]AlbStatus duration?:*RolloutDuration',
  PauseCondition: 'reason:string startTime:time',
  RolloutCondition:
    'type:string status:string lastUpdateTime:time lastTransitionTime:time reason:string message:string',
  CanaryStatus:
    'currentStepAnalysisRunStatus?:*RunReference currentBackgroundAnalysisRunStatus?:*RunReference currentExperiment?:string weights?:*TrafficWeights stablePingPong?:string stepPluginStatuses?:[]StepPluginStatus',
  BlueGreenStatus:
    'previewSelector?:string activeSelector?:string scaleUpPreviewCheckPoint?:bool prePromotionAnalysisRunStatus?:*RunReference postPromotionAnalysisRunStatus?:*RunReference',
  RunReference: 'name:string status:string message?:string',
  TrafficWeights: 'canary:WeightDestination stable:WeightDestination additional?:[]WeightDestination verified?:*bool',
  WeightDestination: 'weight:int32 serviceName?:string podTemplateHash?:string',
  StepPluginStatus:
    'index:int32 name:string operation:string phase?:string message?:string startedAt?:*time updatedAt?:*time finishedAt?:*time backoff?:string executions?:int32 disabled?:bool status?:rawJSON',
  AlbStatus: 'loadBalancer?:AwsResource canaryTargetGroup?:AwsResource stableTargetGroup?:AwsResource ingress?:string',
  AwsResource: 'name:string arn:string fullName:string',
  RolloutDuration:
    'rolloutStartedAt?:*time manualPauseStartedAt?:*time totalManualPauseDurationSeconds?:*int64 finishedAt?:*time completionStatus?:*string',
}

/** A whole Rollout. */
export const rolloutShape: Shape = {
  root: 'Rollout',
  types: {
    ...podTemplateShape.types,
    ...canaryStepShape.types,
    ...spec,
    ...trafficRoutingTypes,
    ...status,
    Rollout: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec:RolloutSpec status?:RolloutStatus',
  },
}

const without = (fields: string, name: string): string =>
  fields
    .split(' ')
    .filter((field) => !field.startsWith(`${name}?:`))
    .join(' ')

/** v1.8 has older steps and pods, and no progress threshold, nor additional subsets. */
const typesOf18: Shape['types'] = {
  CanaryStrategy: without(spec.CanaryStrategy, 'replicaProgressThreshold'),
  IstioDestinationRule: without(trafficRoutingTypes.IstioDestinationRule, 'additionalSubsetNames'),
}

/** v1.7 has no annotations for the canary's Ingress alone either. */
const typesOf17: Shape['types'] = {
  ...typesOf18,
  Nginx: without(trafficRoutingTypes.Nginx, 'canaryIngressAnnotations'),
}

function olderShape({ podTemplate, canaryStep }: TypeTables, types: Shape['types']): Shape {
  const steps = { ...canaryStep.types, BackgroundAnalysis: backgroundAnalysis(canaryStep) }
  return { root: 'Rollout', types: { ...rolloutShape.types, ...podTemplate.types, ...steps, ...types } }
}

const shapes: Readonly<Record<ControllerVersion, Shape>> = {
  main: rolloutShape,
  'v1.10': rolloutShape,
  'v1.9': rolloutShape,
  'v1.8': olderShape(typeTables['v1.8'], typesOf18),
  'v1.7': olderShape(typeTables['v1.7'], typesOf17),
}

/** A whole Rollout as the controller of a version prints it. */
export const rolloutShapeOf = (controller: ControllerVersion | undefined): Shape => ofVersion(shapes, controller)
