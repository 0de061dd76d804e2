import type { ExperimentTemplate } from '../model/experiment'
import { isJsonObject, isWalkableList } from '../model/json'
import { podTemplateHashLabel } from '../model/labelKeys'
import type { ReplicaSet, Service, ServicePort } from '../model/workload'
import { ownerReferenceTo, templateAnnotations, templateNameOf } from './owned'
import { change, type ServiceOutcome, type Turn } from './turn'

const kept: ServiceOutcome = { kind: 'kept' }

/**
 * Creates the Service of a template while it has pods, and deletes it afterwards (behaviour 5.3). A template whose
 * containers declare no ports gets none.
 */
export function reconcileService(
  turn: Turn,
  template: ExperimentTemplate,
  set: ReplicaSet,
  desired: number,
): ServiceOutcome {
  const service = turn.services.get(template.name)
  if (!template.service) return service ? deleteService(turn, template, service) : kept
  if (desired !== 0) return ensureService(turn, template, set, service)
  return turn.semantics.endService(turn, template, set, service)
}

/** It is deleted once no pod of the ReplicaSet is available any more. */
export const endEmptyService = (
  turn: Turn,
  template: ExperimentTemplate,
  set: ReplicaSet,
  service: Service | undefined,
): ServiceOutcome =>
  service && (set.status?.availableReplicas ?? 0) === 0 ? deleteService(turn, template, service) : kept

export const keepService = (): ServiceOutcome => kept

/** Up to v1.8: the Service of a template that has just been scaled to 0. */
export function endScaledService(turn: Turn, template: ExperimentTemplate): ServiceOutcome {
  const service = turn.services.get(template.name)
  return template.service && service ? deleteService(turn, template, service) : kept
}

/** Quirk kept for fidelity: a Service with another name than the ReplicaSet is created again in every reconcile. */
function ensureService(
  turn: Turn,
  template: ExperimentTemplate,
  set: ReplicaSet,
  current: Service | undefined,
): ServiceOutcome {
  const ports = servicePorts(set)
  if (ports.length === 0 || current?.metadata.name === set.metadata.name) return kept
  const serviceName = template.service?.name || set.metadata.name
  const trouble = createService(turn, template, serviceName, set, ports)
  if (trouble !== undefined) {
    const message = `Failed to create Service ${serviceName} for template '${template.name}': ${trouble}`
    return { kind: 'trouble', message }
  }
  return { kind: 'present', serviceName, podTemplateHash: set.metadata.labels?.[podTemplateHashLabel] }
}

function createService(
  turn: Turn,
  template: ExperimentTemplate,
  name: string,
  set: ReplicaSet,
  ports: readonly ServicePort[],
): string | undefined {
  const existing = findService(turn, name)
  if (existing) {
    const ours = templateNameOf(turn.experiment, existing) === template.name
    return ours ? undefined : `service ${name} already exists and is not owned by experiment template ${template.name}`
  }
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: turn.namespace,
      annotations: templateAnnotations(turn.experiment, template.name),
      ownerReferences: [ownerReferenceTo(turn.experiment)],
    },
    spec: { selector: set.metadata.labels, ports },
  }
  const failure = change(turn, { kind: 'createService', service })
  if (failure) return `cannot create service: ${failure.message}`
  turn.createdServices.push(service)
  return undefined
}

/** After the changes of this reconcile. */
function findService(turn: Turn, name: string): Service | undefined {
  const named = (service: Service): boolean => service.metadata.name === name
  const created = turn.createdServices.find(named)
  if (created) return created
  return turn.deletedServices.includes(name) ? undefined : turn.observed.services?.find(named)
}

function deleteService(turn: Turn, template: ExperimentTemplate, { metadata }: Service): ServiceOutcome {
  const { name } = metadata
  const failure = change(turn, { kind: 'deleteService', namespace: turn.namespace, name })
  if (failure && failure.reason !== 'notFound') {
    return { kind: 'trouble', message: `Failed to delete Service for template '${template.name}': ${failure.message}` }
  }
  turn.deletedServices.push(name)
  return { kind: 'gone' }
}

/** One port of the Service for each port that a container declares. */
function servicePorts(set: ReplicaSet): ServicePort[] {
  const containers = set.spec.template?.spec?.containers
  if (!isWalkableList(containers)) return []
  return containers.flatMap((container) => {
    const ports = isJsonObject(container) ? container.ports : undefined
    return isWalkableList(ports) ? ports.filter(isJsonObject).map(servicePort) : []
  })
}

function servicePort(port: Readonly<Record<string, unknown>>): ServicePort {
  const number = typeof port.containerPort === 'number' ? port.containerPort : 0
  return {
    ...(typeof port.name === 'string' && port.name !== '' ? { name: port.name } : undefined),
    ...(typeof port.protocol === 'string' && port.protocol !== '' ? { protocol: port.protocol } : undefined),
    port: number,
    targetPort: number,
  }
}
