import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import type { Experiment } from '../model/experiment'
import type { Rollout } from '../model/rollout'
import type { ExperimentViewObservation, RolloutViewObservation } from './observation'

// The fields that the views read, in the notation of kube/types/shape.ts; `?` marks fields that may be absent.

const lists = 'replicaSets:[]ReplicaSet pods?:[]Pod analysisRuns?:[]AnalysisRun'

const types: Shape['types'] = {
  RolloutObservation: `rollout:Rollout ${lists} experiments?:[]Experiment workloads?:[]Workload`,
  ExperimentObservation: `experiment:Experiment ${lists}`,
  Meta: 'name:string namespace?:string uid?:string generation?:int64 resourceVersion?:string creationTimestamp?:*time deletionTimestamp?:*time labels?:map[]string annotations?:map[]string ownerReferences?:[]Owner',
  Owner: 'kind:string name:string uid:string',
  Rollout: 'metadata:Meta spec:RolloutSpec status?:RolloutStatus',
  RolloutSpec:
    'replicas?:*int32 paused?:bool restartAt?:*time template?:PodTemplate workloadRef?:*WorkloadRef strategy?:Strategy',
  WorkloadRef: 'name?:string',
  Strategy: 'canary?:*Canary blueGreen?:*BlueGreen',
  Canary: 'steps?:[]Step trafficRouting?:*TrafficRouting pingPong?:rawJSON',
  Step: 'setWeight?:*int32',
  TrafficRouting: 'maxTrafficWeight?:*int32',
  BlueGreen: 'postPromotionAnalysis?:rawJSON',
  RolloutStatus:
    'abort?:bool pauseConditions?:[]PauseCondition controllerPause?:bool currentPodHash?:string currentStepIndex?:*int32 replicas?:int32 updatedReplicas?:int32 readyReplicas?:int32 availableReplicas?:int32 observedGeneration?:string conditions?:[]Condition canary?:CanaryStatus blueGreen?:BlueGreenStatus stableRS?:string restartedAt?:*time phase?:string message?:string',
  PauseCondition: 'reason:string',
  Condition: 'type:string status:string reason?:string message?:string',
  CanaryStatus: 'weights?:*Weights stablePingPong?:string',
  Weights: 'canary:Weight',
  Weight: 'weight:int32',
  BlueGreenStatus: 'previewSelector?:string activeSelector?:string postPromotionAnalysisRunStatus?:*RunReference',
  RunReference: 'name:string status?:string',
  ReplicaSet: 'metadata:Meta spec:ReplicaSetSpec status?:ReplicaSetStatus',
  ReplicaSetSpec: 'replicas?:*int32 template?:PodTemplate',
  ReplicaSetStatus: 'replicas?:int32 availableReplicas?:int32 observedGeneration?:int64 conditions?:[]Condition',
  PodTemplate: 'spec?:PodSpec',
  PodSpec: 'containers?:[]Container initContainers?:[]Container',
  Container: 'name:string image?:string restartPolicy?:*string',
  Pod: 'metadata:Meta spec?:PodSpec status?:PodStatus',
  PodStatus:
    'phase?:string reason?:string initContainerStatuses?:[]ContainerStatus containerStatuses?:[]ContainerStatus',
  ContainerStatus: 'name:string ready?:bool restartCount?:int32 started?:*bool state?:ContainerState',
  ContainerState: 'waiting?:*Waiting running?:*Running terminated?:*Terminated',
  Waiting: 'reason?:string',
  Running: '_?:string',
  Terminated: 'exitCode?:int32 signal?:int32 reason?:string',
  Workload: 'kind?:string metadata:Meta spec?:WorkloadSpec',
  WorkloadSpec: 'template?:*PodTemplate',
  Experiment: 'metadata:Meta spec:ExperimentSpec status?:ExperimentStatus',
  ExperimentSpec: 'duration?:string',
  ExperimentStatus: 'phase?:string message?:string availableAt?:*time',
  AnalysisRun: 'metadata:Meta spec:AnalysisRunSpec status?:AnalysisRunStatus',
  AnalysisRunSpec: 'metrics?:[]Metric',
  Metric:
    'name:string successCondition?:string count?:*intOrString inconclusiveLimit?:*intOrString failureLimit?:*intOrString',
  AnalysisRunStatus: 'phase?:string metricResults?:[]MetricResult',
  MetricResult:
    'name:string successful?:int32 failed?:int32 inconclusive?:int32 error?:int32 measurements?:[]Measurement',
  Measurement: 'phase:string value?:string startedAt?:*time metadata?:map[]string',
}

const options = { remembered: ['Rollout', 'ReplicaSet', 'Pod', 'Workload', 'AnalysisRun', 'Experiment'] }

/** What the command's tolerant reader would have kept of an observation; the same object where it is well-formed. */
export const wellFormedRollout = mender<RolloutViewObservation>({ root: 'RolloutObservation', types }, options)
export const wellFormedExperiment = mender<ExperimentViewObservation>({ root: 'ExperimentObservation', types }, options)
export const wellFormedRolloutObject = mender<Rollout>({ root: 'Rollout', types }, options)
export const wellFormedExperimentObject = mender<Experiment>({ root: 'Experiment', types }, options)
