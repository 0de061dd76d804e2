import { byName } from '../../model/byName'
import { managedByAnnotation, podTemplateHashLabel } from '../../model/labelKeys'
import type { ReplicaSet, Service } from '../../model/workload'
import type { Facts } from '../facts/facts'
import { availablePods, podHash, wantedPods } from '../facts/replicaSets'
import { commit } from '../turn/commit'
import { emitOf } from '../turn/events'
import type { Flow } from '../turn/flow'
import type { Turn } from '../turn/turn'

export const serviceNamed = (facts: Facts, name: string | undefined): Service | undefined =>
  name ? byName(facts.services, name) : undefined

export const selectedHash = (service: Service | undefined): string =>
  service?.spec?.selector?.[podTemplateHashLabel] ?? ''

/** The selector has a hash, even an empty one. */
export const selectsByHash = (service: Service): boolean => service.spec?.selector?.[podTemplateHashLabel] !== undefined

/** Had the managed-by annotation when the reconcile started: a Service that this reconcile adopts is still checked. */
const isManaged = ({ observed }: Facts, { metadata }: Service): boolean =>
  observed.services?.find((one) => one.metadata.name === metadata.name)?.metadata.annotations?.[managedByAnnotation] !==
  undefined

/** Makes a Service select a ReplicaSet, with the managed-by annotation (behaviour 3.9). */
export function switchService(turn: Turn, service: Service, hash: string): void {
  const old = selectedHash(service)
  const managed = isManaged(turn.facts, service)
  if (selectsByHash(service) && old === hash && managed) return
  const { name } = service.metadata
  const selection = {
    kind: 'selectPods',
    namespace: turn.facts.namespace,
    name,
    podTemplateHash: hash,
    ...(managed ? undefined : { managedBy: turn.facts.name }),
  } as const
  commit(turn, selection)
  emitOf(turn, selection, 'SwitchService', `Switched selector for service '${name}' from '${old}' to '${hash}'`)
}

export const serviceNotFound = (name: string, path: string): Flow => ({
  error: `service "${name}" not found`,
  code: 'not-found',
  path,
  forgotten: true,
})

const fieldOfService = ({ rollout }: Facts, name: string): string =>
  rollout.spec.strategy?.canary?.stableService === name ? 'stableService' : 'canaryService'

/**
 * Makes a Service select a ReplicaSet. With `checked` this waits for available pods: at least one to switch our own
 * Service, all of them to adopt another one.
 */
export function ensureServiceSelects(
  turn: Turn,
  name: string | undefined,
  set: ReplicaSet | undefined,
  checked: boolean,
): Flow {
  if (!name || !set) return 'continue'
  const service = serviceNamed(turn.facts, name)
  if (!service) return serviceNotFound(name, `spec.strategy.canary.${fieldOfService(turn.facts, name)}`)
  if (selectedHash(service) === podHash(set)) return 'continue'
  if (checked) {
    const available = availablePods(set)
    if (!isManaged(turn.facts, service) && (available === 0 || wantedPods(set) === 0 || wantedPods(set) > available))
      return 'continue'
    if (available === 0) return 'continue'
  }
  switchService(turn, service, podHash(set))
  return 'continue'
}
