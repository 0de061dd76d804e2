import { type DecodeShape, decodeProblem } from '../kube/types/decode'
import { isJsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'
import { fieldsOf, wholeNumberAt, withField } from './fields'
import type { Resource } from './resources'
import type { Router } from './router'
import { crash, type Failed, findObject, type RouterCall, updateObject } from './routerCall'
import { namedServices } from './trafficServices'

const route: Resource = { kind: 'Route', plural: 'routes', group: 'route.openshift.io', version: 'v1' }
const pluginName = 'argoproj-labs/openshift'

/** The plugin `argoproj-labs/openshift`: alternate backends of OpenShift Routes. It knows no experiments. */
export const openshift: Router = { setWeight }

function setWeight(call: RouterCall, weight: number): Failed | undefined {
  const { canary, stable } = namedServices(call.canary)
  if (canary === '' || stable === '') return { failed: 'illegal parameter(s)' }
  const config = readRoutes(call.routing.plugins?.[pluginName])
  if ('failed' in config) return config
  // The plugin reads from the API server: a Route that is named twice has its weight the second time.
  const visited = new Set<string>()
  for (const text of config.routes) {
    const address = addressOf(call, text)
    const key = `${address.namespace}/${address.name}`
    const failure = visited.has(key) ? undefined : setRouteWeight(call, address, weight, canary)
    if (failure) return failure
    visited.add(key)
  }
  return undefined
}

const configShape: DecodeShape = {
  root: 'OpenshiftTrafficRouting',
  types: { OpenshiftTrafficRouting: 'routes?:[]string' },
  goName: (type) => `plugin.${type}`,
}

/** Reads `routes` as Go's decoder does: in any case of letters, and null as an empty text. */
function readRoutes(given: unknown): { readonly routes: readonly string[] } | Failed {
  if (given === undefined) return { failed: 'unexpected end of JSON input' }
  const problem = given === null ? undefined : decodeProblem(configShape, given)
  if (problem !== undefined) return { failed: problem }
  const config = isJsonObject(given) ? given : {}
  const key = Object.keys(config)
    .sort()
    .filter((one) => one.toLowerCase() === 'routes')
    .at(-1)
  const routes = (key === undefined ? undefined : config[key]) as readonly (string | null)[] | null | undefined
  return { routes: (routes ?? []).map((name) => name ?? '') }
}

interface Address {
  readonly namespace: string
  readonly name: string
}

/** `web`, or `shop/web` for a Route of another namespace. */
function addressOf(call: RouterCall, text: string): Address {
  const [namespace = '', name] = text.split('/')
  return name === undefined ? { namespace: call.namespace, name: text } : { namespace, name }
}

function setRouteWeight(
  call: RouterCall,
  { namespace, name }: Address,
  weight: number,
  canary: string,
): Failed | undefined {
  if (name === '') return { failed: 'resource name may not be empty' }
  if (namespace === '') {
    return { failed: `the server could not find the requested resource (get routes.route.openshift.io ${name})` }
  }
  const read = findObject(call, route, namespace, name)
  if ('failed' in read) return read
  const current = wholeNumberAt(fieldsOf(read.object), 'spec', 'to', 'weight')
  if ('failed' in current) return current
  if (current.value === undefined) return crash(`route ${name} has no weight`)
  if (current.value === 100 - weight) return undefined
  // The plugin writes to the Rollout's namespace wherever the Route is, which an API server refuses.
  if (namespace !== call.namespace) {
    return { failed: 'the namespace of the provided object does not match the namespace sent on the request' }
  }
  return updateObject(call, route, withWeight(read.object, weight, canary))
}

function withWeight(object: KubeObject, weight: number, canary: string): KubeObject {
  const stable = withField(object, ['spec', 'to', 'weight'], 100 - weight)
  const backends = weight === 0 ? undefined : [{ kind: 'Service', name: canary, weight }]
  return withField(stable, ['spec', 'alternateBackends'], backends)
}
