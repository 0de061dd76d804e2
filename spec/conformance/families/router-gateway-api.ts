import type { KubeObject } from '../../../src/model/meta'
import type { RouterDecision, RouterObservation } from '../../../src/routers/index'
import { routeTraffic } from '../../../src/routers/index'
import { firstDifferences, prune } from '../compare'
import type { ConformanceCase, Difference, Unit } from '../types'

type Objects = Readonly<Record<string, KubeObject>>
const router = 'plugins/argoproj-labs/gatewayAPI'
/** How often the plugin reads an object again that another writer changed, the first time included. */
const mostAttempts = 5

interface Conflict {
  readonly object: string
  readonly times: number
  readonly becomes?: KubeObject
}

/** One unit a case: a life of calls, each from the recorded world before it. */
export function judge({ id, given, expect }: ConformanceCase): readonly Unit[] {
  let objects = given.objects as Objects
  let rollout = given.rollout
  const differences: Difference[] = []
  for (const [index, call] of given.calls.entries()) {
    if (call.status) rollout = { ...rollout, status: call.status }
    const recorded = expect.calls[index]
    const { after, decision } = live(rollout, objects, call)
    const expected = { error: recorded.error ?? undefined, objects: { ...objects, ...recorded.objects } }
    const failed = decision.error !== undefined
    const onlyThat = /json: cannot unmarshal/.test(recorded.error ?? '') && failed
    const got = { error: onlyThat ? recorded.error : decision.error?.message, objects: after }
    const verified = call.op === 'VerifyWeight' ? firstDifferences(recorded.verified, decision.verified) : []
    const found = [...firstDifferences(prune(expected), prune(got)), ...verified]
    differences.push(...found.map((one) => ({ ...one, path: `calls[${index}] ${call.op} ${one.path}` })))
    objects = expected.objects
  }
  return [{ name: id, differences, inputs: given }]
}

interface Lived {
  readonly after: Objects
  readonly decision: RouterDecision
}

// biome-ignore lint/suspicious/noExplicitAny: vectors are data of many shapes
function live(rollout: any, before: Objects, call: any): Lived {
  let objects = before
  const conflicts = ((call.conflicts ?? []) as Conflict[]).map((conflict) => ({ ...conflict }))
  if (call.op === 'InitPlugin') return { after: before, decision: { changes: [], events: [], asks: [] } }
  // A conflict ends one attempt; the next one starts from what is there now.
  for (;;) {
    const decision = routeTraffic({ rollout, change: changeOf(call), objects: Object.values(objects) })
    const conflict = conflicts.find(
      (one) => one.times > 0 && decision.changes.some((change) => keyOf(change) === one.object),
    )
    if (!conflict) return { after: applied(objects, decision), decision }
    const refusals = call.conflicts.find((one: Conflict) => one.object === conflict.object).times
    const at = decision.changes.findIndex((change) => keyOf(change) === conflict.object)
    objects = applied(objects, { ...decision, changes: decision.changes.slice(0, at) })
    if (conflict.becomes && conflict.times === refusals) objects = { ...objects, [conflict.object]: conflict.becomes }
    conflict.times--
    if (refusals - conflict.times >= mostAttempts) {
      const [resource = '', , name = ''] = conflict.object.split('/')
      const message = `Operation cannot be fulfilled on ${resource}.gateway.networking.k8s.io "${name}": the object has been modified; please apply your changes to the latest version and try again`
      const failures = { [`update ${conflict.object}`]: { message, reason: 'Conflict' } }
      const refused = routeTraffic({
        rollout,
        change: changeOf(call),
        objects: Object.values(objects),
        answers: { failures },
      })
      return { after: objects, decision: refused }
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function changeOf({ op, args }: any): RouterObservation['change'] {
  switch (op) {
    case 'SetWeight':
      return { kind: 'setWeight', router, weight: args.weight, destinations: args.additionalDestinations ?? [] }
    case 'VerifyWeight':
      return { kind: 'verifyWeight', router, weight: args.weight, destinations: args.additionalDestinations ?? [] }
    case 'SetHeaderRoute':
      return { kind: 'setHeaderRoute', router, route: args.setHeaderRoute }
    case 'SetMirrorRoute':
      return { kind: 'setMirrorRoute', router, route: args.setMirrorRoute }
    case 'UpdateHash':
      return { kind: 'updateHash', router, canaryHash: '', stableHash: '', destinations: [] }
    default:
      return { kind: 'removeManagedRoutes', router }
  }
}

const keyOf = (change: { resource: string; namespace: string; name: string }): string =>
  `${change.resource}/${change.namespace}/${change.name}`

function applied(objects: Objects, { changes }: Pick<RouterDecision, 'changes'>): Objects {
  const next: Record<string, KubeObject> = { ...objects }
  for (const change of changes) if (change.kind === 'updateResource') next[keyOf(change)] = change.object
  return next
}
