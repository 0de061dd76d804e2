import type { KubeObject } from '../../model/meta'
import { fieldOf, itemsOf, textOf } from '../assume/walk'
import type { ModelView } from './model'
import type { AutoscalerRules } from './scalingRules'

/** The rules of the HorizontalPodAutoscaler whose target is the Rollout, as far as they are said. */
export function readAutoscaler(view: Pick<ModelView, 'objects' | 'rollout'>): Partial<AutoscalerRules> {
  const spec = autoscalerOf(view)?.spec
  const rules = {
    minReplicas: numberOf(fieldOf(spec, 'minReplicas')),
    maxReplicas: numberOf(fieldOf(spec, 'maxReplicas')),
    targetUtilisation: numberOf(fieldOf(spec, 'targetCPUUtilizationPercentage')),
    behavior: fieldOf(spec, 'behavior') as AutoscalerRules['behavior'],
    ...metricsOf(spec).map(targetOf)[0],
  }
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined))
}

/** The one that scales the Rollout; undefined if there is none. */
export const autoscalerOf = ({ objects, rollout }: Pick<ModelView, 'objects' | 'rollout'>): KubeObject | undefined =>
  rollout && Object.values(objects).find((object) => isForRollout(object, rollout.metadata))

const metricsOf = (spec: unknown): readonly unknown[] => itemsOf(fieldOf(spec, 'metrics'))

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

const ofResource: readonly unknown[] = ['Resource', 'ContainerResource']
const ofAllPods: readonly unknown[] = ['External', 'Object']

/** The first metric counts. */
function targetOf(metric: unknown): Partial<AutoscalerRules> {
  const type = fieldOf(metric, 'type')
  const target = fieldOf(sourceOf(metric), 'target')
  return {
    targetUtilisation: numberOf(fieldOf(target, 'averageUtilization')),
    // An amount of processor time or memory is no number of requests.
    targetPerPod: ofResource.includes(type) ? undefined : quantityOf(fieldOf(target, 'averageValue')),
    ...(ofAllPods.includes(type) && { metric: 'External' as const }),
  }
}

/** `resource`, `pods`, `external`: the field has the type's name. */
function sourceOf(metric: unknown): unknown {
  const type = textOf(fieldOf(metric, 'type'))
  return fieldOf(metric, type.charAt(0).toLowerCase() + type.slice(1))
}

/** A plain quantity, or thousandths: `500m`. */
function quantityOf(value: unknown): number | undefined {
  const [, digits, thousandths] = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(value ?? '')) ?? []
  return digits === undefined ? undefined : Number(digits) / (thousandths === 'm' ? 1000 : 1)
}

/** What the model leaves out or takes for granted, in sentences. */
export function autoscalerDoubts({ spec, metadata }: KubeObject): readonly string[] {
  const [first, ...others] = metricsOf(spec)
  const named = `HorizontalPodAutoscaler ${metadata.name}`
  const type = fieldOf(first, 'type')
  const target = fieldOf(sourceOf(first), 'target')
  const isAverage = fieldOf(target, 'averageValue') !== undefined
  return [
    ...(others.length > 0 ? [`of ${named} only the first metric is modelled, not the ${others.length} after it`] : []),
    ...(ofResource.includes(type) && isAverage
      ? [`${named} wants an average amount of ${nameOf(first)}: only a utilisation is modelled, so that nothing scales`]
      : []),
    ...(fieldOf(target, 'value') !== undefined && !isAverage
      ? [`${named} wants a value of ${nameOf(first)} for all pods: only an average is modelled, so that nothing scales`]
      : []),
    ...(!ofResource.includes(type) && isAverage
      ? [`the metric ${nameOf(first)} of ${named} is taken for requests per second`]
      : []),
  ]
}

function nameOf(metric: unknown): string {
  const source = sourceOf(metric)
  return textOf(fieldOf(source, 'name')) || textOf(fieldOf(fieldOf(source, 'metric'), 'name')) || 'a metric'
}

/** Does it scale this Rollout? */
export function isForRollout({ kind, metadata, spec }: KubeObject, rollout: KubeObject['metadata']): boolean {
  if (kind !== 'HorizontalPodAutoscaler' || metadata.namespace !== rollout.namespace) return false
  const target = fieldOf(spec, 'scaleTargetRef')
  return fieldOf(target, 'kind') === 'Rollout' && fieldOf(target, 'name') === rollout.name
}
