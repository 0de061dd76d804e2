import { type ClusterObjects, listObjects } from '../cluster/objects'
import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import type { Change, TrafficChange } from '../model/change'
import { givenNumber } from '../model/given'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { sameJson } from '../model/sameJson'
import { applyResource } from '../routers/applyResource'
import { knownRouters } from '../routers/routers'
import { routeTraffic } from '../routers/routeTraffic'
import { type LaterList, laterList, mostNotesOf } from './laterList'

/** Objects that traffic routers read and write; nothing else of the cluster is looked at here. */
const routerKinds: ReadonlySet<string> = new Set([
  'AmbassadorMapping',
  'ApisixRoute',
  'DestinationRule',
  'GRPCRoute',
  'HTTPRoute',
  'Ingress',
  'Mapping',
  'Route',
  'Service',
  'TCPRoute',
  'TLSRoute',
  'TraefikService',
  'TrafficSplit',
  'VirtualNode',
  'VirtualRouter',
  'VirtualService',
])

/** The objects of the router from a second on, until the next state. */
export interface ResourceState {
  readonly atSeconds: number
  readonly objects: readonly KubeObject[]
  /** What the router's own code could not do, in the controller's words: these weights are not in the objects. */
  readonly problems: readonly string[]
}

/** Calls of the router in a decision, with the Rollout and the cluster that they use. */
export interface RouterCalls {
  readonly rollout: Rollout
  readonly objects: ClusterObjects
  readonly changes: readonly Change[]
  readonly second: number
}

/** The states of the router's objects in a world that starts with these objects. */
export function resourcesFrom(objects: ClusterObjects): LaterList<RouterCalls, ResourceState> {
  const own = Object.values(objects).filter((object): object is KubeObject => routerKinds.has(object?.kind ?? ''))
  return laterList([{ atSeconds: 0, objects: own, problems: [] }], noteState, mostNotesOf(Object.keys(objects).length))
}

/** Adds the state after some calls, if it is another one; each second has one. */
function noteState(states: ResourceState[], calls: RouterCalls): void {
  const last = states.at(-1)
  if (!last) return
  const next = routedResources(last, calls)
  if (next === last) return
  if (last.atSeconds === calls.second && states.length > 1) states.pop()
  states.push(next)
}

export const isCallOfKnownRouter = (change: Change): change is TrafficChange =>
  'router' in change && knownRouters.includes(change.router)

/**
 * What the router's objects become by the calls of a decision. The calls are translated as the controller's own routers
 * do; those of plugins that the engine does not know change nothing. Gives back the same state if nothing changed.
 */
function routedResources(state: ResourceState, { rollout, objects, changes, second }: RouterCalls): ResourceState {
  const known = changes.filter(isCallOfKnownRouter)
  if (known.length === 0) return state
  const sets = listObjects(objects, 'ReplicaSet', rollout.metadata.namespace ?? '')
  let resources = state.objects
  const problems: string[] = []
  for (const change of known) {
    const decision = routeTraffic({ rollout, change, objects: resources, replicaSets: sets })
    const next = decision.changes.reduce(applyResource, resources)
    if (!sameJson(next, resources)) resources = next
    if (decision.error) problems.push(`${change.router}: ${decision.error.message}`)
  }
  const hasSameProblems = problems.join('\n') === state.problems.join('\n')
  return resources === state.objects && hasSameProblems ? state : { atSeconds: second, objects: resources, problems }
}

/** Names one object of the router in a timeline. */
export interface ResourceName {
  /** In any case: `virtualservice`. */
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/**
 * An object of the router as it stands at a second of a simulation: weights as the VirtualService, Ingress or HTTPRoute
 * has them. Undefined if it is not there.
 *
 * @example
 * import { resourceAt, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const canary = { stableService: 'web', canaryService: 'web-canary', trafficRouting: { smi: {} }, steps: [{ setWeight: 20 }, { pause: {} }] }
 * const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, strategy: { canary }, template }
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const timeline = simulate({ manifests, events: [{ atSeconds: 10, image: 'web:2' }], untilSeconds: 60 })
 * const split = resourceAt(timeline, { kind: 'TrafficSplit', name: 'web' }, 60)?.spec as { backends: { weight: string }[] }
 * split.backends.map(({ weight }) => weight) // => ['20', '80']
 */
export function resourceAt(
  timeline: { readonly resources: readonly ResourceState[] },
  wanted: ResourceName,
  second: number,
): KubeObject | undefined {
  const { resources } = wellFormedTimeline(timeline)
  const { kind, name, namespace } = wellFormedName(wanted)
  const state = resources.filter(({ atSeconds }) => atSeconds <= (givenNumber(second) ?? 0)).at(-1)
  return state?.objects.find(
    (object) =>
      object.kind?.toLowerCase() === kind.toLowerCase() &&
      object.metadata.name === name &&
      (namespace === undefined || (object.metadata.namespace ?? '') === namespace),
  )
}

const types: Shape['types'] = {
  Timeline: 'resources:[]State',
  State: 'atSeconds:number objects:[]Object',
  Object: 'kind?:string metadata:Meta',
  Meta: 'name:string namespace?:string',
  Name: 'kind:string name:string namespace?:string',
}

const wellFormedTimeline = mender<{ readonly resources: readonly ResourceState[] }>({ root: 'Timeline', types })
const wellFormedName = mender<ResourceName>({ root: 'Name', types })
