// Names and helps of the controller (upstream: controller/metrics/prommetrics.go): what describes objects.

const helps = {
  rollout_info: 'Information about rollout.',
  rollout_info_replicas_available: 'The number of available replicas per rollout.',
  rollout_info_replicas_unavailable: 'The number of unavailable replicas per rollout.',
  rollout_info_replicas_desired: 'The number of desired replicas per rollout.',
  rollout_info_replicas_updated: 'The number of updated replicas per rollout.',
  rollout_phase: 'Information on the state of the rollout (DEPRECATED - use rollout_info)',
  analysis_run_info: 'Information about analysis run.',
  analysis_run_phase: 'Information on the state of the Analysis Run (DEPRECATED - use analysis_run_info)',
  analysis_run_metric_type: 'Information on the type of a specific metric in the Analysis Runs',
  analysis_run_metric_phase: 'Information on the duration of a specific metric in the Analysis Run',
  analysis_template_info: 'Information about analysis templates.',
  analysis_template_metric_info: 'Information on metrics in analysis templates.',
  experiment_info: 'Information about Experiment.',
  experiment_phase: 'Information on the state of the experiment (DEPRECATED - use experiment_info)',
} as const

export type FamilyName = keyof typeof helps

export const helpOf = (name: FamilyName): string => helps[name]
