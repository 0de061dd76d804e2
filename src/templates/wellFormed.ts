import type { Shape } from '../kube/types/shape'
import { type Take, takes } from '../kube/types/takes'

// The fields that building a run reads, in the notation of kube/types/shape.ts; `?` marks fields that may be absent.
// Metrics are printed through the controller's types afterwards.

const types: Shape['types'] = {
  Plan: 'templates:[]Template clusterTemplates:[]Template args?:[]Argument dryRun?:[]DryRun measurementRetention?:[]Retention labels?:map[]string annotations?:map[]string name:string generateName?:string namespace:string',
  Lookup: 'refs:[]Reference namespace:string analysisTemplates:[]Template clusterAnalysisTemplates:[]Template',
  Template: 'metadata:Meta spec:Spec',
  Meta: 'name:string namespace?:string',
  Spec: 'metrics?:[]Metric args?:[]Argument dryRun?:[]DryRun measurementRetention?:[]Retention templates?:[]Reference',
  Metric: 'name:string',
  Argument: 'name:string value?:*string valueFrom?:rawJSON',
  DryRun: 'metricName:string',
  Retention: 'metricName:string',
  Reference: 'templateName?:string clusterScope?:*bool',
}

const take = takes(types, { remembered: ['Template'] })

/** A plan as it is where it is well-formed; malformed parts count as missing. */
export const wellFormedPlan: Take = take('Plan')

/** The same for what is looked up. */
export const wellFormedLookup: Take = take('Lookup')
