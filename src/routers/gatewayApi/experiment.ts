import { isJsonObject, isWalkableList } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import type { WeightDestination } from '../../model/rolloutStatus'
import { fieldsOf } from '../fields'
import type { RouterCall } from '../routerCall'
import { namedServices } from '../trafficServices'
import { type BackendRef, backendsOf, rulesOf, withRules } from './routeRules'

const otherwisePort = 8080

/**
 * Gives the Services of a running experiment their share in the first rule of the Rollout, and removes it once the
 * experiment is over. Quirk kept for fidelity: stable gets the rest of the experiments, regardless of the canary's
 * weight.
 */
export function withExperiment(
  call: RouterCall,
  route: KubeObject,
  destinations: readonly WeightDestination[],
): KubeObject {
  const { canary, stable } = namedServices(call.canary)
  const rules = rulesOf(route)
  const index = rules.findIndex((rule) => backendsOf(rule).some(({ name }) => name === stable || name === canary))
  if (index < 0) return route
  const refs = rules[index]!.backendRefs!
  const changed = isRunning(call) ? withShares(call, refs, destinations) : withoutShares(call, refs)
  if (changed === refs) return route
  return withRules(
    route,
    rules.map((rule, at) => (at === index ? { ...rule, backendRefs: changed } : rule)),
  )
}

const isRunning = ({ observed }: RouterCall): boolean =>
  (observed.rollout.status?.canary?.currentExperiment ?? '') !== ''

function withShares(
  call: RouterCall,
  refs: readonly BackendRef[],
  destinations: readonly WeightDestination[],
): readonly BackendRef[] {
  if (destinations.length === 0) return refs
  const { stable } = namedServices(call.canary)
  const shares = destinations.reduce((sum, one) => sum + one.weight, 0)
  const first = refs.findIndex((ref) => ref?.name === stable)
  const changed = refs.map((ref, at) => (at === first ? { ...ref, weight: 100 - Math.min(shares, 100) } : ref))
  for (const { serviceName = '', weight } of destinations) {
    if (changed.some((ref) => ref?.name === serviceName)) continue
    const port = portOf(call, serviceName)
    if (port !== undefined) changed.push({ name: serviceName, namespace: call.namespace, port, weight })
  }
  return changed
}

/** The port called `http`, else the first; undefined if the Service does not exist. */
function portOf(call: RouterCall, name: string): number | undefined {
  const service = call.observed.objects.find(
    ({ kind, apiVersion, metadata }) =>
      kind === 'Service' &&
      apiVersion === 'v1' &&
      metadata.name === name &&
      (metadata.namespace ?? '') === call.namespace,
  )
  if (!service) return undefined
  const { spec } = fieldsOf(service)
  const given = isJsonObject(spec) && isWalkableList(spec.ports) ? spec.ports : []
  const ports = given as readonly { readonly name?: string; readonly port?: number }[]
  const named = ports.find((port) => port?.name === 'http')?.port ?? otherwisePort
  return ports.length > 0 && named === otherwisePort ? (ports[0]?.port ?? 0) : named
}

/** Only Services of the ended experiment are removed; other backends stay. */
function withoutShares(call: RouterCall, refs: readonly BackendRef[]): readonly BackendRef[] {
  const additional = call.observed.rollout.status?.canary?.weights?.additional ?? []
  const former = new Set(additional.map(({ serviceName = '' }) => serviceName))
  if (!refs.some((ref) => former.has(ref?.name ?? ''))) return refs
  const { canary, stable } = namedServices(call.canary)
  return refs
    .filter((ref) => !former.has(ref?.name ?? ''))
    .map((ref) => {
      if (ref?.name === stable) return { ...ref, weight: 100 }
      return ref?.name === canary ? { ...ref, weight: 0 } : ref
    })
}
