import type { CodedFieldError } from '../../../kube/fieldErrorBody'
import type { Rollout, RolloutAnalysis } from '../../../model/rollout'
import { albRules, istioRules, nginxRules } from '../routerRules'
import { noteBroken } from '../rule'
import { analysisErrors, analysisReferences, type NotePlaceholders, noteMissingTemplates } from './analyses'
import { ingressErrors, noteMissingIngresses, referencedIngresses } from './ingresses'
import { mappingErrors, noteMissingMappings, referencedMappings } from './mappings'
import type { AnalysisReference, FoundTemplates, References, Surroundings } from './references'
import { noteMissingServices, serviceErrors, serviceReferences } from './services'
import { stepRulesOf } from './stepRules'
import { noteMissingVirtualRouters, referencedVirtualRouters, virtualRouterErrors } from './virtualRouters'
import { noteMissingVirtualServices, referencedVirtualServices, virtualServiceErrors } from './virtualServices'

/** Missing references of the Rollout, in the controller's order (behaviour 2.2). */
export function missingErrors(
  rollout: Rollout,
  surroundings: Surroundings,
  { services, analyses }: References,
): readonly CodedFieldError[] {
  const routing = rollout.spec.strategy?.canary?.trafficRouting
  const found: CodedFieldError[] = []
  if (surroundings.services) noteMissingServices(found, services)
  if (surroundings.analysisTemplates) noteMissingTemplates(found, analyses)
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
  return {
    services: serviceReferences(rollout, surroundings),
    analyses: analysisReferences(rollout, surroundings),
    ingresses: isRouted ? referencedIngresses(rollout, surroundings) : none,
    virtualServices: isRouted ? referencedVirtualServices(rollout, surroundings) : none,
    mappings: isRouted ? referencedMappings(rollout, surroundings) : none,
    virtualRouters: isRouted ? referencedVirtualRouters(rollout, surroundings) : none,
  }
}

const none: readonly never[] = []

/** Templates that validation may replace while it goes on, see RolloutOptions.sharesTemplates. */
export interface SharedTemplates {
  readonly templatesFor: (analysis: RolloutAnalysis) => FoundTemplates
  readonly notePlaceholders: NotePlaceholders
}

/** The first error in the objects that the Rollout refers to, at which the controller stops. */
export const firstReferenceError = (
  rollout: Rollout,
  references: References,
  shared?: SharedTemplates,
): CodedFieldError | undefined => errorsUntil(1, rollout, references, shared)[0]

/** Errors in the objects that the Rollout refers to, in the controller's order (behaviour 2.3). */
export const referenceErrors = (rollout: Rollout, references: References): readonly CodedFieldError[] =>
  errorsUntil(Infinity, rollout, references, undefined)

/** No object is asked for its errors once there are `most`. */
function errorsUntil(
  most: number,
  rollout: Rollout,
  { services, analyses, ingresses, virtualServices, mappings, virtualRouters }: References,
  shared: SharedTemplates | undefined,
): readonly CodedFieldError[] {
  const found: CodedFieldError[] = []
  noteUntil(most, found, services, (service) => serviceErrors(rollout, service))
  if (analyses.length > 0) noteUntil(most, found, analyses, analysisRules(rollout, shared))
  // Most Rollouts refer to no object of a router.
  if (ingresses.length + virtualServices.length + mappings.length + virtualRouters.length === 0) return found
  noteUntil(most, found, ingresses, (ingress) => ingressErrors(rollout, ingress))
  noteUntil(most, found, virtualServices, (virtualService) => virtualServiceErrors(rollout, virtualService))
  noteUntil(most, found, mappings, mappingErrors)
  noteUntil(most, found, virtualRouters, virtualRouterErrors)
  return found
}

function noteUntil<T>(
  most: number,
  found: CodedFieldError[],
  list: readonly T[],
  errorsOf: (one: T) => Iterable<CodedFieldError>,
): void {
  for (const one of list) {
    if (found.length >= most) return
    for (const error of errorsOf(one)) found.push(error)
  }
}

function analysisRules(rollout: Rollout, shared: SharedTemplates | undefined) {
  const stepRules = stepRulesOf(rollout)
  return (reference: AnalysisReference): readonly CodedFieldError[] => {
    const found = shared ? shared.templatesFor(reference.analysis) : reference.found
    if ('missing' in found) return none
    return analysisErrors(rollout, reference, found, stepRules, shared?.notePlaceholders)
  }
}
