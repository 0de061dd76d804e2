import { goQuote } from '../go/goQuote'
import { isJsonObject } from '../model/json'
import { podTemplateHashLabel } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import { meshRouteKinds, routerNamespace, virtualRouterReference } from '../trafficResources/appMesh'
import { fieldsOf, listAt, objectAt, replacedAt, withField } from './fields'
import { meshVirtualNode, meshVirtualRouter, meshVirtualService } from './resources'
import type { Router } from './router'
import { crash, emit, type Failed, type Found, findObject, type RouterCall, updateObject } from './routerCall'

/**
 * AWS App Mesh: weights of a VirtualRouter's targets, hashes in the pod selectors of two VirtualNodes (behaviour 6.6).
 */
export const appMesh: Router = { updateHash, setWeight }

function updateHash(call: RouterCall, canaryHash: string, stableHash: string): Failed | undefined {
  const { stableVirtualNodeRef, canaryVirtualNodeRef } = call.routing.appMesh?.virtualNodeGroup ?? {}
  // App Mesh refuses two nodes with the same selector, so the canary's never equals the stable one.
  const stable = stableHash || 'stable-hash'
  const canary = canaryHash === '' || canaryHash === stable ? 'canary-hash' : canaryHash
  return selectPods(call, stableVirtualNodeRef?.name, stable) ?? selectPods(call, canaryVirtualNodeRef?.name, canary)
}

function selectPods(call: RouterCall, name: string | undefined, hash: string): Failed | undefined {
  if (name === undefined) return crash('the VirtualNodes have no names')
  const read = findObject(call, meshVirtualNode, call.namespace, name)
  if ('failed' in read) return missing(call, read, 'Node', `\`${name}\``)
  const path = ['spec', 'podSelector', 'matchLabels']
  const labels = objectAt(fieldsOf(read.object), ...path)
  if ('failed' in labels) return labels
  const selector = { ...labels.value, [podTemplateHashLabel]: hash }
  return updateObject(call, meshVirtualNode, withField(read.object, path, selector))
}

function missing(call: RouterCall, read: Failed, what: string, shown: string): Failed {
  if (!read.notFound) return read
  emit(
    call,
    `Virtual${what}NotFound`,
    `Virtual${what} ${shown} not found in namespace \`${call.namespace}\``,
    'Warning',
  )
  return { failed: `Virtual-${what.toLowerCase()} is missing` }
}

function setWeight(call: RouterCall, weight: number): Failed | undefined {
  const { name = '', routes = [] } = call.routing.appMesh?.virtualService ?? {}
  const service = findObject(call, meshVirtualService, call.namespace, name)
  if ('failed' in service) return missing(call, service, 'Service', `\`${name}\``)
  const router = routerOf(call, service.object)
  if ('failed' in router) return missing(call, router, 'Router', `for \`${name}\``)
  const changed = withWeights(call, router.object, new Set(routes), weight)
  if ('failed' in changed) return changed
  return changed.object === router.object ? undefined : updateObject(call, meshVirtualRouter, changed.object)
}

function routerOf(call: RouterCall, service: KubeObject): Found {
  const reference = virtualRouterReference(service)
  if (!reference) return { failed: 'Virtual-service is not associated with virtual-router' }
  const { name } = reference
  if (typeof name !== 'string') return crash('the reference to the VirtualRouter has no name')
  return findObject(call, meshVirtualRouter, routerNamespace(reference, service.metadata.namespace ?? ''), name)
}

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise

const notWellFormed = (path: string, object: KubeObject, detail = 'not well-formed'): Failed => ({
  failed: `${path}: Invalid value: ${goQuote(object.metadata.name)}: ${detail}`,
})

function withWeights(call: RouterCall, router: KubeObject, only: ReadonlySet<string>, weight: number): Found {
  const routes = listAt(fieldsOf(router), 'spec', 'routes')
  if ('failed' in routes || !routes.value) return notWellFormed('spec.routes', router, 'No routes found')
  let list = routes.value
  for (const [index, route] of routes.value.entries()) {
    const changed = weightedRoute(call, router, route, `spec.routes[${index}]`, only, weight)
    if ('failed' in changed) return changed
    if (changed.route !== route) list = replacedAt(list, index, changed.route)
  }
  return { object: list === routes.value ? router : withField(router, ['spec', 'routes'], list) }
}

type ChangedRoute = { readonly route: unknown } | Failed

function weightedRoute(
  call: RouterCall,
  router: KubeObject,
  route: unknown,
  path: string,
  only: ReadonlySet<string>,
  weight: number,
): ChangedRoute {
  if (!isJsonObject(route)) return notWellFormed(path, router)
  if (typeof route.name !== 'string') return notWellFormed(`${path}.name`, router)
  if (only.size > 0 && !only.has(route.name)) return { route }
  const kind = meshRouteKinds.find((one) => route[one] !== undefined && route[one] !== null)
  if (kind === undefined || !isJsonObject(route[kind])) return notWellFormed(path, router)
  const targetsPath = [kind, 'action', 'weightedTargets']
  const targets = listAt(route, ...targetsPath)
  const shownPath = `${path}.${targetsPath.join('.')}`
  if ('failed' in targets || !targets.value) return notWellFormed(shownPath, router)
  let list = targets.value
  for (const [index, target] of targets.value.entries()) {
    const changed = weightedTarget(call, router, target, `${shownPath}[${index}]`, weight)
    if ('failed' in changed) return changed
    if (changed.route !== target) list = replacedAt(list, index, changed.route)
  }
  return { route: list === targets.value ? route : withField(route, targetsPath, list) }
}

function weightedTarget(
  call: RouterCall,
  router: KubeObject,
  target: unknown,
  path: string,
  weight: number,
): ChangedRoute {
  if (!isJsonObject(target)) return notWellFormed(path, router)
  const { virtualNodeRef: node, weight: current } = target
  if (!isJsonObject(node)) return notWellFormed(`${path}.virtualNodeRef`, router)
  if (typeof current !== 'number') return notWellFormed(`${path}.weight`, router)
  const { stableVirtualNodeRef, canaryVirtualNodeRef } = call.routing.appMesh?.virtualNodeGroup ?? {}
  if (textOr(node.namespace, call.namespace) !== call.namespace) return { route: target }
  const name = typeof node.name === 'string' ? node.name : ''
  if (name === stableVirtualNodeRef?.name) return { route: withWeight(target, current, 100 - weight) }
  return { route: name === canaryVirtualNodeRef?.name ? withWeight(target, current, weight) : target }
}

const withWeight = (target: object, current: number, weight: number): object =>
  Math.trunc(current) === weight ? target : { ...target, weight }
