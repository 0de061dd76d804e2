import { type FieldDifference, fieldDifferences } from '../cluster/fieldDifferences'
import { type ClusterPatch, type Draft, isCopiedOnWrite, patched, patchesOf, reservedKeys } from '../cluster/immer'
import type { ClusterObjects } from '../cluster/objects'
import { mender } from '../kube/types/mend'
import { givenNumber } from '../model/given'
import { isJsonObject, ownValue } from '../model/json'
import type { KubeObject } from '../model/meta'
import { type LaterList, laterList, mostNotesOf } from './laterList'

/** What changed in one second of a simulation: patches of the objects, by their keys. */
export interface SecondPatches {
  readonly atSeconds: number
  readonly patches: readonly ClusterPatch[]
}

/** The objects of a simulation at any second: those of its start, and what each second changed. Plain data. */
export interface History {
  readonly start: ClusterObjects
  /** Only seconds in which something changed. */
  readonly seconds: readonly SecondPatches[]
}

/** The objects before and after a second. */
export interface PassedSecond {
  readonly atSeconds: number
  readonly before: ClusterObjects
  readonly after: ClusterObjects
}

/** The changes of each second of a world that starts with these objects. */
export const historyFrom = (objects: ClusterObjects): LaterList<PassedSecond, SecondPatches> =>
  laterList<PassedSecond, SecondPatches>(
    [],
    (seconds, { atSeconds, before, after }) => noteSecond(seconds, atSeconds, before, after),
    mostNotesOf(Object.keys(objects).length),
  )

/** Records the changes of a second. */
function noteSecond(seconds: SecondPatches[], atSeconds: number, before: ClusterObjects, after: ClusterObjects): void {
  if (before === after) return
  const patches = patchesOf(before, (draft) => write(draft, before, after))
  if (patches.length > 0) seconds.push({ atSeconds, patches })
}

type Fields = Readonly<Record<string, unknown>>

/** Patches have no deeper paths: deeper values are replaced as a whole. */
const deepestPath = 30

const mayBePatched = (value: unknown, depth: number): value is Fields =>
  isJsonObject(value) &&
  isCopiedOnWrite(value) &&
  depth < deepestPath &&
  !reservedKeys.some((key) => Object.hasOwn(value, key))

/** Writes the differences of `after` to the draft of `before`, as deep as both have objects. */
function write(draft: Draft<Fields>, before: Fields, after: Fields, depth = 0): void {
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) delete draft[key]
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    if (old === value && Object.hasOwn(before, key)) continue
    if (mayBePatched(old, depth) && mayBePatched(value, depth))
      write(draft[key] as Draft<Fields>, old, value, depth + 1)
    else draft[key] = value
  }
}

/**
 * Every object at the end of a second. Single pods are counted, not listed: they are in `Timeline.objects` only.
 *
 * @example
 * import { objectsAt, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }]
 * const timeline = simulate({ manifests, events: [{ atSeconds: 60, replicas: 5 }], untilSeconds: 120 })
 * const replicasAt = (second: number) => (objectsAt(timeline, second)['rollouts/shop/web']?.spec as { replicas: number }).replicas
 * replicasAt(59) // => 2
 * replicasAt(60) // => 5
 */
export function objectsAt(timeline: { readonly history: History }, seconds: number): ClusterObjects {
  const { history } = wellFormedTimeline(timeline)
  const past = history.seconds.filter(({ atSeconds }) => atSeconds <= (givenNumber(seconds) ?? 0))
  return patched(
    history.start,
    past.flatMap(({ patches }) => patches),
  )
}

/** The seconds in which a path was changed for which `isMeant` is true. */
export const secondsOfChange = (
  timeline: { readonly history: History },
  isMeant: (path: readonly string[]) => boolean,
): readonly number[] =>
  wellFormedTimeline(timeline)
    .history.seconds.filter(({ patches }) => patches.some(({ path }) => isMeant(path)))
    .map(({ atSeconds }) => atSeconds)

/** An object that differs between two simulations. */
export interface ObjectDifference {
  readonly key: string
  /** The first second at whose end the two differ in it; -1: they start with different objects. */
  readonly atSeconds: number
  /** Its fields at that second; for an object that only one simulation has, one difference with the path ''. */
  readonly fields: readonly FieldDifference[]
}

/**
 * The differences of two simulations, object by object, in the order of time.
 *
 * @example
 * import { compareTimelines, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }]
 * const before = simulate({ manifests, untilSeconds: 120 })
 * const after = simulate({ manifests, events: [{ atSeconds: 60, replicas: 5 }], untilSeconds: 120 })
 * const [first] = compareTimelines(before, after)
 * first?.key // => 'rollouts/shop/web'
 * first?.atSeconds // => 60
 */
export function compareTimelines(
  before: { readonly history: History },
  after: { readonly history: History },
): readonly ObjectDifference[] {
  const found = new Map<string, ObjectDifference>()
  const histories = [wellFormedTimeline(before).history, wellFormedTimeline(after).history] as const
  const sides = [statesOf(histories[0]), statesOf(histories[1])] as const
  const seconds = new Set([...sides[0].keys(), ...sides[1].keys()])
  let [left, right]: [ClusterObjects, ClusterObjects] = [histories[0].start, histories[1].start]
  for (const atSeconds of [...seconds].sort((a, b) => a - b)) {
    left = sides[0].get(atSeconds) ?? left
    right = sides[1].get(atSeconds) ?? right
    for (const key of Object.keys({ ...left, ...right })) {
      if (found.has(key)) continue
      const fields = differencesOf(ownValue(left, key), ownValue(right, key))
      if (fields.length > 0) found.set(key, { key, atSeconds, fields })
    }
  }
  return [...found.values()]
}

const differencesOf = (left: KubeObject | undefined, right: KubeObject | undefined): readonly FieldDifference[] =>
  left === right ? [] : fieldDifferences(left, right)

/** The objects at the end of each second that changed something; under -1 those of the start. */
export const historyStates = (timeline: { readonly history: History }): ReadonlyMap<number, ClusterObjects> =>
  statesOf(wellFormedTimeline(timeline).history)

/** The state at the end of each second that changed something; the start counts as second -1. */
function statesOf({ start, seconds }: History): ReadonlyMap<number, ClusterObjects> {
  const states = new Map<number, ClusterObjects>([[-1, start]])
  let objects = start
  for (const { atSeconds, patches } of seconds) {
    objects = patched(objects, patches)
    states.set(atSeconds, objects)
  }
  return states
}

/** The fields that are read from a caller's timeline. */
const wellFormedTimeline = mender<{ readonly history: History }>({
  root: 'Timeline',
  types: {
    Timeline: 'history:History',
    History: 'start:map[]Object seconds:[]Second',
    Second: 'atSeconds:number patches:[]Patch',
    Patch: 'op:string path:[]string',
    Object: 'kind?:string metadata:Meta',
    Meta: 'name:string namespace?:string',
  },
})
