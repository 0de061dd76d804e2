import { invalidPrinted, invalidValue, requiredValue } from '../../kube/fieldErrorBody'
import type { CanaryStep, StringMatch } from '../../model/rollout'
import type { TrafficRouting } from '../../model/trafficRouting'
import type { Dialect } from '../facts/semantics'
import { hasPlugins } from './plugins'
import { printHeaderRoute, printMirrorRoute, printStringMatch } from './print'
import { type BrokenItem, brokenItems, type Rule } from './rule'

// Steps that make routes for requests with certain headers, or mirror requests.

interface Subject {
  readonly routing: TrafficRouting | undefined
  readonly step: CanaryStep
  readonly dialect: Dialect
}

const canSetHeaders = (routing: TrafficRouting | undefined): boolean =>
  Boolean(routing?.istio ?? routing?.alb ?? routing?.apisix) || hasPlugins(routing)

const canMirror = (routing: TrafficRouting | undefined, { pluginsMirror }: Dialect): boolean =>
  Boolean(routing?.istio) || (pluginsMirror && hasPlugins(routing))

const noMatch = 'StringMatch value missed, match value must have one of the following: exact, regex, prefix'
const twoMatches = 'StringMatch match value must have exactly one of the following: exact, regex, prefix'
const albMatch = "SetHeaderRoute match value invalid. ALB supports 'exact' value only"

function brokenMatch(match: StringMatch | undefined | null, isAlb: boolean): string | undefined {
  if (!match) return invalidPrinted('null', noMatch)
  const { exact, regex, prefix } = match
  const count = [exact, regex, prefix].filter(Boolean).length
  const printed = (detail: string): string => invalidPrinted(printStringMatch(match), detail)
  if (isAlb) return exact && count === 1 ? undefined : printed(albMatch)
  if (count === 1) return undefined
  return printed(count === 0 ? noMatch : twoMatches)
}

/** Upstream checks the method twice and never the headers. */
const brokenMirror = ({ setMirrorRoute }: CanaryStep): readonly BrokenItem[] | undefined =>
  setMirrorRoute?.match?.flatMap(({ method, path }, index) =>
    [method, path, method].flatMap((match) => {
      const body = match ? brokenMatch(match, false) : undefined
      return body === undefined ? [] : [{ index, body }]
    }),
  )

function unmanaged(routing: TrafficRouting | undefined, route: { readonly name?: string } | undefined | null) {
  const managed = routing?.managedRoutes
  const name = route?.name ?? ''
  if (!route || !managed || managed.some((one) => one.name === name)) return undefined
  const detail = 'Steps define a route that does not exist in spec.strategy.canary.trafficRouting.managedRoutes'
  return invalidValue(name, detail)
}

export const routeRules: readonly Rule<Subject>[] = [
  {
    code: 'unsupported-by-router',
    path: 'spec.strategy.steps[].setHeaderRoute',
    check: ({ routing, step: { setHeaderRoute } }) => {
      if (!setHeaderRoute || canSetHeaders(routing)) return undefined
      const detail = 'SetHeaderRoute requires TrafficRouting, supports Istio and ALB and Apisix'
      return invalidPrinted(printHeaderRoute(setHeaderRoute), detail)
    },
  },
  {
    code: 'bad-match',
    path: 'spec.strategy.steps[].setHeaderRoute.match[]',
    check: ({ routing, step }) =>
      step.setHeaderRoute && canSetHeaders(routing)
        ? brokenItems(step.setHeaderRoute.match, (one) => brokenMatch(one.headerValue, Boolean(routing?.alb)))
        : undefined,
  },
  {
    code: 'unsupported-by-router',
    path: 'spec.strategy.steps[].setMirrorRoute',
    check: ({ routing, step: { setMirrorRoute }, dialect }) => {
      if (!setMirrorRoute || canMirror(routing, dialect)) return undefined
      return invalidPrinted(printMirrorRoute(setMirrorRoute), dialect.noMirror)
    },
  },
  {
    code: 'bad-match',
    path: 'spec.strategy.steps[].setMirrorRoute.match[]',
    check: ({ step }) => (step.setMirrorRoute ? brokenMirror(step) : undefined),
  },
  {
    code: 'no-managed-routes',
    path: 'spec.strategy.trafficRouting.managedRoutes',
    check: ({ routing, step }) => {
      if (!routing || routing.managedRoutes || !(step.setHeaderRoute ?? step.setMirrorRoute)) return undefined
      return requiredValue("Rollout has missing field 'spec.strategy.canary.trafficRouting.managedRoutes'")
    },
  },
  {
    code: 'unmanaged-route',
    path: 'spec.strategy.steps[].setHeaderRoute',
    check: ({ routing, step }) => unmanaged(routing, step.setHeaderRoute),
  },
  {
    code: 'unmanaged-route',
    path: 'spec.strategy.steps[].setMirrorRoute',
    check: ({ routing, step }) => unmanaged(routing, step.setMirrorRoute),
  },
]
