import type { SetHeaderRoute } from '../../model/rollout'
import { crash, type Failed, type RouterCall } from '../routerCall'
import { namedServices } from '../trafficServices'
import { changeRoutes } from './changeRoutes'
import { type Plan, planOf } from './plan'
import type { NamedRoute } from './pluginConfig'
import type { RouteKind } from './routeKinds'
import {
  backendsOf,
  type HeaderMatch,
  isCanaryOnly,
  isManagedName,
  matchesOf,
  type RouteRule,
  rulesOf,
  withRules,
} from './routeRules'

/** Adds a rule to the canary for each rule that splits traffic; without matches all managed rules are removed. */
export function setHeaderRoute(call: RouterCall, route: SetHeaderRoute): Failed | undefined {
  const plan = planOf(call)
  if ('failed' in plan) return plan
  if ((route.match ?? []).length === 0) return removeFrom(call, plan)
  const headers = headersOf(route)
  if ('failed' in headers) return planHasHeaders(plan) ? headers : undefined
  const { canary } = namedServices(call.canary)
  const name = route.name ?? ''
  return changeRoutes(
    call,
    plan,
    (kind, _, object) => {
      const sources = sourceRules(call, rulesOf(object))
      if (sources.length === 0) return { failed: kind.missingBackend }
      const kept = rulesOf(object).filter(
        (rule) => !isManagedName(rule?.name, [name]) && !isCanaryOnly(rule, canary, headers.headers),
      )
      const added = sources.map((rule, index) =>
        headerRule(canary, kind, rule, index === 0 ? name : `${name}-${index}`, headers.headers),
      )
      return { object: withRules(object, [...kept, ...added]) }
    },
    mayHaveHeaders,
  )
}

/** The plugin checks the matches only if a route uses them. */
const planHasHeaders = ({ driven }: Plan): boolean =>
  driven.some(({ kind, routes }) => routes.some((route) => mayHaveHeaders(kind, route)))

const mayHaveHeaders = ({ matchFields }: RouteKind, { useHeaderRoutes }: NamedRoute): boolean =>
  matchFields !== undefined && useHeaderRoutes === true

type Headers = { readonly headers: readonly HeaderMatch[] } | Failed

function headersOf({ match = [] }: SetHeaderRoute): Headers {
  const headers: HeaderMatch[] = []
  for (const { headerName, headerValue } of match) {
    if (!headerValue) return crash(`the header ${headerName} has no value`)
    const { exact, prefix, regex } = headerValue
    if (exact) headers.push({ name: headerName, type: 'Exact', value: exact })
    else if (prefix) headers.push({ name: headerName, type: 'RegularExpression', value: `${prefix}.*` })
    else if (regex) headers.push({ name: headerName, type: 'RegularExpression', value: regex })
    else return { failed: 'invalid header match type' }
  }
  return { headers }
}

/** The rules that send traffic to both Services. */
function sourceRules(call: RouterCall, rules: readonly RouteRule[]): readonly RouteRule[] {
  const { canary, stable } = namedServices(call.canary)
  return rules.filter((rule) => {
    const names = backendsOf(rule).map((ref) => ref.name)
    return names.includes(canary) && names.includes(stable)
  })
}

function headerRule(
  canary: string,
  { matchFields = [] }: RouteKind,
  source: RouteRule,
  name: string,
  headers: readonly HeaderMatch[],
): RouteRule {
  const port = backendsOf(source).find((ref) => ref.name === canary)?.port
  const matches = matchesOf(source).map((match) => ({
    ...Object.fromEntries(
      matchFields.flatMap((field) => (match?.[field] === undefined ? [] : [[field, match[field]]])),
    ),
    headers: [...(Array.isArray(match?.headers) ? match.headers : []), ...headers],
  }))
  const filters = source.filters ?? []
  const backend = { group: '', kind: 'Service', name: canary, ...(port !== undefined && { port }) }
  return {
    name,
    matches: matches.length === 0 ? [{ headers }] : matches,
    ...(filters.length > 0 && { filters }),
    backendRefs: [backend],
  }
}

/** Removes every rule that the plugin added. */
export function removeManagedRoutes(call: RouterCall): Failed | undefined {
  const plan = planOf(call)
  return 'failed' in plan ? plan : removeFrom(call, plan)
}

function removeFrom(call: RouterCall, plan: Plan): Failed | undefined {
  const managed = (call.routing.managedRoutes ?? []).map(({ name }) => name)
  const { canary } = namedServices(call.canary)
  return changeRoutes(
    call,
    plan,
    (_, __, object) => {
      const rules = rulesOf(object)
      const kept = rules.filter((rule) => !isManagedName(rule?.name, managed) && !isCanaryOnly(rule, canary))
      return kept.length === rules.length ? 'passed over' : { object: withRules(object, kept) }
    },
    mayHaveHeaders,
  )
}
