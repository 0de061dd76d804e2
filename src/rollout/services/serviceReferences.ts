import { ownValue } from '../../model/json'
import { managedByAnnotation, podTemplateHashLabel } from '../../model/names'
import type { Service } from '../../model/workload'
import type { Problem, Turn } from '../turn'
import { invalidReference } from '../validation/fieldProblem'
import { serviceNamed } from './serviceSwitch'

/** The Services that the strategy names, by the path of the field, in the order in which the controller looks at them. */
function referencedServices(turn: Turn): readonly (readonly [path: string, name: string])[] {
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  if (!blueGreen && !canary?.stableService && !canary?.canaryService && !canary?.pingPong) return []
  const references: readonly (readonly [path: string, name: string | undefined])[] = blueGreen
    ? [
        ['spec.strategy.blueGreen.activeService', blueGreen.activeService],
        ['spec.strategy.blueGreen.previewService', blueGreen.previewService],
      ]
    : [
        ['spec.strategy.canary.stableService', canary?.stableService],
        ['spec.strategy.canary.canaryService', canary?.canaryService],
        ['spec.strategy.canary.pingPong.pingService', canary?.pingPong?.pingService],
        ['spec.strategy.canary.pingPong.pongService', canary?.pingPong?.pongService],
      ]
  return references.flatMap(([path, name]) => (name ? [[path, name] as const] : []))
}

/** The first Service that is not there (behaviour 2.2). */
export function missingServiceProblem(turn: Turn): Problem | undefined {
  const missing = referencedServices(turn).find(([, name]) => !serviceNamed(turn, name))
  return missing && invalidReference(missing[0], missing[1], `service "${missing[1]}" not found`)
}

/** The first Service that cannot serve this Rollout: it selects other pods, or another Rollout manages it (behaviour 2.3). */
export function serviceProblem(turn: Turn): Problem | undefined {
  for (const [path, name] of referencedServices(turn)) {
    const service = serviceNamed(turn, name)
    const detail = service && foreignness(turn, service)
    if (detail) return invalidReference(path, name, detail)
  }
  return undefined
}

function foreignness(turn: Turn, { metadata, spec }: Service): string | undefined {
  const labels = turn.rollout.spec.template?.metadata?.labels
  // Upstream names the keys in random order.
  for (const key of Object.keys(spec?.selector ?? {}).sort()) {
    if (key === podTemplateHashLabel || ownValue(labels, key) === ownValue(spec?.selector, key)) continue
    return `Service "${metadata.name}" has unmatch label "${key}" in rollout`
  }
  const manager = ownValue(metadata.annotations, managedByAnnotation)
  if (manager === undefined || manager === turn.name) return undefined
  return `Service "${metadata.name}" is managed by another Rollout`
}
