import { type ClusterObjects, withObject } from '../cluster/objects'
import { withFields } from '../model/copies'
import { asKind, asKubeObject } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { PodMetadata } from '../model/rollout'
import type { ReplicaSet } from '../model/workload'
import { imagesOf } from './images'
import type { PodGroup, PodGroups, PodModel } from './podGroup'
import { type Life, lifeOf, lifeOfGroup, luckyOf, nextTurnOf, readySince } from './podLife'
import { noRules, type PodRules, scheduled, withLives } from './podRules'

export interface PodsOutcome {
  readonly objects: ClusterObjects
  readonly groups: PodGroups
  /** How many pods were ever made: the number of the last. */
  readonly made: number
  /** The next second at which a pod becomes ready, available or unready by itself. */
  readonly nextSecond: number | undefined
}

/** The modelled ReplicaSet controller: starts and stops pods, and reports them in the ReplicaSets' statuses. */
export function runPods(
  objects: ClusterObjects,
  groups: PodGroups,
  model: PodModel,
  second: number,
  madeBefore = 0,
  rules: PodRules = noRules,
): PodsOutcome {
  const sets = replicaSetsOf(objects)
  const lives = sets.map(([, set]) => lifeOf(set, model))
  let pods = sets.map(([key, set], index) => {
    const before = withoutGone(groups[key] ?? [], second)
    return withoutExcess(before, Math.max(0, sumOf(before) - countOf(set.spec?.replicas)), second, lives[index] as Life)
  })
  let made = madeBefore
  let free = (rules.room?.pods ?? Number.POSITIVE_INFINITY) - pods.reduce((sum, own) => sum + sumOf(own), 0)
  pods = pods.map((own, index) => {
    const { spec } = (sets[index] as (typeof sets)[number])[1] as Partial<ReplicaSet>
    const isRefused = imagesOf(spec?.template?.spec).some((image) => model.refusedImages?.includes(image))
    const missing = isRefused ? 0 : Math.min(countOf(spec?.replicas) - sumOf(own), Math.max(0, free))
    if (missing <= 0) return own
    const { metadata, spec: podSpec } = spec?.template ?? {}
    const started = startedPods(missing, second, made + 1, model, metadata)
    made += missing
    free -= missing
    return [...own, ...withLives(started, imagesOf(podSpec), rules)]
  })
  pods = scheduled(pods, rules.room?.running, second)
  const { objects: after, nextSecond } = reported(objects, sets, pods, lives, second)
  return { objects: after, groups: groupsOf(sets, pods, groups), made, nextSecond }
}

/** The same record if no group changed. */
function groupsOf(sets: ReplicaSets, pods: readonly (readonly PodGroup[])[], before: PodGroups): PodGroups {
  const groups: Record<string, readonly PodGroup[]> = {}
  let isChanged = Object.keys(before).length !== sets.length
  sets.forEach(([key], index) => {
    groups[key] = pods[index] ?? []
    if (pods[index] !== before[key]) isChanged = true
  })
  return isChanged ? groups : before
}

function reported(
  objects: ClusterObjects,
  sets: ReplicaSets,
  pods: readonly (readonly PodGroup[])[],
  lives: readonly Life[],
  second: number,
): Pick<PodsOutcome, 'objects' | 'nextSecond'> {
  let next = objects
  let nextSecond: number | undefined
  sets.forEach(([key, set], index) => {
    const own = pods[index] ?? []
    const life = lives[index] as Life
    const counts = countsOf(set, own, second, life)
    if (!reports(set, counts)) next = withObject(next, key, withCounts(set, counts))
    for (const group of own) {
      const turn = nextTurnOf(group, second, lifeOfGroup(group, life))
      if (turn < (nextSecond ?? Number.POSITIVE_INFINITY)) nextSecond = turn
    }
  })
  return { objects: next, nextSecond }
}

/** Without pods of lost nodes whose time is over. */
function withoutGone(groups: readonly PodGroup[], second: number): readonly PodGroup[] {
  const isGone = ({ lost }: PodGroup): boolean => lost !== undefined && second >= lost.goneAtSeconds
  return groups.some(isGone) ? groups.filter((group) => !isGone(group)) : groups
}

/** More groups than this would make a large ReplicaSet slow. */
const mostGroups = 50

/** New pods of a ReplicaSet, in groups that start in the same second. */
function startedPods(
  count: number,
  second: number,
  first: number,
  { startEverySeconds = 0 }: PodModel,
  metadata: PodMetadata | undefined,
): readonly PodGroup[] {
  if (!(startEverySeconds > 0) || count <= 1) return [{ startedAtSeconds: second, count, first, metadata }]
  const size = Math.ceil(count / mostGroups)
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
    startedAtSeconds: second + index * size * startEverySeconds,
    count: Math.min(size, count - index * size),
    first: first + index * size,
    metadata,
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
    if (!reports(set, counts)) next = withObject(next, key, withCounts(set, counts))
  }
  return next
}

type ReplicaSets = readonly (readonly [key: string, set: ReplicaSet])[]

export function replicaSetsOf(objects: ClusterObjects): ReplicaSets {
  const sets: [key: string, set: ReplicaSet][] = []
  for (const key of Object.keys(objects))
    if (key.startsWith('replicasets/')) sets.push([key, asKind('ReplicaSet', objects[key] as KubeObject)])
  return sets
}

const countOf = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : 0

const sumOf = (groups: readonly PodGroup[]): number => groups.reduce((sum, { count }) => sum + count, 0)

/** Those that go are first the ones that are not ready, then the youngest. */
function withoutExcess(groups: readonly PodGroup[], excess: number, second: number, life: Life): readonly PodGroup[] {
  if (excess === 0) return groups
  let toGo = excess
  const remaining = groups.map(({ count }) => count)
  const lucky = luckyOf(groups, life)
  const ready = groups.map((group, index) =>
    readySince(group, second, lifeOfGroup(group, life)) === undefined ? 0 : (lucky[index] ?? 0),
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

type Counts = Required<
  Pick<NonNullable<ReplicaSet['status']>, 'replicas' | 'fullyLabeledReplicas' | 'readyReplicas' | 'availableReplicas'>
> & { readonly observedGeneration: number | undefined }

function countsOf(set: ReplicaSet, groups: readonly PodGroup[], second: number, life: Life): Counts {
  let [ready, available] = [0, 0]
  const lucky = luckyOf(groups, life)
  groups.forEach((group, index) => {
    const since = readySince(group, second, lifeOfGroup(group, life))
    if (since === undefined) return
    ready += lucky[index] ?? 0
    if (second - group.startedAtSeconds >= since + life.minReady) available += lucky[index] ?? 0
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

const withCounts = (set: ReplicaSet, counts: Counts): KubeObject =>
  asKubeObject(withFields(set, { status: withFields(set.status, counts) }))

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
