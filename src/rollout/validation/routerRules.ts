import { type CodedFieldError, internalError } from '../../kube/fieldErrorBody'
import type { TrafficRouting } from '../../model/trafficRouting'
import { isSet, noteBroken, type Rule } from './rule'

// Of the two fields for one and for several Ingresses or VirtualServices, exactly one has to be set (behaviour 2.2).
// The controller checks them when it collects the references.

const oneOf = (one: boolean, several: boolean, names: string): string | undefined => {
  if (one !== several) return undefined
  const found = one ? 'Both are configured.' : 'Neither are configured.'
  return internalError(`Either ${names} must be configured. ${found}`)
}

export const nginxRules: readonly Rule<TrafficRouting>[] = [
  {
    code: 'one-ingress-field',
    path: 'spec.strategy.canary.trafficRouting.nginx',
    check: ({ nginx }) =>
      nginx
        ? oneOf(Boolean(nginx.stableIngress), isSet(nginx.stableIngresses), 'StableIngress or StableIngresses')
        : undefined,
  },
]

export const albRules: readonly Rule<TrafficRouting>[] = [
  {
    code: 'one-ingress-field',
    path: 'spec.strategy.canary.trafficRouting.alb',
    check: ({ alb }) => (alb ? oneOf(Boolean(alb.ingress), isSet(alb.ingresses), 'Ingress or Ingresses') : undefined),
  },
]

export const istioRules: readonly Rule<TrafficRouting>[] = [
  {
    code: 'one-virtual-service-field',
    path: 'spec.strategy.canary.trafficRouting.istio',
    check: ({ istio }) =>
      istio && isSet(istio.virtualService) === isSet(istio.virtualServices)
        ? internalError('either VirtualService or VirtualServices must be configured')
        : undefined,
  },
]

/** All of them; lint and reconcile check other rules in between. */
export function routerErrors(routing: TrafficRouting | undefined | null): readonly CodedFieldError[] {
  const found: CodedFieldError[] = []
  if (routing) noteBroken(found, [...nginxRules, ...albRules, ...istioRules], routing)
  return found
}
