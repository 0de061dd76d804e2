export type { AnalysisRun, AnalysisTemplate, Measurement, Metric, MetricResult } from './model/analysis'
export type {
  Answers,
  RegisteredTargetsAnswer,
  RegisteredTargetsAsk,
  RolloutAsk,
  StepPluginAnswer,
  StepPluginAsk,
  VerifyWeightAnswer,
  VerifyWeightAsk,
} from './model/ask'
export type { Change, TrafficChange } from './model/change'
export type { Blocker, Decision, EngineEvent, Failure, ObjectRef } from './model/decision'
export type { Experiment } from './model/experiment'
export type { HashVariant } from './model/hash/hashVariant'
export { podTemplateHash } from './model/hash/podTemplateHash'
export { stepHash } from './model/hash/stepHash'
export type { Issue } from './model/issue'
export type { Condition, KubeObject, ObjectMeta } from './model/meta'
export type { BlueGreenStrategy, CanaryStep, CanaryStrategy, Rollout, RolloutSpec } from './model/rollout'
export type { RolloutPhase, RolloutStatus, TrafficWeights, WeightDestination } from './model/rolloutStatus'
export type { Pod, PodTemplate, ReplicaSet, Service, Workload } from './model/workload'
export { reconcileRollout, reconcileService } from './reconcile'
export type {
  DesiredState,
  DesiredTraffic,
  RolloutDecision,
  RolloutObservation,
  RolloutOptions,
} from './rollout/observation'
export type { ServiceDecision, ServiceObservation } from './rollout/services/serviceCleanup'
