import type { Shape } from '../kube/types/shape'

/**
 * What is read of the metrics and arguments of an analysis, in the notation of kube/types/shape.ts; `?` marks fields
 * that may be absent. Providers are kept unchanged: they are printed through the controller's types when arguments are
 * substituted.
 */
export const metricTypes: Shape['types'] = {
  Metric:
    'name:string interval?:string initialDelay?:string count?:*intOrString successCondition?:string failureCondition?:string failureLimit?:*intOrString inconclusiveLimit?:*intOrString consecutiveErrorLimit?:*intOrString consecutiveSuccessLimit?:*intOrString provider?:rawJSON',
  Argument: 'name:string value?:*string valueFrom?:*ValueFrom',
  ValueFrom: 'secretKeyRef?:*SecretKeyRef fieldRef?:*FieldRef',
  SecretKeyRef: 'name:string key:string',
  FieldRef: 'fieldPath:string',
  DryRun: 'metricName:string',
  Retention: 'metricName:string limit:int32',
}
