import type { KubeObject } from '../../model/meta'
import { fieldOf, itemsOf } from '../assume/walk'
import type { ModelView } from './model'
import type { AutoscalerRules } from './scalingRules'

/** The rules of the HorizontalPodAutoscaler whose target is the Rollout, as far as they are said. */
export function readAutoscaler({ objects, rollout }: Pick<ModelView, 'objects' | 'rollout'>): Partial<AutoscalerRules> {
  const found = rollout && Object.values(objects).find((object) => isForRollout(object, rollout.metadata))
  if (!found) return {}
  const { spec } = found
  const rules = {
    minReplicas: numberOf(fieldOf(spec, 'minReplicas')),
    maxReplicas: numberOf(fieldOf(spec, 'maxReplicas')),
    targetUtilisation: numberOf(fieldOf(spec, 'targetCPUUtilizationPercentage')),
    behavior: fieldOf(spec, 'behavior') as AutoscalerRules['behavior'],
    ...itemsOf(fieldOf(spec, 'metrics')).map(targetOf)[0],
  }
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined))
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** The first metric counts. */
function targetOf(metric: unknown): Partial<AutoscalerRules> {
  const type = fieldOf(metric, 'type')
  const source = typeof type === 'string' ? type.charAt(0).toLowerCase() + type.slice(1) : ''
  const target = fieldOf(fieldOf(metric, source), 'target')
  return {
    targetUtilisation: numberOf(fieldOf(target, 'averageUtilization')),
    targetPerPod: quantityOf(fieldOf(target, 'averageValue')),
    ...((type === 'External' || type === 'Object') && { metric: 'External' as const }),
  }
}

/** A plain quantity, or thousandths: `500m`. */
function quantityOf(value: unknown): number | undefined {
  const [, digits, thousandths] = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(value ?? '')) ?? []
  return digits === undefined ? undefined : Number(digits) / (thousandths === 'm' ? 1000 : 1)
}

/** Does it scale this Rollout? */
export function isForRollout({ kind, metadata, spec }: KubeObject, rollout: KubeObject['metadata']): boolean {
  if (kind !== 'HorizontalPodAutoscaler' || metadata.namespace !== rollout.namespace) return false
  const target = fieldOf(spec, 'scaleTargetRef')
  return fieldOf(target, 'kind') === 'Rollout' && fieldOf(target, 'name') === rollout.name
}
