import { type CodedFieldError, invalidValue } from '../../../kube/fieldErrorBody'
import { isJsonObject } from '../../../model/json'
import type { KubeObject } from '../../../model/meta'
import type { Rollout } from '../../../model/rollout'
import type { IstioRouting, IstioVirtualService } from '../../../model/trafficRouting'
import { isSet } from '../rule'
import { objectNamed, type Surroundings } from './references'
import { routeProblems } from './virtualServiceRoutes'

const routingPath = 'spec.strategy.canary.trafficRouting.istio'

interface Named {
  readonly path: string
  readonly entries: readonly IstioVirtualService[]
}

function named({ virtualService, virtualServices }: IstioRouting): Named {
  return isSet(virtualServices)
    ? { path: `${routingPath}.virtualServices.name`, entries: virtualServices ?? [] }
    : { path: `${routingPath}.virtualService.name`, entries: virtualService ? [virtualService] : [] }
}

/** `name`, `name.namespace` or the same with `.cluster.local`; the last part after a dot is the namespace. */
function splitName(text = ''): { readonly name: string; readonly namespace?: string } {
  const short = text.endsWith('.cluster.local') ? text.slice(0, -'.cluster.local'.length) : text
  const dot = short.lastIndexOf('.')
  return dot < 0 ? { name: short } : { name: short.slice(0, dot), namespace: short.slice(dot + 1) }
}

function find({ virtualServices, namespace }: Surroundings, entry: IstioVirtualService): KubeObject | undefined {
  const wanted = splitName(entry.name)
  const istios = virtualServices?.filter(({ apiVersion }) => apiVersion?.startsWith('appmesh.') !== true)
  return objectNamed(istios, wanted.name, wanted.namespace || namespace)
}

const istioOf = ({ spec }: Rollout): IstioRouting | undefined =>
  spec.strategy?.canary?.trafficRouting?.istio ?? undefined

/** Missing VirtualServices (behaviour 2.2). */
export function noteMissingVirtualServices(
  found: CodedFieldError[],
  rollout: Rollout,
  surroundings: Surroundings,
): void {
  const istio = istioOf(rollout)
  if (!istio || !surroundings.virtualServices) return
  const { path, entries } = named(istio)
  for (const entry of entries) {
    if (find(surroundings, entry)) continue
    const { name } = splitName(entry.name)
    const detail = `virtualservices.networking.istio.io "${name}" not found`
    found.push({ code: 'not-found', path, body: invalidValue(name, detail) })
  }
}

export function referencedVirtualServices(rollout: Rollout, surroundings: Surroundings): readonly KubeObject[] {
  const istio = istioOf(rollout)
  return istio ? named(istio).entries.flatMap((entry) => find(surroundings, entry) ?? []) : []
}

/** Errors in the routes of a VirtualService (behaviour 2.3). */
export function* virtualServiceErrors(rollout: Rollout, virtualService: KubeObject): Generator<CodedFieldError> {
  const istio = istioOf(rollout)
  if (!istio) {
    const detail = 'Rollout object is not configured with Istio traffic routing'
    yield { code: 'no-istio', path: routingPath, body: invalidValue(rollout.metadata.name, detail) }
    return
  }
  const { path, entries } = named(istio)
  const { name } = virtualService.metadata
  const entry = entries.find((one) => splitName(one.name).name === name)
  if (!entry) return
  const spec = isJsonObject(virtualService.spec) ? virtualService.spec : {}
  for (const detail of routeProblems(rollout, entry, spec))
    yield { code: 'bad-routes', path, body: invalidValue(name, detail) }
}
