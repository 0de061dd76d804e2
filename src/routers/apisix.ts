import { goQuote } from '../go/goQuote'
import { isJsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'
import type { SetHeaderRoute } from '../model/rollout'
import { fieldsOf, listAt, objectAt, replacedAt, textAt, wholeNumberAt, withField } from './fields'
import { isControlledBy, ownedBy } from './owner'
import { apisixRoute } from './resources'
import type { Router } from './router'
import {
  createObject,
  deleteObject,
  emit,
  type Failed,
  type Found,
  findObject,
  type RouterCall,
  updateObject,
} from './routerCall'
import { namedServices } from './trafficServices'

/** Apache APISIX: weights of an ApisixRoute's backends; a header route is an ApisixRoute of its own (behaviour 6.8). */
export const apisix: Router = { setWeight, setHeaderRoute, removeManagedRoutes }

type Fields = Readonly<Record<string, unknown>>
type Changed<T> = { readonly value: T } | Failed

const typeFailure = (what: string): Failed => ({ failed: `Failed type assertion for Apisix http route${what}` })

const routeName = (call: RouterCall): string => call.routing.apisix?.route?.name ?? ''
const ruleNames = (call: RouterCall): readonly string[] => call.routing.apisix?.route?.rules ?? [routeName(call)]

function setWeight(call: RouterCall, weight: number): Failed | undefined {
  const read = findObject(call, apisixRoute, call.namespace, routeName(call))
  if ('failed' in read) return read
  const { canary, stable } = namedServices(call.canary)
  const changed = withRules(call, read.object, (rule) => {
    const backends = backendsOf(rule)
    if ('failed' in backends) return backends
    const withCanary = withBackendWeight(backends.value, canary, weight)
    if ('failed' in withCanary) return withCanary
    const withBoth = withBackendWeight(withCanary.value, stable, 100 - weight)
    return 'failed' in withBoth ? withBoth : { value: { ...rule, backends: withBoth.value } }
  })
  if ('failed' in changed) return changed
  const failure = updateObject(call, apisixRoute, changed.object)
  if (failure) warn(call, 'ApisixRouteUpdateError', 'updating', read.object.metadata.name, failure)
  return failure
}

const warn = (call: RouterCall, reason: string, doing: string, name: string, { failed }: Failed): void =>
  emit(call, reason, `Error ${doing} apisix route ${goQuote(name)}: ${failed}`, 'Warning')

/** The route with each rule of the Rollout changed, in turn. */
function withRules(call: RouterCall, route: KubeObject, change: (rule: Fields) => Changed<Fields>): Found {
  const rules = listAt(fieldsOf(route), 'spec', 'http')
  if ('failed' in rules) return rules
  if (!rules.value) return { failed: 'spec.http was not found in Apisix Route manifest' }
  let list = rules.value
  for (const name of ruleNames(call)) {
    const index = ruleIndex(list, name)
    if (typeof index !== 'number') return index
    const changed = change(list[index] as Fields)
    if ('failed' in changed) return changed
    list = replacedAt(list, index, changed.value)
  }
  return { object: withField(route, ['spec', 'http'], list) }
}

function ruleIndex(rules: readonly unknown[], wanted: string): number | Failed {
  for (const [index, rule] of rules.entries()) {
    if (!isJsonObject(rule)) return typeFailure('')
    const { name } = rule
    if (name === undefined) return { failed: 'Apisix http route rule name field not found' }
    if (typeof name !== 'string') return typeFailure(' rule name')
    if (name === wanted) return index
  }
  return { failed: `Apisix http route rule ${wanted} not found` }
}

function backendsOf({ backends }: Fields): Changed<readonly unknown[]> {
  if (backends === undefined) return { failed: 'Apisix http route backends not found' }
  return Array.isArray(backends) ? { value: backends } : typeFailure(' backends')
}

function withBackendWeight(backends: readonly unknown[], service: string, weight: number): Changed<readonly unknown[]> {
  for (const [index, backend] of backends.entries()) {
    const name = serviceOf(backend, ' backends')
    if ('failed' in name) return name
    if (name.value === service) return { value: replacedAt(backends, index, { ...(backend as Fields), weight }) }
  }
  return { failed: `apisix route ${service} backend was not found` }
}

function serviceOf(backend: unknown, what: string): Changed<string> {
  if (!isJsonObject(backend)) return typeFailure(what)
  const name = textAt(backend, 'serviceName')
  if ('failed' in name) return name
  return name.value === undefined ? { failed: 'serviceName field was not found in backend' } : { value: name.value }
}

function withoutBackend(backends: readonly unknown[], service: string): Changed<readonly unknown[]> {
  const kept: unknown[] = []
  for (const backend of backends) {
    const name = serviceOf(backend, ' backend')
    if ('failed' in name) return name
    if (name.value !== service) kept.push(backend)
  }
  return { value: kept }
}

function setHeaderRoute(call: RouterCall, route: SetHeaderRoute): Failed | undefined {
  const main = findObject(call, apisixRoute, call.namespace, routeName(call))
  if ('failed' in main) return main
  const name = route.name ?? ''
  const existing = findObject(call, apisixRoute, call.namespace, name)
  if ('failed' in existing) {
    if (!existing.notFound) return existing
    return route.match ? createHeaderRoute(call, main.object, route) : undefined
  }
  if (!isControlledBy(existing.object, call.observed.rollout)) {
    return { failed: `duplicate ApisixRoute [${name}] already exists` }
  }
  if (route.match) return updateHeaderRoute(call, existing.object, route)
  const failure = deleteObject(call, apisixRoute, existing.object)
  if (failure) warn(call, 'ApisixRouteDeleteError', 'delete', name, failure)
  return failure
}

function createHeaderRoute(call: RouterCall, main: KubeObject, route: SetHeaderRoute): Failed | undefined {
  const { resourceVersion, uid, generation, creationTimestamp, ...metadata } = main.metadata
  const name = route.name ?? ''
  const clone = { ...main, metadata: { ...metadata, name, ownerReferences: [ownedBy(call.observed.rollout)] } }
  const changed = withHeaderRules(call, clone, route, true)
  if ('failed' in changed) return changed
  const failure = createObject(call, apisixRoute, changed.object)
  if (failure) warn(call, 'ApisixRouteCreateError', 'create', name, failure)
  return failure
}

function updateHeaderRoute(call: RouterCall, existing: KubeObject, route: SetHeaderRoute): Failed | undefined {
  const changed = withHeaderRules(call, existing, route, false)
  if ('failed' in changed) return changed
  const failure = updateObject(call, apisixRoute, changed.object)
  if (failure) warn(call, 'ApisixRouteUpdateError', 'update', existing.metadata.name, failure)
  return failure
}

/** Sends all traffic with matching headers to the canary. A new route goes before the main one. */
const withHeaderRules = (call: RouterCall, object: KubeObject, route: SetHeaderRoute, isNew: boolean): Found =>
  withRules(call, object, (rule) => {
    const { canary, stable } = namedServices(call.canary)
    const backends = backendsOf(rule)
    if ('failed' in backends) return backends
    const weighted = withBackendWeight(backends.value, canary, 100)
    if ('failed' in weighted) return weighted
    const kept = withoutBackend(weighted.value, stable)
    if ('failed' in kept) return kept
    const priority = wholeNumberAt(rule, 'priority')
    if (isNew && 'failed' in priority) return priority
    const match = objectAt(rule, 'match')
    if ('failed' in match) return { failed: 'value cannot be set because .match is not a map[string]interface{}' }
    const raised = isNew && 'value' in priority ? { priority: (priority.value ?? 0) + 1 } : {}
    return { value: { ...rule, ...raised, backends: kept.value, match: { ...match.value, exprs: expressions(route) } } }
  })

function expressions({ match = [] }: SetHeaderRoute): readonly object[] {
  return match.flatMap(({ headerName, headerValue: { exact, regex, prefix } = {} }) => {
    const subject = { scope: 'Header', name: headerName }
    const expression = (op: string, value: string | undefined) => (value ? [{ subject, op, value }] : [])
    return [
      ...expression('Equal', exact),
      ...expression('RegexMatch', regex),
      ...expression('RegexMatch', prefix && `^${prefix}.*`),
    ]
  })
}

function removeManagedRoutes(call: RouterCall): Failed | undefined {
  for (const { name } of call.routing.managedRoutes ?? []) {
    const read = findObject(call, apisixRoute, call.namespace, name)
    if ('failed' in read) {
      if (read.notFound) continue
      return read
    }
    if (!isControlledBy(read.object, call.observed.rollout)) continue
    const failure = deleteObject(call, apisixRoute, read.object)
    if (failure) {
      warn(call, 'ApisixRouteDeleteError', 'deleting', name, failure)
      return failure
    }
  }
  return undefined
}
