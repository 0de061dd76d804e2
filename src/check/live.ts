import { type ClusterObjects, objectKey } from '../cluster/objects'
import type { Sighting } from '../host/ports'
import type { Change } from '../model/change'
import type { ObjectRef } from '../model/decision'
import { givenList, givenNumber, givenObject, givenText } from '../model/given'
import { isJsonObject } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { formatTime } from '../model/time'
import { wellFormed } from '../rollout/validation/wellFormed'
import { observeRollout } from '../simulate/observe'
import type { RouterState } from '../simulate/router'
import { type Invariant, type Judge, judge } from './invariant'
import { isInvariant } from './options'
import { stateOf } from './state'

/** A sentence that did not hold in a Rollout that really ran. */
export interface LiveViolation {
  /** Id of the invariant. */
  readonly invariant: string
  readonly sentence: string
  readonly threads: readonly string[]
  /** RFC 3339. */
  readonly at: string
  /** What was seen. */
  readonly seen: string
}

/** What a host just reconciled: the record of `onReconcile` is one. */
export interface LiveDecision {
  readonly ref: ObjectRef
  readonly decision?: { readonly changes: readonly Change[] }
}

/** Watches one Rollout while it runs. */
export interface RolloutMonitor {
  /**
   * Remembers an object as it is now: what `watch` of a cluster port tells. Objects of other namespaces are ignored.
   */
  readonly see: (sighting: Sighting) => void
  /**
   * Judges what was seen so far, at a time in milliseconds since 1970: after every reconcile, and from time to time for
   * what has to happen within seconds. Each sentence is reported once for each version of the Rollout.
   */
  readonly judge: (milliseconds: number, decided?: LiveDecision) => readonly LiveViolation[]
}

/**
 * Sentences about strategies as monitors of a Rollout that really runs: under `createHost`, `drive`, or any controller
 * whose objects somebody watches. It works on recordings too. `weight` is the weight that the Rollout's status reports;
 * sentences about the end of a run (`eventually`, L7) never break, since a cluster has no end.
 *
 * @example
 * import { monitorRollout, never } from 'rollout-engine/check'
 * const monitor = monitorRollout({ namespace: 'shop', name: 'web' }, [never('degraded', (now) => now.phase === 'Degraded')])
 * const ref = { kind: 'Rollout', namespace: 'shop', name: 'web' }
 * const spec = { selector: {}, template: { metadata: {}, spec: { containers: [] } }, strategy: { canary: {} } }
 * monitor.see({ ref, object: { kind: 'Rollout', metadata: { namespace: 'shop', name: 'web' }, spec, status: { phase: 'Degraded' } } })
 * monitor.judge(1_893_456_000_000).map(({ sentence, at }) => `${sentence} at ${at}`) // => ['degraded at 2030-01-01T00:00:00Z']
 */
export function monitorRollout(
  rollout: Pick<ObjectRef, 'namespace' | 'name'>,
  invariants: readonly Invariant[],
): RolloutMonitor {
  const { namespace: space, name: called } = givenObject(rollout)
  const [namespace, name] = [givenText(space), givenText(called)]
  const key = objectKey('Rollout', namespace, name)
  const objects = new Map<string, KubeObject>()
  const watches = givenList(invariants).filter(isInvariant).map(watchOf)
  const start: { milliseconds?: number } = {}
  return {
    see(sighting) {
      const { ref, object } = givenObject<Partial<Sighting>>(sighting)
      const { kind, namespace: seenIn, name: seen } = givenObject<Partial<ObjectRef>>(ref)
      if (seenIn !== namespace || typeof kind !== 'string' || typeof seen !== 'string') return
      if (isJsonObject(object) && isJsonObject(object.metadata)) objects.set(objectKey(kind, namespace, seen), object)
      else objects.delete(objectKey(kind, namespace, seen))
    },
    judge(given, decided) {
      const milliseconds = givenNumber(given) ?? 0
      start.milliseconds ??= milliseconds
      const { ref, decision } = givenObject<Partial<LiveDecision>>(decided)
      const isOwn = ref?.kind === 'Rollout' && ref.namespace === namespace && ref.name === name
      const at = formatTime(Math.floor(milliseconds / 1000))
      const known = judgedObjects(objects, key, at)
      const now = stateOf({
        atSeconds: (milliseconds - start.milliseconds) / 1000,
        by: isOwn ? `Rollout ${name}` : 'world',
        changes: isOwn ? givenList(decision?.changes) : [],
        isRefused: false,
        key,
        objects: known,
        router: routerOf(asKind('Rollout', known[key])),
      })
      return watches.flatMap((watch) => {
        const violation = watch(now)
        if (!violation) return []
        const { id: invariant, sentence, threads } = violation.invariant
        return [{ invariant, sentence, threads, at, seen: violation.seen }]
      })
    },
  }
}

/** What sentences read, as the controller's tolerant decoder reads it. */
function judgedObjects(objects: ReadonlyMap<string, KubeObject>, key: string, at: string): ClusterObjects {
  if (!objects.has(key)) return {}
  const observed = wellFormed(observeRollout(Object.fromEntries(objects), key, at))
  const { rollout, replicaSets, services = [], analysisRuns = [], experiments = [] } = observed
  const lists = { ReplicaSet: replicaSets, Service: services, AnalysisRun: analysisRuns, Experiment: experiments }
  const { namespace = '' } = rollout.metadata
  const entries = Object.entries(lists).flatMap(([kind, list]) =>
    list.map((object) => [objectKey(kind, namespace, object.metadata.name), object]),
  )
  return Object.fromEntries([[key, rollout], ...entries])
}

/** Nothing is ever healed in a cluster: disturbances do not end. */
const context = { healedAtSeconds: Number.POSITIVE_INFINITY, settleSeconds: Number.POSITIVE_INFINITY }

/** Reports a violation once, and begins anew with the next version. */
function watchOf(invariant: Invariant): Judge['next'] {
  const begun: { judge: Judge; brokenIn?: string } = { judge: judge([invariant], context) }
  return (now) => {
    const version = now.newestHash ?? ''
    if (begun.brokenIn === version) return undefined
    if (begun.brokenIn !== undefined) {
      begun.judge = judge([invariant], context)
      begun.brokenIn = undefined
    }
    const violation = begun.judge.next(now)
    if (violation) begun.brokenIn = version
    return violation
  }
}

/** The state of the router according to the status. */
function routerOf(rollout: Rollout | undefined): RouterState {
  const { weight } = givenObject(givenObject(givenObject(rollout?.status?.canary).weights).canary)
  const commanded = givenNumber(weight) ?? null
  return { commanded, onTheWay: [], destinations: [], routes: [], effective: commanded ?? 0 }
}
