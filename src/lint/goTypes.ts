import type { DecodeShape } from '../kube/types/decode'
import { podTemplateShape } from '../kube/types/podTemplateShape.generated'
import type { Shape } from '../kube/types/shape'
import { v1alpha1Types, v1beta1Types, v1Types } from './goTypes.generated'

const types: Shape['types'] = { ...podTemplateShape.types, ...v1Types, ...v1beta1Types, ...v1alpha1Types }

/** With the package, as Go prints a type. */
function goName(type: string): string {
  if (Object.hasOwn(v1alpha1Types, type)) return `v1alpha1.${type}`
  return Object.hasOwn(v1beta1Types, type) ? `v1beta1.${type.replace(/^V1beta1/, '')}` : `v1.${type}`
}

const shapeOf = (root: string): DecodeShape => ({ root, types, goName })

export const rolloutType = shapeOf('Rollout')
export const serviceType = shapeOf('Service')
export const ingressType = shapeOf('Ingress')
export const oldIngressType = shapeOf('V1beta1Ingress')
