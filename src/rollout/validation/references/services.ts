import { goKeys } from '../../../go/json/goJson'
import { type CodedFieldError, invalidValue } from '../../../kube/fieldErrorBody'
import { ownValue } from '../../../model/json'
import { managedByAnnotation, podTemplateHashLabel } from '../../../model/labelKeys'
import type { Rollout } from '../../../model/rollout'
import type { Service } from '../../../model/workload'
import type { ServiceReference, Surroundings } from './references'

/** The Services that the strategy names, by the path of the field, in the controller's order. */
export function serviceNames({ spec }: Rollout): readonly ServiceName[] {
  const { canary, blueGreen } = spec.strategy ?? {}
  const names: ServiceName[] = []
  if (blueGreen) {
    noteName(names, 'spec.strategy.blueGreen.activeService', blueGreen.activeService)
    noteName(names, 'spec.strategy.blueGreen.previewService', blueGreen.previewService)
  } else if (canary) {
    noteName(names, 'spec.strategy.canary.stableService', canary.stableService)
    noteName(names, 'spec.strategy.canary.canaryService', canary.canaryService)
    noteName(names, 'spec.strategy.canary.pingPong.pingService', canary.pingPong?.pingService)
    noteName(names, 'spec.strategy.canary.pingPong.pongService', canary.pingPong?.pongService)
  }
  return names
}

type ServiceName = readonly [path: string, name: string]

function noteName(names: ServiceName[], path: string, name: string | undefined): void {
  if (name) names.push([path, name])
}

const serviceNamed = ({ services }: Surroundings, name: string): Service | undefined =>
  services?.find(({ metadata }) => metadata.name === name)

/** Missing Services (behaviour 2.2). */
export function noteMissingServices(found: CodedFieldError[], rollout: Rollout, surroundings: Surroundings): void {
  if (!surroundings.services) return
  for (const [path, name] of serviceNames(rollout)) {
    if (serviceNamed(surroundings, name)) continue
    found.push({ code: 'not-found', path, body: invalidValue(name, `service "${name}" not found`) })
  }
}

export function referencedServices(rollout: Rollout, surroundings: Surroundings): readonly ServiceReference[] {
  const found: ServiceReference[] = []
  for (const [path, name] of serviceNames(rollout)) {
    const service = serviceNamed(surroundings, name)
    if (service) found.push({ path, service })
  }
  return found
}

/**
 * Why this Rollout cannot use a Service: it selects other pods, or another Rollout manages it (behaviour 2.3). Go
 * iterates over the selector in random order, we sort by name.
 */
export function serviceErrors(rollout: Rollout, { path, service }: ServiceReference): readonly CodedFieldError[] {
  const found: CodedFieldError[] = []
  const { metadata, spec } = service
  const labels = rollout.spec.template?.metadata?.labels
  const invalid = (code: string, detail: string): CodedFieldError => ({
    code,
    path,
    body: invalidValue(metadata.name, detail),
  })
  for (const key of goKeys(spec?.selector ?? {})) {
    if (key === podTemplateHashLabel || ownValue(labels, key) === ownValue(spec?.selector, key)) continue
    found.push(invalid('selects-other-pods', `Service "${metadata.name}" has unmatch label "${key}" in rollout`))
  }
  const manager = ownValue(metadata.annotations, managedByAnnotation)
  if (manager !== undefined && manager !== rollout.metadata.name)
    found.push(invalid('managed-by-another', `Service "${metadata.name}" is managed by another Rollout`))
  return found
}
