import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import type { AnalysisRun, AnalysisTemplate } from '../model/analysis'
import type { Experiment } from '../model/experiment'
import type { Rollout } from '../model/rollout'

// The fields that the metrics read, in the notation of kube/types/shape.ts; `?` marks fields that may be absent.

const types: Shape['types'] = {
  Meta: 'name:string namespace?:string',
  Rollout: 'metadata:Meta spec:RolloutSpec status?:RolloutStatus',
  RolloutSpec: 'replicas?:*int32 strategy?:Strategy',
  Strategy: 'canary?:*Canary blueGreen?:*BlueGreen',
  Canary: 'trafficRouting?:*TrafficRouting',
  TrafficRouting: '_?:string',
  BlueGreen: '_?:string',
  RolloutStatus: 'replicas?:int32 updatedReplicas?:int32 availableReplicas?:int32 conditions?:[]Condition',
  Condition: 'type:string reason?:string',
  AnalysisRun: 'metadata:Meta spec:AnalysisSpec status?:RunStatus',
  AnalysisTemplate: 'metadata:Meta spec:AnalysisSpec',
  AnalysisSpec: 'metrics?:[]Metric dryRun?:[]DryRun',
  Metric: 'name:string provider:Provider',
  Provider: '_?:string',
  DryRun: 'metricName:string',
  RunStatus: 'phase?:string metricResults?:[]MetricResult',
  MetricResult: 'name:string phase?:string',
  Experiment: 'metadata:Meta status?:ExperimentStatus',
  ExperimentStatus: 'phase?:string',
}

/** An object as the controller's tolerant decoder would read it. */
export const wellFormedRollout = mender<Rollout>({ root: 'Rollout', types })
export const wellFormedAnalysisRun = mender<AnalysisRun>({ root: 'AnalysisRun', types })
export const wellFormedAnalysisTemplate = mender<AnalysisTemplate>({ root: 'AnalysisTemplate', types })
export const wellFormedExperiment = mender<Experiment>({ root: 'Experiment', types })
