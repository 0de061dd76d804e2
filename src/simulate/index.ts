export { applied, applyStatus, type CreationContext } from '../cluster/applied'
export { type FieldDifference, fieldDifferences } from '../cluster/fieldDifferences'
export type { ClusterPatch } from '../cluster/immer'
export { type ClusterObjects, keysOf, listObjects, objectAt, objectKey } from '../cluster/objects'
export type { Series, SeriesItem, SeriesPoint } from '../model/series'
export type { ReplayIssue, ReplayTemplate } from '../replay/prepareRun'
export { recordedSeries } from '../replay/recordedSeries'
export { type ReplayOptions, replayAnalysis } from '../replay/replayAnalysis'
export type { Replay, ReplayedMeasurement, ReplayedMetric } from '../replay/report'
export { answersOf, type PauseAnswer, type PhaseSpan, type SimulationAnswers, secondsLeft } from './answers/answers'
export type { RoomAnswer } from './answers/room'
export type { OpenSpan, Span } from './answers/spans'
export type { UpdateAnswer } from './answers/updates'
export type { AssumedObject, Missing } from './assume/assume'
export { createWorld, type SimulatedWorld, type Until, until } from './createWorld'
export type {
  ExperimentPods,
  ExperimentState,
  Frame,
  FrameRun,
  FrameWakeUp,
  PodCounts,
  RevisionPods,
  Role,
  RunKind,
} from './frame'
export {
  compareTimelines,
  type History,
  type ObjectDifference,
  objectsAt,
  type SecondPatches,
} from './history'
export type { LostNodes } from './loseNodes'
export {
  type AutoscalerOptions,
  type AutoscalerState,
  autoscaler,
} from './models/autoscaler'
export { type CrashLoopOptions, crashLoop } from './models/crashLoop'
export { type EndpointsOptions, type EndpointsState, endpoints } from './models/endpoints'
export { type GitOpsOptions, type GitOpsState, gitOpsSync } from './models/gitOpsSync'
export type { Model, ModelStep, ModelView, NewPod, SentRequests } from './models/model'
export { type NodeLoss, type NodesOptions, nodes } from './models/nodes'
export { type OnCallOptions, type OnCallState, onCall } from './models/onCall'
export { type QuotaOptions, quota } from './models/quota'
export type { PodRule, Spread } from './models/ruledPods'
export type { AutoscalerRules, Recommendation, ScaleChange, ScalingPolicy, ScalingRules } from './models/scalingRules'
export { type ScheduleOptions, type ScheduleState, schedule } from './models/schedule'
export { type ServedRequestsOptions, servedRequests } from './models/servedRequests'
export { type SlowLeakOptions, slowLeak } from './models/slowLeak'
export { type StartUpOptions, startUp } from './models/startUp'
export {
  burstTraffic,
  constantTraffic,
  dailyTraffic,
  replayedTraffic,
  type Traffic,
  trafficOfCsv,
} from './models/traffic'
export type { TrafficPoint } from './models/trafficPoints'
export { observeRollout } from './observe'
export { observeExperiment } from './observeExperiment'
export type { Outcome } from './outcome'
export type { PluginModel, PluginPhase, PluginPoint } from './plugins'
export type { PodLife, PodModel } from './podGroup'
export type { Room } from './podRules'
export { type RecordedFrame, recordedFrame } from './recordedFrame'
export type { ManagedRoute, RouterModel } from './router'
export { type ResourceName, type ResourceState, resourceAt } from './routerResources'
export { simulate } from './simulate'
export type { SimulationInput, Timeline } from './simulation'
export type { TraceEntry } from './tracedTurn'
export type {
  ApplyDeed,
  CommandDeed,
  CrashDeed,
  EventTime,
  ImageDeed,
  LoseNodesDeed,
  LosePodsDeed,
  LostPods,
  Manifest,
  ReplicasDeed,
  SimulatedCommand,
  SpecPatchDeed,
  TimelineDeed,
  WorkloadReplicasDeed,
  WorldDeed,
  WorldEvent,
} from './worldEvent'
