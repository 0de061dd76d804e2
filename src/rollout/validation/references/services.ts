import { goKeys } from '../../../go/json/goJson'
import { type CodedFieldError, invalidValue } from '../../../kube/fieldErrorBody'
import { byName } from '../../../model/byName'
import { ownValue } from '../../../model/json'
import { managedByAnnotation, podTemplateHashLabel } from '../../../model/labelKeys'
import type { Rollout } from '../../../model/rollout'
import type { Service } from '../../../model/workload'
import type { ServiceReference, Surroundings } from './references'

/** The Services that the strategy names, in the controller's order. */
export function serviceReferences({ spec }: Rollout, { services }: Surroundings): readonly ServiceReference[] {
  const { canary, blueGreen } = spec.strategy ?? {}
  const named: ServiceReference[] = []
  if (blueGreen) {
    noteService(named, services, 'spec.strategy.blueGreen.activeService', blueGreen.activeService)
    noteService(named, services, 'spec.strategy.blueGreen.previewService', blueGreen.previewService)
  } else if (canary) {
    noteService(named, services, 'spec.strategy.canary.stableService', canary.stableService)
    noteService(named, services, 'spec.strategy.canary.canaryService', canary.canaryService)
    noteService(named, services, 'spec.strategy.canary.pingPong.pingService', canary.pingPong?.pingService)
    noteService(named, services, 'spec.strategy.canary.pingPong.pongService', canary.pingPong?.pongService)
  }
  return named
}

function noteService(
  named: ServiceReference[],
  services: readonly Service[] | undefined,
  path: string,
  name: string | undefined,
): void {
  if (name) named.push({ path, name, service: services && byName(services, name) })
}

/** Missing Services (behaviour 2.2). */
export function noteMissingServices(found: CodedFieldError[], references: readonly ServiceReference[]): void {
  for (const { path, name, service } of references) {
    if (service) continue
    found.push({ code: 'not-found', path, body: invalidValue(name, `service "${name}" not found`) })
  }
}

/**
 * Why this Rollout cannot use a Service: it selects other pods, or another Rollout manages it (behaviour 2.3). Go
 * iterates over the selector in random order, we sort by name.
 */
export function serviceErrors(rollout: Rollout, { path, service }: ServiceReference): readonly CodedFieldError[] {
  if (!service) return none
  const { metadata, spec } = service
  const selector = spec?.selector
  const manager = ownValue(metadata.annotations, managedByAnnotation)
  const found: CodedFieldError[] = []
  const labels = rollout.spec.template?.metadata?.labels
  const invalid = (code: string, detail: string): CodedFieldError => ({
    code,
    path,
    body: invalidValue(metadata.name, detail),
  })
  for (const key of goKeys(selector ?? {})) {
    if (key === podTemplateHashLabel || ownValue(labels, key) === ownValue(selector, key)) continue
    found.push(invalid('selects-other-pods', `Service "${metadata.name}" has unmatch label "${key}" in rollout`))
  }
  if (manager !== undefined && manager !== rollout.metadata.name)
    found.push(invalid('managed-by-another', `Service "${metadata.name}" is managed by another Rollout`))
  return found
}

const none: readonly never[] = []
