import type { DecodeShape } from '../kube/types/decode'
import { podTemplateShape } from '../kube/types/podTemplateShape.generated'
import type { Shape } from '../kube/types/shape'
import { analysisTypes, jobTypes } from './analysisTypes.generated'
import { v1alpha1Types, v1beta1Types, v1Types } from './goTypes.generated'

const types: Shape['types'] = {
  ...podTemplateShape.types,
  ...v1Types,
  ...v1beta1Types,
  ...jobTypes,
  ...v1alpha1Types,
  ...analysisTypes,
}

/** With the package, as Go prints a type. */
function goName(type: string): string {
  if (Object.hasOwn(v1alpha1Types, type) || Object.hasOwn(analysisTypes, type)) return `v1alpha1.${type}`
  return Object.hasOwn(v1beta1Types, type) ? `v1beta1.${type.replace(/^V1beta1/, '')}` : `v1.${type}`
}

const shapeOf = (root: string): DecodeShape => ({ root, types, goName })

export const rolloutType = shapeOf('Rollout')
export const serviceType = shapeOf('Service')
export const ingressType = shapeOf('Ingress')
export const oldIngressType = shapeOf('V1beta1Ingress')

/** What `create` reads strictly, by kind. */
export const createdTypes: Readonly<Record<string, DecodeShape>> = {
  Rollout: rolloutType,
  Experiment: shapeOf('Experiment'),
  AnalysisTemplate: shapeOf('AnalysisTemplate'),
  ClusterAnalysisTemplate: shapeOf('ClusterAnalysisTemplate'),
  AnalysisRun: shapeOf('AnalysisRun'),
}
