export type { ExperimentDecision, ExperimentObservation, ExperimentOptions } from './experiment/observation'
export { podTemplateHash } from './kube/hash/podTemplateHash'
export { stepHash } from './kube/hash/stepHash'
export { type StatusPatch, type StatusPatchOperation, statusPatch } from './kube/statusPatch'
export type {
  AnalysisPhase,
  AnalysisRun,
  AnalysisRunStatus,
  AnalysisTemplate,
  AnalysisTemplateRef,
  Argument,
  Measurement,
  Metric,
  MetricResult,
} from './model/analysis'
export type {
  AnalysisRunAsk,
  Answers,
  MeasureAnswer,
  MeasureAsk,
  RegisteredTargetsAnswer,
  RegisteredTargetsAsk,
  RolloutAsk,
  SecretAnswer,
  SecretAsk,
  StepPluginAnswer,
  StepPluginAsk,
  VerifyWeightAnswer,
  VerifyWeightAsk,
} from './model/ask'
export type { Blocker, BlockerCode, BlockerData } from './model/blocker'
export { type BlockerText, blockerText } from './model/blockerText'
export type { Change, TrafficChange } from './model/change'
export { changeKey } from './model/changeKey'
export {
  type ControllerVersion,
  controllerVersions,
  newestRelease,
  readControllerVersion,
} from './model/controllerVersion'
export type { Decision, EngineEvent, Failure, ObjectRef } from './model/decision'
export type { Experiment, ExperimentStatus } from './model/experiment'
export type { Issue } from './model/issue'
export type { Condition, KubeObject, ObjectMeta } from './model/meta'
export { nextRound, type Round } from './model/nextRound'
export type { BlueGreenStrategy, CanaryStep, CanaryStrategy, Rollout, RolloutSpec } from './model/rollout'
export type { RolloutPhase, RolloutStatus, TrafficWeights, WeightDestination } from './model/rolloutStatus'
export type { WakeUp, WakeUpCode, WakeUpData, WakeUpReason } from './model/wakeUp'
export { wakeUpText } from './model/wakeUpText'
export type { Pod, PodTemplate, ReplicaSet, Service, Workload } from './model/workload'
export { reconcileExperiment, reconcileRollout, reconcileService } from './reconcile'
export type {
  DesiredState,
  DesiredTraffic,
  RolloutDecision,
  RolloutObservation,
  RolloutOptions,
  ServiceObservation,
} from './rollout/observation'
export type { ServiceDecision } from './rollout/services/serviceCleanup'
export { validateRollout } from './rollout/validation/validateRollout'
export type { ValidationInput } from './rollout/validation/validationInput'
export { buildAnalysisRun, type RunPlan } from './templates/buildAnalysisRun'
export { collectTemplates, type MissingTemplate, type TemplateLookup } from './templates/collectTemplates'
export type { TemplateLists } from './templates/uniqueTemplates'
