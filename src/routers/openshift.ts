import { isJsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'
import { fieldsOf, wholeNumberAt, withField } from './fields'
import { fitsShape } from './fitsShape'
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
  const given = call.routing.plugins?.[pluginName]
  if (given === undefined) return { failed: 'unexpected end of JSON input' }
  const wrong = fitsShape({ Config: 'routes?:[]string' }, 'Config', given, '')
  if (wrong)
    return { failed: `json: cannot unmarshal ${wrong.found} into ${wrong.path.slice(1) || 'the configuration'}` }
  const { routes } = (isJsonObject(given) ? given : {}) as { readonly routes?: readonly string[] }
  for (const name of routes ?? []) {
    const failure = setRouteWeight(call, name, weight, canary)
    if (failure) return failure
  }
  return undefined
}

/** `web`, or `shop/web` for a Route of another namespace. */
function addressOf(call: RouterCall, text: string): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name] = text.split('/')
  return name === undefined ? { namespace: call.namespace, name: text } : { namespace, name }
}

function setRouteWeight(call: RouterCall, text: string, weight: number, canary: string): Failed | undefined {
  const { namespace, name } = addressOf(call, text)
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
