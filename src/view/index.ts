export { type ArgoCdAction, argoCdActions } from './argoCd/argoCdActions'
export { argoCdHealth } from './argoCd/argoCdHealth'
export type { ArgoCdHealth } from './argoCd/health'
export { describeExperiment, describeRollout } from './describeRollout'
export {
  type ExperimentRow,
  listExperiments,
  listRollouts,
  type RolloutListOptions,
  type RolloutRow,
  renderExperimentList,
  renderRolloutList,
} from './lists'
export type { ExperimentViewObservation, RolloutViewObservation } from './observation'
export { type RenderOptions, renderExperiment, renderRollout } from './renderRollout'
export type {
  AnalysisRunView,
  ContainerView,
  ExperimentView,
  JobView,
  MetricView,
  NonJobView,
  PodView,
  ReplicaSetView,
  RolloutView,
  ViewMeta,
} from './rolloutView'
export { type StatusReport, statusReport } from './status'
export { describeTimeline, renderTimeline, type TimelineTable } from './timeline'
