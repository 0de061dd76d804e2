import { goPrint } from '../../../go/goPrint'
import { type CodedFieldError, invalidPrinted, invalidValue } from '../../../kube/fieldErrorBody'
import { isJsonObject } from '../../../model/json'
import type { KubeObject } from '../../../model/meta'
import type { Rollout } from '../../../model/rollout'
import { meshRouteKinds, routerNamespace, virtualRouterReference } from '../../../trafficResources/appMesh'
import { objectNamed, type Surroundings } from './references'

const path = 'spec.strategy.canary.trafficRouting.appmesh.virtualService'

const ofKind = (resources: readonly KubeObject[] | undefined, kind: string): readonly KubeObject[] =>
  (resources ?? []).filter((one) => one.kind === kind)

interface Found {
  readonly router?: KubeObject
  readonly missing?: string
}

/** The VirtualRouter behind the VirtualService that the Rollout names. */
function find(name: string, { appMeshResources, namespace }: Surroundings): Found {
  const service = objectNamed(ofKind(appMeshResources, 'VirtualService'), name, namespace)
  if (!service) return { missing: `virtualservices.appmesh.k8s.aws "${name}" not found` }
  const ref = virtualRouterReference(service) ?? {}
  const routerName = typeof ref.name === 'string' ? ref.name : ''
  const router = objectNamed(ofKind(appMeshResources, 'VirtualRouter'), routerName, routerNamespace(ref, namespace))
  return router ? { router } : { missing: `virtualrouters.appmesh.k8s.aws "${routerName}" not found` }
}

/** App Mesh's VirtualService is not named, or it or its VirtualRouter is missing (behaviour 2.2). */
export function noteMissingVirtualRouters(
  found: CodedFieldError[],
  { spec }: Rollout,
  surroundings: Surroundings,
): void {
  const appMesh = spec.strategy?.canary?.trafficRouting?.appMesh
  if (!appMesh) return
  if (!appMesh.virtualService) {
    found.push({ code: 'no-virtual-service', path, body: invalidPrinted('null', 'must provide virtual-service') })
    return
  }
  const name = appMesh.virtualService.name ?? ''
  const { missing } = surroundings.appMeshResources ? find(name, surroundings) : {}
  if (missing !== undefined)
    found.push({ code: 'not-found', path, body: invalidValue(`${name}.${surroundings.namespace}`, missing) })
}

export function referencedVirtualRouters({ spec }: Rollout, surroundings: Surroundings): readonly KubeObject[] {
  const virtualService = spec.strategy?.canary?.trafficRouting?.appMesh?.virtualService
  const { router } = virtualService ? find(virtualService.name ?? '', surroundings) : {}
  return router ? [router] : []
}

/** Every route needs exactly two weighted targets (behaviour 2.3); only the first bad route is reported. */
export function* virtualRouterErrors(router: KubeObject): Generator<CodedFieldError> {
  const { kind = '' } = router
  if (kind !== 'VirtualRouter') {
    const detail = `Expected object kind to be VirtualRouter but is ${kind}`
    yield { code: 'no-virtual-router', path: 'kind', body: invalidValue(kind, detail) }
    return
  }
  const { name } = router.metadata
  const routes = isJsonObject(router.spec) ? router.spec.routes : undefined
  const error = Array.isArray(routes) && routes.length > 0 ? firstBadRoute(routes, name) : noRoutes(name)
  if (error) yield { ...error, body: invalidValue(name, error.body) }
}

const noRoutes = (name: string): CodedFieldError => ({
  code: 'no-routes',
  path: 'spec.routes',
  body: `No routes defined for AppMesh virtual-router ${name}`,
})

function firstBadRoute(routes: readonly unknown[], router: string): CodedFieldError | undefined {
  for (const [index, route] of routes.entries()) {
    const error = routeError(route, `spec.routes[${index}]`, { router, index })
    if (error) return error
  }
  return undefined
}

function routeError(
  route: unknown,
  routePath: string,
  { router, index }: { readonly router: string; readonly index: number },
): CodedFieldError | undefined {
  if (!isJsonObject(route)) {
    const body = `Invalid route was found for AppMesh virtual-router ${router} at index ${index}`
    return { code: 'bad-route', path: routePath, body }
  }
  const of = `AppMesh virtual-router ${router} and route ${printName(route.name)}`
  const type = meshRouteKinds.find((one) => Object.hasOwn(route, one))
  const rule = type && route[type]
  if (type === undefined || !isJsonObject(rule)) {
    const body = `Error getting route details for ${of}. Error: ${type ? notAnObject(type, rule) : 'Route has unsupported route type'}`
    return { code: 'bad-route', path: routePath, body }
  }
  const targets = isJsonObject(rule.action) ? rule.action.weightedTargets : undefined
  const targetsPath = `${routePath}.${type}.action.weightedTargets`
  if (!Array.isArray(targets))
    return { code: 'bad-route', path: targetsPath, body: `Invalid route action found for ${of}` }
  if (targets.length === 2) return undefined
  const body = `Invalid number of weightedTargets (${targets.length}) for ${of}, expected 2`
  return { code: 'bad-route', path: targetsPath, body }
}

function notAnObject(type: string, value: unknown): string {
  const printed = goPrint(value)
  return `.${type} accessor error: ${printed.value} is of the type ${printed.type}, expected map[string]interface{}`
}

/** A name as Go's `%s` prints a value of any type. */
function printName(name: unknown): string {
  if (typeof name === 'string') return name
  const { value, type } = goPrint(name)
  return type === '<nil>' ? '%!s(<nil>)' : `%!s(${type}=${value})`
}
