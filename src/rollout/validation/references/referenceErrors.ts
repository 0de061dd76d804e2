import type { CodedFieldError } from '../../../kube/fieldErrorBody'
import type { Rollout } from '../../../model/rollout'
import { albRules, istioRules, nginxRules } from '../routerRules'
import { noteBroken } from '../rule'
import {
  analysisErrors,
  analysisReferences,
  type NotePlaceholders,
  noteMissingTemplates,
  templatesFor,
} from './analyses'
import { ingressErrors, noteMissingIngresses, referencedIngresses } from './ingresses'
import { mappingErrors, noteMissingMappings, referencedMappings } from './mappings'
import type { References, Surroundings } from './references'
import { noteMissingServices, referencedServices, serviceErrors } from './services'
import { stepRulesOf } from './stepRules'
import { noteMissingVirtualRouters, referencedVirtualRouters, virtualRouterErrors } from './virtualRouters'
import { noteMissingVirtualServices, referencedVirtualServices, virtualServiceErrors } from './virtualServices'

/** Missing references of the Rollout, in the controller's order (behaviour 2.2). */
export function missingErrors(rollout: Rollout, surroundings: Surroundings): readonly CodedFieldError[] {
  const routing = rollout.spec.strategy?.canary?.trafficRouting
  const found: CodedFieldError[] = []
  noteMissingServices(found, rollout, surroundings)
  noteMissingTemplates(found, rollout, surroundings)
  if (!routing) return found
  noteBroken(found, nginxRules, routing)
  noteBroken(found, albRules, routing)
  noteMissingIngresses(found, rollout, surroundings)
  noteBroken(found, istioRules, routing)
  noteMissingVirtualServices(found, rollout, surroundings)
  noteMissingMappings(found, rollout, surroundings)
  noteMissingVirtualRouters(found, rollout, surroundings)
  return found
}

/** The references of the Rollout, and the objects found. */
export function referencesOf(rollout: Rollout, surroundings: Surroundings): References {
  const isRouted = Boolean(rollout.spec.strategy?.canary?.trafficRouting)
  const { ingresses, virtualServices, mappings, virtualRouters } = isRouted
    ? routingReferences(rollout, surroundings)
    : noRouting
  const analyses = analysisReferences(rollout).map((reference) => ({
    reference,
    templates: () => templatesFor(surroundings, reference.analysis),
  }))
  const services = referencedServices(rollout, surroundings)
  return { services, analyses, ingresses, virtualServices, mappings, virtualRouters }
}

type RoutingReferences = Omit<References, 'services' | 'analyses'>

const noRouting: RoutingReferences = { ingresses: [], virtualServices: [], mappings: [], virtualRouters: [] }

const routingReferences = (rollout: Rollout, surroundings: Surroundings): RoutingReferences => ({
  ingresses: referencedIngresses(rollout, surroundings),
  virtualServices: referencedVirtualServices(rollout, surroundings),
  mappings: referencedMappings(rollout, surroundings),
  virtualRouters: referencedVirtualRouters(rollout, surroundings),
})

/**
 * The first error in the objects that the Rollout refers to, at which the controller stops. Most Rollouts refer to
 * nothing.
 */
export function firstReferenceError(
  rollout: Rollout,
  references: References,
  notePlaceholders?: NotePlaceholders,
): CodedFieldError | undefined {
  const { services, analyses, ingresses, virtualServices, mappings, virtualRouters } = references
  for (const service of services) {
    const error = serviceErrors(rollout, service)[0]
    if (error) return error
  }
  const routers = ingresses.length + virtualServices.length + mappings.length + virtualRouters.length
  if (analyses.length + routers === 0) return undefined
  const [error] = errorsBeyondServices(rollout, references, notePlaceholders)
  return error
}

/** Errors in the objects that the Rollout refers to, in the controller's order (behaviour 2.3). */
export function* referenceErrors(
  rollout: Rollout,
  references: References,
  notePlaceholders?: NotePlaceholders,
): Generator<CodedFieldError> {
  for (const service of references.services) yield* serviceErrors(rollout, service)
  yield* errorsBeyondServices(rollout, references, notePlaceholders)
}

function* errorsBeyondServices(
  rollout: Rollout,
  references: References,
  notePlaceholders: NotePlaceholders | undefined,
): Generator<CodedFieldError> {
  if (references.analyses.length > 0) yield* errorsOfAnalyses(rollout, references.analyses, notePlaceholders)
  for (const ingress of references.ingresses) yield* ingressErrors(rollout, ingress)
  for (const virtualService of references.virtualServices) yield* virtualServiceErrors(rollout, virtualService)
  for (const mapping of references.mappings) yield* mappingErrors(mapping)
  for (const router of references.virtualRouters) yield* virtualRouterErrors(router)
}

function* errorsOfAnalyses(
  rollout: Rollout,
  analyses: References['analyses'],
  notePlaceholders: NotePlaceholders | undefined,
): Generator<CodedFieldError> {
  const stepRules = stepRulesOf(rollout)
  for (const { reference, templates } of analyses) {
    const found = templates()
    if (found) yield* analysisErrors(rollout, reference, found, stepRules, notePlaceholders)
  }
}
