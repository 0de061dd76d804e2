import { goJson } from '../../../go/json/goJson'
import { type CodedFieldError, invalidPrinted, invalidValue } from '../../../kube/fieldErrorBody'
import type { KubeObject } from '../../../model/meta'
import type { CanaryStrategy, Rollout } from '../../../model/rollout'
import { backendService, pathsOf, rulesOf } from '../../../trafficResources/ingress'
import { objectNamed, objectsNamed, type Surroundings } from './references'

interface IngressNames {
  /** The path of the field in `trafficRouting`, spelled as in the controller's lookup. */
  readonly field: string
  readonly names: readonly string[]
  /** The value of the field, as printed in the error. */
  readonly printed: string
}

/** With ALB the Ingresses of NGINX are not looked up. */
function ingressNames({ spec }: Rollout): IngressNames | undefined {
  const { alb, nginx } = spec.strategy?.canary?.trafficRouting ?? {}
  const named = (one: string | undefined, several: readonly string[] | undefined, fields: readonly [string, string]) =>
    several
      ? { field: fields[1], names: several, printed: goJson(several) }
      : { field: fields[0], names: [one ?? ''], printed: goJson(one ?? '') }
  if (alb) return named(alb.ingress, alb.ingresses, ['alb.ingress', 'alb.ingresses'])
  return nginx && named(nginx.stableIngress, nginx.stableIngresses, ['nginx.stableIngress', 'nginx.StableIngresses'])
}

/** Missing Ingresses (behaviour 2.2). */
export function noteMissingIngresses(
  found: CodedFieldError[],
  rollout: Rollout,
  { ingresses, namespace }: Surroundings,
): void {
  const wanted = ingresses && ingressNames(rollout)
  for (const name of wanted?.names ?? []) {
    if (!wanted || objectNamed(ingresses, name, namespace)) continue
    const path = `spec.strategy.canary.trafficRouting.${wanted.field}`
    const detail = `ingress.networking.k8s.io "${name}" not found`
    found.push({ code: 'not-found', path, body: invalidPrinted(wanted.printed, detail) })
  }
}

export const referencedIngresses = (rollout: Rollout, { ingresses, namespace }: Surroundings): readonly KubeObject[] =>
  objectsNamed(ingresses, ingressNames(rollout)?.names, namespace)

/** An Ingress has to route to the Service whose traffic is split (behaviour 2.3). */
export function* ingressErrors({ spec }: Rollout, ingress: KubeObject): Generator<CodedFieldError> {
  const canary = spec.strategy?.canary
  const { name } = ingress.metadata
  const usage = canary && usageOf(canary, name)
  if (!usage || hasRuleFor(ingress, usage.service)) return
  const detail = `ingress \`${name}\` has no rules using service ${usage.service} backend`
  const path = `spec.strategy.canary.trafficRouting.${usage.field}`
  yield { code: 'no-rule-for-service', path, body: invalidValue(name, detail) }
}

/** The field that names the Ingress, NGINX's first, and the Service that it has to route to. */
function usageOf({ trafficRouting, stableService = '' }: CanaryStrategy, name: string) {
  const { alb, nginx } = trafficRouting ?? {}
  if (nginx?.stableIngresses?.includes(name)) return { field: 'nginx.stableIngresses', service: stableService }
  if (nginx && (nginx.stableIngress ?? '') === name) return { field: 'nginx.stableIngress', service: stableService }
  const service = alb?.rootService || stableService
  if (alb?.ingresses?.includes(name)) return { field: 'alb.ingresses', service }
  return alb && (alb.ingress ?? '') === name ? { field: 'alb.ingress', service } : undefined
}

/** Whether a rule of the Ingress routes to the Service. Old API versions have it in another field. */
export function hasRuleFor(ingress: KubeObject, service: string): boolean {
  const isLegacy = ingress.apiVersion?.endsWith('/v1beta1') === true
  return rulesOf(ingress).some((rule) =>
    (pathsOf(rule) ?? []).some((path) => backendService(path, isLegacy) === service),
  )
}
