import { goQuote } from '../go/goQuote'
import { isJsonObject } from '../model/json'
import { fieldsOf, listAt, replacedAt, textAt, withField } from './fields'
import { traefikService } from './resources'
import type { Router } from './router'
import { emit, type Failed, findObject, type RouterCall, updateObject } from './routerCall'
import { namedServices } from './trafficServices'

const servicesPath = ['spec', 'weighted', 'services']

/** Traefik: weights of a weighted TraefikService (behaviour 6.7). Written at every call, changed or not. */
export const traefik: Router = { setWeight }

function setWeight(call: RouterCall, weight: number): Failed | undefined {
  const resource = traefikService(call.observed.options ?? {})
  const read = findObject(call, resource, call.namespace, call.routing.traefik?.weightedTraefikServiceName ?? '')
  if ('failed' in read) return read
  const services = listAt(fieldsOf(read.object), ...servicesPath)
  if ('failed' in services) return services
  if (!services.value) return { failed: 'spec.weighted.services was not found in traefik service manifest' }
  const { canary, stable } = namedServices(call.canary)
  const withCanary = weighted(services.value, canary, weight, 'canary')
  if ('failed' in withCanary) return withCanary
  const withBoth = weighted(withCanary.services, stable, 100 - weight, 'stable')
  if ('failed' in withBoth) return withBoth
  const failure = updateObject(call, resource, withField(read.object, servicesPath, withBoth.services))
  if (failure) {
    const message = `Error updating traefik service ${goQuote(read.object.metadata.name)}: ${failure.failed}`
    emit(call, 'TraefikServiceUpdateError', message, 'Warning')
  }
  return failure
}

type Weighted = { readonly services: readonly unknown[] } | Failed

/** The first Service of that name gets the weight; whatever precedes it has to be a Service with a name. */
function weighted(services: readonly unknown[], name: string, weight: number, role: string): Weighted {
  for (const [at, service] of services.entries()) {
    if (!isJsonObject(service)) return { failed: 'Failed type assertion setting weight for traefik service' }
    const found = textAt(service, 'name')
    if ('failed' in found) return found
    if (found.value === undefined) return { failed: 'name field was not found in service' }
    if (found.value === name) return { services: replacedAt(services, at, { ...service, weight }) }
  }
  return { failed: `traefik ${role} service was not found` }
}
