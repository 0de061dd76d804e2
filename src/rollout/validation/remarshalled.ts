import type { CanaryStrategy, Rollout } from '../../model/rollout'
import type { TrafficRouting } from '../../model/trafficRouting'

/**
 * The Rollout as the controller sees it in a reconcile: it marshals and unmarshals the object first, which drops empty
 * lists. That matters for rules that distinguish an empty list from an absent one; lint does not do it.
 */
export function remarshalled(rollout: Rollout): Rollout {
  const { spec } = rollout
  const canary = spec.strategy?.canary
  const labels = spec.template?.metadata?.labels
  const hasEmptyLabels = labels !== undefined && labels !== null && Object.keys(labels).length === 0
  const printed = canary && withoutEmptyLists(canary)
  if (!hasEmptyLabels && printed === canary) return rollout
  const template = hasEmptyLabels
    ? { ...spec.template, metadata: { ...spec.template?.metadata, labels: undefined } }
    : spec.template
  return { ...rollout, spec: { ...spec, template, strategy: { ...spec.strategy, canary: printed } } } as Rollout
}

const isEmpty = (list: readonly unknown[] | undefined): boolean => list?.length === 0

function withoutEmptyLists(canary: CanaryStrategy): CanaryStrategy {
  const { analysis, trafficRouting: routing } = canary
  const printed = routing && withoutEmptyRouting(routing)
  if (!isEmpty(analysis?.args) && printed === routing) return canary
  const { args: _args, ...rest } = analysis ?? {}
  return { ...canary, trafficRouting: printed, analysis: isEmpty(analysis?.args) ? rest : analysis } as CanaryStrategy
}

function withoutEmptyRouting(routing: TrafficRouting): TrafficRouting {
  const { managedRoutes, nginx, alb, istio } = routing
  const lists = [managedRoutes, nginx?.stableIngresses, alb?.ingresses, istio?.virtualServices]
  if (!lists.some(isEmpty)) return routing
  const without = <T extends object>(value: T | undefined, field: keyof T): T | undefined => {
    if (!value || !isEmpty(value[field] as readonly unknown[] | undefined)) return value
    const { [field]: _empty, ...rest } = value
    return rest as T
  }
  return {
    ...without(routing, 'managedRoutes'),
    nginx: without(nginx, 'stableIngresses'),
    alb: without(alb, 'ingresses'),
    istio: without(istio, 'virtualServices'),
  }
}
