import type { RolloutObservation } from '../observation'

/** A Rollout, and the objects that it may refer to. An absent list is not checked. */
export type ValidationInput = Pick<
  RolloutObservation,
  | 'rollout'
  | 'services'
  | 'analysisTemplates'
  | 'clusterAnalysisTemplates'
  | 'ingresses'
  | 'virtualServices'
  | 'mappings'
  | 'appMeshResources'
>
