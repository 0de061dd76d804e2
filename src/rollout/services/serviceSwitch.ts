import { managedByAnnotation, podTemplateHashLabel } from '../../model/labelKeys'
import type { ReplicaSet, Service } from '../../model/workload'
import { availablePods, podHash, wantedPods } from '../pods/replicaSets'
import { emitOf, type Flow, type Turn } from '../turn'

export const serviceNamed = (turn: Turn, name: string | undefined): Service | undefined =>
  name ? turn.services.find((service) => service.metadata.name === name) : undefined

export const selectedHash = (service: Service | undefined): string =>
  service?.spec?.selector?.[podTemplateHashLabel] ?? ''

/** The selector names a hash, be it an empty one. */
export const selectsByHash = (service: Service): boolean => service.spec?.selector?.[podTemplateHashLabel] !== undefined

/** Carried the mark when the reconcile began: one that this reconcile adopts is still checked as a stranger. */
const isManaged = ({ observed }: Turn, { metadata }: Service): boolean =>
  observed.services?.find((one) => one.metadata.name === metadata.name)?.metadata.annotations?.[managedByAnnotation] !==
  undefined

/** Points a Service at a ReplicaSet and marks it as ours (behaviour 3.9). */
export function switchService(turn: Turn, service: Service, hash: string): void {
  const old = selectedHash(service)
  const managed = isManaged(turn, service)
  if (selectsByHash(service) && old === hash && managed) return
  const { name } = service.metadata
  const selection = {
    kind: 'selectPods',
    namespace: turn.namespace,
    name,
    podTemplateHash: hash,
    ...(managed ? undefined : { managedBy: turn.name }),
  } as const
  turn.changes.push(selection)
  emitOf(turn, selection, 'SwitchService', `Switched selector for service '${name}' from '${old}' to '${hash}'`)
  const annotations = {
    ...service.metadata.annotations,
    [managedByAnnotation]: service.metadata.annotations?.[managedByAnnotation] ?? turn.name,
  }
  const switched: Service = {
    ...service,
    metadata: { ...service.metadata, annotations },
    spec: { ...service.spec, selector: { ...service.spec?.selector, [podTemplateHashLabel]: hash } },
  }
  turn.services = turn.services.map((one) => (one.metadata.name === name ? switched : one))
}

export const serviceNotFound = (name: string): Flow => ({
  error: `service "${name}" not found`,
  code: 'not-found',
  forgotten: true,
})

/**
 * Makes a Service select a ReplicaSet. With `checked` it does not happen before pods are there to serve: some to switch a
 * Service that is ours, all to adopt one that is not.
 */
export function ensureServiceSelects(
  turn: Turn,
  name: string | undefined,
  set: ReplicaSet | undefined,
  checked: boolean,
): Flow {
  if (!name || !set) return 'continue'
  const service = serviceNamed(turn, name)
  if (!service) return serviceNotFound(name)
  if (selectedHash(service) === podHash(set)) return 'continue'
  if (checked) {
    const available = availablePods(set)
    if (!isManaged(turn, service) && (available === 0 || wantedPods(set) === 0 || wantedPods(set) > available))
      return 'continue'
    if (available === 0) return 'continue'
  }
  switchService(turn, service, podHash(set))
  return 'continue'
}
