import type { KubeObject, StringMap } from '../../model/meta'
import type { SetHeaderRoute } from '../../model/rollout'
import type { WeightDestination } from '../../model/rolloutStatus'
import { type Fields, hasService, pathsOf, rulesOf, specOf } from '../../trafficResources/ingress'
import { mapPatch, patchOf, specFields, specPatch } from '../ingress/ingressPatch'
import { ingress, isLegacyIngress } from '../resources'
import type { Router } from '../router'
import { crash, emit, explained, type Failed, findObject, patchObject, type RouterCall } from '../routerCall'
import { annotationKey, canaryAction, headerCondition, weightAction } from './albActions'
import { addActionPath, orderPaths, removeActionPath } from './albPaths'
import { manageKeys, releaseKeys } from './managedAnnotations'
import { verifyWeight } from './verifyWeight'

/** AWS load balancers: actions and conditions in annotations of the Ingress (behaviour 6.3). */
export const alb: Router = { setWeight, setHeaderRoute, removeManagedRoutes, verifyWeight }

/** What one Ingress should become: its annotations, and its rules where they change. */
interface Wanted {
  readonly annotations: StringMap
  readonly rules?: readonly Fields[]
}

type Plan = (current: KubeObject) => Wanted | Failed

function setWeight(call: RouterCall, weight: number, destinations: readonly WeightDestination[]): Failed | undefined {
  const service = call.routing.alb?.rootService || call.canary.stableService || ''
  return changeIngresses(call, `to desiredWeight '${weight}'`, (current) => {
    const found = hasService(current, service, isLegacyIngress(call.observed.options ?? {}))
    if (found === 'unknown') return crash(`a path of ingress \`${current.metadata.name}\` has no service`)
    if (!found) return { failed: `ingress does not have service \`${service}\` in rules` }
    const action = weightAction(call, weight, destinations)
    if ('failed' in action) return action
    const key = annotationKey(call, 'actions', service)
    const annotations = { ...current.metadata.annotations, [key]: action.text }
    return manageKeys(annotations, call.observed.rollout.metadata.name, [key])
  })
}

function setHeaderRoute(call: RouterCall, route: SetHeaderRoute): Failed | undefined {
  if (!route) return undefined
  const name = route.name ?? ''
  return changeIngresses(call, `to headerRoute '${printRoute(route)}'`, (current) => {
    const annotations = headerAnnotations(call, current, route)
    if ('failed' in annotations) return annotations
    const found = hasService(current, name, isLegacyIngress(call.observed.options ?? {}))
    if (found === 'unknown') return crash(`a path of ingress \`${current.metadata.name}\` has no service`)
    const rules: Fields[] = []
    for (const rule of rulesOf(current)) {
      const paths = pathsOf(rule)
      if (!paths) return crash(`a rule of ingress \`${current.metadata.name}\` has no http`)
      const changed = route.match
        ? found
          ? paths
          : addActionPath(call, paths, name)
        : removeActionPath(call, paths, name)
      if ('failed' in changed) return changed
      rules.push(orderPaths(call, rule, changed))
    }
    return { ...annotations, rules }
  })
}

/** The text that upstream's event has: a pointer to the route, printed as if it were a number. */
function printRoute({ name, match = [] }: SetHeaderRoute): string {
  const text = (value: string | undefined): string => `%!d(string=${value ?? ''})`
  const matches = match.map(({ headerName }) => `{${text(headerName)} <ptr>}`)
  return `&{${text(name)} [${matches.join(' ')}]}`
}

function headerAnnotations(call: RouterCall, current: KubeObject, route: SetHeaderRoute): Wanted | Failed {
  const { rollout } = call.observed
  const name = route.name ?? ''
  const [actionKey, conditionKey] = [annotationKey(call, 'actions', name), annotationKey(call, 'conditions', name)]
  const given = current.metadata.annotations
  if (!route.match) {
    if (!given) return crash(`ingress \`${current.metadata.name}\` has no annotations`)
    const { [actionKey]: _action, [conditionKey]: _condition, ...kept } = given
    return releaseKeys(kept, rollout.metadata.name, [actionKey, conditionKey])
  }
  const action = canaryAction(call)
  if ('failed' in action) return action
  const condition = headerCondition(route)
  if ('failed' in condition) return condition
  if (!given) return crash(`ingress \`${current.metadata.name}\` has no annotations`)
  const annotations = { ...given, [actionKey]: action.text, [conditionKey]: condition.text }
  return manageKeys(annotations, rollout.metadata.name, [actionKey, conditionKey])
}

function removeManagedRoutes(call: RouterCall): Failed | undefined {
  const names = (call.routing.managedRoutes ?? []).map(({ name }) => name)
  if (names.length === 0) return undefined
  const keys = names.flatMap((name) => [annotationKey(call, 'actions', name), annotationKey(call, 'conditions', name)])
  return changeIngresses(call, 'removing managed routes', (current) => {
    const { annotations } = current.metadata
    if (!annotations) return crash(`ingress \`${current.metadata.name}\` has no annotations`)
    const kept = Object.fromEntries(Object.entries(annotations).filter(([key]) => !keys.includes(key)))
    const released = releaseKeys(kept, call.observed.rollout.metadata.name, keys)
    if ('failed' in released) return released
    const rules: Fields[] = []
    for (const rule of rulesOf(current)) {
      let paths = pathsOf(rule)
      if (!paths) return crash(`a rule of ingress \`${current.metadata.name}\` has no http`)
      for (const name of names) {
        const changed = removeActionPath(call, paths, name)
        if ('failed' in changed) return changed
        paths = changed
      }
      rules.push({ ...(rule as Fields), http: { ...((rule as Fields).http as Fields), paths } })
    }
    return { ...released, rules }
  })
}

/**
 * Plans and patches one Ingress after the other. Quirk kept for fidelity (behaviour 6.3): one that needs no change ends
 * the call, so those after it stay as they are.
 */
function changeIngresses(call: RouterCall, doing: string, plan: Plan): Failed | undefined {
  const { ingress: single = '', ingresses } = call.routing.alb ?? {}
  for (const name of ingresses ?? [single]) {
    const read = findObject(call, ingress(call.observed.options ?? {}), call.namespace, name)
    if ('failed' in read) return read
    const wanted = plan(read.object)
    if ('failed' in wanted) return wanted
    const patch = ingressPatch(read.object, wanted)
    if (!patch) return undefined
    emit(call, 'PatchingALBIngress', `Updating Ingress \`${name}\` ${doing}`)
    const failure = patchObject(call, ingress(call.observed.options ?? {}), read.object, patch)
    if (failure) return explained(`error patching alb ingress \`${name}\`: `, failure)
  }
  return undefined
}

function ingressPatch(current: KubeObject, { annotations, rules }: Wanted): Fields | undefined {
  const before = specOf(current)
  const spec = rules && rules.length > 0 ? specPatch(before, { ...before, rules }, specFields) : undefined
  return patchOf({ annotations: mapPatch(current.metadata.annotations, annotations), spec })
}
