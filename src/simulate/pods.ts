import { type ClusterObjects, readAs } from '../cluster/objects'
import type { KubeObject } from '../model/meta'
import type { PodMetadata } from '../model/rollout'
import type { ReplicaSet } from '../model/workload'
import { imagesOf } from './images'

/** How pods of the modelled cluster behave. */
export interface PodModel {
  /** Seconds from a pod's start until it is ready. Default 0. */
  readonly readyAfterSeconds?: number
  /** Seconds between the starts of two pods of a ReplicaSet: a cluster rarely starts all at once. Default 0. */
  readonly startEverySeconds?: number
  /** Images whose pods never become ready, whichever of their containers has them, init containers too. */
  readonly neverReadyImages?: readonly string[]
  /** Pods of these images stop being ready so many seconds after they became it. */
  readonly failAfterSeconds?: Readonly<Record<string, number>>
  /** At most so many pods of a ReplicaSet of these images become ready. */
  readonly mostReady?: Readonly<Record<string, number>>
}

/**
 * Pods that started in the same second: counted, not listed, so that a million pods cost what one costs. They are
 * numbered, so that objects can be made of them where somebody looks (podObjects.ts).
 */
export interface PodGroup {
  /** Negative: before the simulation began. */
  readonly startedAtSeconds: number
  readonly count: number
  /** Number of the first; the others follow. Pods are numbered in the order of their making, over all ReplicaSets. */
  readonly first: number
  /** They were there when the simulation began: older than anything that happens in it. */
  readonly isGiven?: boolean
  /** Of the template, when they were made. */
  readonly metadata?: PodMetadata
  /** One pod that was given as an object. Seconds count from the start of the simulation. */
  readonly pod?: { readonly name: string; readonly createdAtSeconds: number }
}

/** The pods of each ReplicaSet, oldest first, by the ReplicaSet's key. */
export type PodGroups = Readonly<Record<string, readonly PodGroup[]>>

export interface PodsOutcome {
  readonly objects: ClusterObjects
  readonly groups: PodGroups
  /** How many pods were ever made: the number of the last. */
  readonly made: number
  /** The next second at which a pod becomes ready, available or unready by itself. */
  readonly nextSecond?: number
}

/** The modelled ReplicaSet controller: starts and stops pods, and reports them in the ReplicaSets' statuses. */
export function runPods(
  objects: ClusterObjects,
  groups: PodGroups,
  model: PodModel,
  second: number,
  madeBefore = 0,
): PodsOutcome {
  let made = madeBefore
  let isChanged = false
  const nextGroups: Record<string, readonly PodGroup[]> = {}
  let next = objects
  let nextSecond: number | undefined
  for (const [key, set] of replicaSetsOf(objects)) {
    const life = lifeOf(set, model)
    const before = groups[key] ?? []
    const wanted = countOf(set.spec.replicas)
    const missing = wanted - sumOf(before)
    const { metadata } = set.spec.template ?? {}
    const pods =
      missing > 0
        ? [...before, ...startedPods(missing, second, made + 1, model).map((group) => ({ ...group, metadata }))]
        : withoutExcess(before, -missing, second, life)
    made += Math.max(0, missing)
    nextGroups[key] = pods
    if (pods !== groups[key]) isChanged = true
    const counts = countsOf(set, pods, second, life)
    if (!reports(set, counts))
      next = { ...next, [key]: { ...set, status: { ...set.status, ...counts } } as unknown as KubeObject }
    const turn = nextTurn(pods, life, second)
    if (turn < (nextSecond ?? Number.POSITIVE_INFINITY)) nextSecond = turn
  }
  isChanged ||= Object.keys(groups).length !== Object.keys(nextGroups).length
  return { objects: next, groups: isChanged ? nextGroups : groups, made, nextSecond }
}

/** More groups than this would make a large ReplicaSet slow. */
const mostGroups = 50

/** New pods of a ReplicaSet, in groups that start in the same second. */
function startedPods(
  count: number,
  second: number,
  first: number,
  { startEverySeconds = 0 }: PodModel,
): readonly PodGroup[] {
  if (!(startEverySeconds > 0) || count <= 1) return [{ startedAtSeconds: second, count, first }]
  const size = Math.ceil(count / mostGroups)
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
    startedAtSeconds: second + index * size * startEverySeconds,
    count: Math.min(size, count - index * size),
    first: first + index * size,
  }))
}

/** ReplicaSets that report the pods there are in this moment, before their controller has made the missing ones. */
export function withPodsOfNow(
  objects: ClusterObjects,
  groups: PodGroups,
  model: PodModel,
  second: number,
): ClusterObjects {
  let next = objects
  for (const [key, set] of replicaSetsOf(objects)) {
    const own = groups[key]
    if (!own) continue
    const counts = countsOf(set, own, second, lifeOf(set, model))
    if (!reports(set, counts))
      next = { ...next, [key]: { ...set, status: { ...set.status, ...counts } } as unknown as KubeObject }
  }
  return next
}

export function replicaSetsOf(objects: ClusterObjects): readonly [key: string, set: ReplicaSet][] {
  const keys = Object.keys(objects).filter((key) => key.startsWith('replicasets/'))
  return keys.map((key) => [key, readAs('ReplicaSet', objects[key] as KubeObject)])
}

const countOf = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : 0

/** Ages in seconds at which a pod of a ReplicaSet changes. */
export interface Life {
  readonly readyAfter: number
  readonly availableAfter: number
  readonly unreadyAfter: number
  readonly mostReady: number
}

export function lifeOf(set: ReplicaSet, model: PodModel): Life {
  const images = imagesOf(set.spec?.template?.spec)
  const never = images.some((image) => model.neverReadyImages?.includes(image))
  const readyAfter = never ? Number.POSITIVE_INFINITY : (model.readyAfterSeconds ?? 0)
  return {
    readyAfter,
    availableAfter: readyAfter + (set.spec?.minReadySeconds ?? 0),
    unreadyAfter: readyAfter + leastOf(model.failAfterSeconds, images),
    mostReady: leastOf(model.mostReady, images),
  }
}

/** The least of the numbers of some images: infinite if there is none. */
const leastOf = (numbers: Readonly<Record<string, number>> | undefined, images: readonly string[]): number =>
  Math.min(
    ...images.map((image) =>
      numbers && Object.hasOwn(numbers, image) ? (numbers[image] ?? 0) : Number.POSITIVE_INFINITY,
    ),
  )

export const isReady = (age: number, life: Life): boolean => age >= life.readyAfter && age < life.unreadyAfter
const isAvailable = (age: number, life: Life): boolean => age >= life.availableAfter && age < life.unreadyAfter

const sumOf = (groups: readonly PodGroup[]): number => groups.reduce((sum, { count }) => sum + count, 0)

/** Those that go are first the ones that are not ready, then the youngest. */
function withoutExcess(groups: readonly PodGroup[], excess: number, second: number, life: Life): readonly PodGroup[] {
  if (excess === 0) return groups
  let toGo = excess
  const remaining = groups.map(({ count }) => count)
  const lucky = luckyOf(groups, life)
  const ready = groups.map(({ startedAtSeconds }, index) =>
    isReady(second - startedAtSeconds, life) ? (lucky[index] ?? 0) : 0,
  )
  const takeDownTo = (floors: readonly number[]): void => {
    for (let index = groups.length - 1; index >= 0; index--) {
      const taken = Math.min((remaining[index] ?? 0) - (floors[index] ?? 0), toGo)
      remaining[index] = (remaining[index] ?? 0) - taken
      toGo -= taken
    }
  }
  takeDownTo(ready)
  takeDownTo([])
  return groups.map((group, index) => ({ ...group, count: remaining[index] ?? 0 })).filter(({ count }) => count > 0)
}

/** How many of each group may become ready at all: the oldest of the ReplicaSet. */
export function luckyOf(groups: readonly PodGroup[], life: Life): readonly number[] {
  let left = life.mostReady
  return groups.map(({ count }) => {
    const lucky = Math.max(0, Math.min(count, left))
    left -= count
    return lucky
  })
}

type Counts = Required<
  Pick<NonNullable<ReplicaSet['status']>, 'replicas' | 'fullyLabeledReplicas' | 'readyReplicas' | 'availableReplicas'>
> & { readonly observedGeneration: number | undefined }

function countsOf(set: ReplicaSet, groups: readonly PodGroup[], second: number, life: Life): Counts {
  let [ready, available] = [0, 0]
  const lucky = luckyOf(groups, life)
  groups.forEach(({ startedAtSeconds }, index) => {
    const age = second - startedAtSeconds
    if (isReady(age, life)) ready += lucky[index] ?? 0
    if (isAvailable(age, life)) available += lucky[index] ?? 0
  })
  const replicas = sumOf(groups)
  return {
    replicas,
    fullyLabeledReplicas: replicas,
    readyReplicas: ready,
    availableReplicas: available,
    observedGeneration: set.metadata.generation,
  }
}

const countNames = [
  'replicas',
  'fullyLabeledReplicas',
  'readyReplicas',
  'availableReplicas',
  'observedGeneration',
] as const

/** The status of the ReplicaSet says so already. */
const reports = ({ status }: ReplicaSet, counts: Counts): boolean =>
  status !== undefined && status !== null && countNames.every((name) => status[name] === counts[name])

/** The next second at which a pod becomes ready, available or unready by itself. */
function nextTurn(groups: readonly PodGroup[], life: Life, second: number): number {
  let next = Number.POSITIVE_INFINITY
  for (const { startedAtSeconds } of groups) {
    for (const age of [life.readyAfter, life.availableAfter, life.unreadyAfter]) {
      const at = Math.ceil(startedAtSeconds + age)
      if (at > second && at < next) next = at
    }
  }
  return next
}
