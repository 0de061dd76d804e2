import type { FieldError } from '../../../kube/fieldErrorBody'
import type { Rollout } from '../../../model/rollout'
import { albRules, istioRules, nginxRules } from '../routerRules'
import { brokenRules } from '../rule'
import { analysisErrors, analysisReferences, missingTemplates, type NotePlaceholders, templatesFor } from './analyses'
import { ingressErrors, missingIngresses, referencedIngresses } from './ingresses'
import { mappingErrors, missingMappings, referencedMappings } from './mappings'
import type { References, Surroundings } from './references'
import { missingServices, referencedServices, serviceErrors } from './services'
import { stepRulesOf } from './stepRules'
import { missingVirtualRouters, referencedVirtualRouters, virtualRouterErrors } from './virtualRouters'
import { missingVirtualServices, referencedVirtualServices, virtualServiceErrors } from './virtualServices'

/** Missing references of the Rollout, in the controller's order (behaviour 2.2). */
export function* missingErrors(rollout: Rollout, surroundings: Surroundings): Generator<FieldError> {
  const routing = rollout.spec.strategy?.canary?.trafficRouting
  yield* missingServices(rollout, surroundings)
  yield* missingTemplates(rollout, surroundings)
  if (routing) {
    yield* brokenRules(nginxRules, routing)
    yield* brokenRules(albRules, routing)
  }
  yield* missingIngresses(rollout, surroundings)
  if (routing) yield* brokenRules(istioRules, routing)
  yield* missingVirtualServices(rollout, surroundings)
  yield* missingMappings(rollout, surroundings)
  yield* missingVirtualRouters(rollout, surroundings)
}

/** The references of the Rollout, and the objects found. */
export const referencesOf = (rollout: Rollout, surroundings: Surroundings): References => ({
  services: referencedServices(rollout, surroundings),
  analyses: analysisReferences(rollout).map((reference) => ({
    reference,
    templates: () => templatesFor(surroundings, reference.analysis),
  })),
  ingresses: referencedIngresses(rollout, surroundings),
  virtualServices: referencedVirtualServices(rollout, surroundings),
  mappings: referencedMappings(rollout, surroundings),
  virtualRouters: referencedVirtualRouters(rollout, surroundings),
})

/** Errors in the objects that the Rollout refers to, in the controller's order (behaviour 2.3). */
export function* referenceErrors(
  rollout: Rollout,
  references: References,
  notePlaceholders?: NotePlaceholders,
): Generator<FieldError> {
  for (const service of references.services) yield* serviceErrors(rollout, service)
  const stepRules = stepRulesOf(rollout)
  for (const { reference, templates } of references.analyses) {
    const found = templates()
    if (found) yield* analysisErrors(rollout, reference, found, stepRules, notePlaceholders)
  }
  for (const ingress of references.ingresses) yield* ingressErrors(rollout, ingress)
  for (const virtualService of references.virtualServices) yield* virtualServiceErrors(rollout, virtualService)
  for (const mapping of references.mappings) yield* mappingErrors(mapping)
  for (const router of references.virtualRouters) yield* virtualRouterErrors(router)
}
