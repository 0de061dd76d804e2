// Made by scripts/generate-shapes.mjs from spec/conformance/vectors/canary-step-shape.json. Do not edit.
import type { Shape } from './shape'

/** How Go prints the types reachable from CanaryStep: the fields in order, in the notation of shape.ts. */
export const canaryStepShape: Shape = {
  root: 'CanaryStep',
  types: {
    AnalysisRunArgument: 'name:string value?:string valueFrom?:*ArgumentValueFrom',
    AnalysisRunMetadata: 'labels?:map[]string annotations?:map[]string',
    AnalysisTemplateRef: 'templateName:string clusterScope?:*bool',
    ArgumentValueFrom: 'podTemplateHashValue?:*string fieldRef?:*FieldRef',
    CanaryStep: 'setWeight?:*int32 pause?:*RolloutPause experiment?:*RolloutExperimentStep analysis?:*RolloutAnalysis setCanaryScale?:*SetCanaryScale setHeaderRoute?:*SetHeaderRoute setMirrorRoute?:*SetMirrorRoute plugin?:*PluginStep',
    DryRun: 'metricName:string',
    FieldRef: 'fieldPath:string',
    HeaderRoutingMatch: 'headerName:string headerValue:*StringMatch',
    LabelSelector: 'matchLabels?:map[]string matchExpressions?:[]LabelSelectorRequirement',
    LabelSelectorRequirement: 'key:string operator:string values?:[]string',
    MeasurementRetention: 'metricName:string limit:int32',
    PluginStep: 'name:string config?:rawJSON',
    PodTemplateMetadata: 'labels?:map[]string annotations?:map[]string',
    RolloutAnalysis: 'templates?:[]AnalysisTemplateRef args?:[]AnalysisRunArgument dryRun?:[]DryRun measurementRetention?:[]MeasurementRetention analysisRunMetadata?:*AnalysisRunMetadata',
    RolloutExperimentStep: 'templates:[]RolloutExperimentTemplate duration?:string analyses?:[]RolloutExperimentStepAnalysisTemplateRef dryRun?:[]DryRun analysisRunMetadata?:AnalysisRunMetadata scaleDownDelaySeconds?:*int32',
    RolloutExperimentStepAnalysisTemplateRef: 'name:string templateName:string clusterScope?:*bool args?:[]AnalysisRunArgument requiredForCompletion?:bool',
    RolloutExperimentTemplate: 'name:string specRef:string replicas?:*int32 metadata?:PodTemplateMetadata selector?:*LabelSelector weight?:*int32 service?:*TemplateService',
    RolloutPause: 'duration?:*intOrString',
    RouteMatch: 'method?:*StringMatch path?:*StringMatch headers?:map[]StringMatch',
    SetCanaryScale: 'weight?:*int32 replicas?:*int32 matchTrafficWeight?:bool',
    SetHeaderRoute: 'name?:string match?:[]HeaderRoutingMatch',
    SetMirrorRoute: 'name:string match?:[]RouteMatch percentage?:*int32',
    StringMatch: 'exact?:string prefix?:string regex?:string',
    TemplateService: 'name?:string',
  },
}
