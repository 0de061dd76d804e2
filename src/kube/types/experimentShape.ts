import { analysisSpecShape } from './analysisShape'
import { podTemplateShape } from './podTemplateShape.generated'
import type { Shape } from './shape'

// How Go prints the spec of an Experiment (upstream: pkg/apis/rollouts/v1alpha1/experiment_types.go), in the notation
// of hash/shape.ts.

export const experimentSpecShape: Shape = {
  root: 'ExperimentSpec',
  types: {
    ...podTemplateShape.types,
    ...analysisSpecShape.types,
    ExperimentSpec:
      'templates:[]ExperimentTemplate duration?:string progressDeadlineSeconds?:*int32 terminate?:bool analyses?:[]ExperimentAnalysis scaleDownDelaySeconds?:*int32 dryRun?:[]DryRun measurementRetention?:[]MeasurementRetention analysisRunMetadata?:RunMetadata',
    ExperimentTemplate:
      'name:string replicas?:*int32 minReadySeconds?:int32 selector:*LabelSelector template:PodTemplateSpec service?:*ExperimentService',
    ExperimentService: 'name?:string',
    ExperimentAnalysis:
      'name:string templateName:string clusterScope?:bool args?:[]Argument requiredForCompletion?:bool',
    RunMetadata: 'labels?:map[]string annotations?:map[]string',
  },
}
