import type { KubeObject } from '../model/meta'
import type { ReplicaSet } from '../model/workload'
import type { ClusterObjects } from './cluster/state'

/** How pods of the modelled cluster behave. */
export interface PodModel {
  /** Seconds from a pod's start until it is ready. Default 0. */
  readonly readyAfterSeconds?: number
  /** Images (of the first container) whose pods never become ready. */
  readonly neverReadyImages?: readonly string[]
  /** Pods of these images stop being ready so many seconds after they became it. */
  readonly failAfterSeconds?: Readonly<Record<string, number>>
  /** At most so many pods of a ReplicaSet of these images become ready. */
  readonly mostReady?: Readonly<Record<string, number>>
}

/** Seconds at which the pods of each ReplicaSet started, oldest first, by the ReplicaSet's key. */
export type PodBirths = Readonly<Record<string, readonly number[]>>

export interface PodsOutcome {
  readonly objects: ClusterObjects
  readonly births: PodBirths
  /** The next second at which a pod becomes ready, available or unready by itself. */
  readonly nextSecond?: number
}

/** The modelled ReplicaSet controller: starts and stops pods, and reports them in the ReplicaSets' statuses. */
export function runPods(objects: ClusterObjects, births: PodBirths, model: PodModel, second: number): PodsOutcome {
  const nextBirths: Record<string, readonly number[]> = {}
  let next = objects
  let nextSecond: number | undefined
  for (const [key, object] of Object.entries(objects)) {
    if (!key.startsWith('replicasets/')) continue
    const set = object as unknown as ReplicaSet
    const life = lifeOf(set, model)
    const pods = scaled(births[key] ?? [], set.spec.replicas ?? 0, second, life)
    nextBirths[key] = pods
    const status = statusOf(set, pods, second, life)
    if (JSON.stringify(status) !== JSON.stringify(set.status))
      next = { ...next, [key]: { ...object, status } as KubeObject }
    for (const at of turningPoints(pods, life)) {
      if (at > second && (nextSecond === undefined || at < nextSecond)) nextSecond = at
    }
  }
  return { objects: next, births: nextBirths, nextSecond }
}

interface Life {
  readonly readyAfter: number
  readonly availableAfter: number
  readonly unreadyAfter: number
  readonly mostReady: number
}

function lifeOf(set: ReplicaSet, model: PodModel): Life {
  const containers = set.spec.template?.spec?.containers
  const first = Array.isArray(containers) ? (containers[0] as { image?: string } | undefined) : undefined
  const image = first?.image ?? ''
  const never = model.neverReadyImages?.includes(image) === true
  const readyAfter = never ? Number.POSITIVE_INFINITY : (model.readyAfterSeconds ?? 0)
  const failAfter = model.failAfterSeconds?.[image] ?? Number.POSITIVE_INFINITY
  return {
    readyAfter,
    availableAfter: readyAfter + (set.spec.minReadySeconds ?? 0),
    unreadyAfter: readyAfter + failAfter,
    mostReady: model.mostReady?.[image] ?? Number.POSITIVE_INFINITY,
  }
}

const isReady = (age: number, life: Life): boolean => age >= life.readyAfter && age < life.unreadyAfter
const isAvailable = (age: number, life: Life): boolean => age >= life.availableAfter && age < life.unreadyAfter

/** Scaling down takes pods that are not ready first, then the youngest; pods go at once. */
function scaled(pods: readonly number[], wanted: number, second: number, life: Life): readonly number[] {
  if (pods.length < wanted) return [...pods, ...Array.from({ length: wanted - pods.length }, () => second)]
  if (pods.length === wanted) return pods
  const ranked = pods
    .map((birth, index) => ({ birth, index, ready: index < life.mostReady && isReady(second - birth, life) }))
    .sort(
      (left, right) => Number(right.ready) - Number(left.ready) || left.birth - right.birth || left.index - right.index,
    )
  return ranked
    .slice(0, Math.max(0, wanted))
    .sort((left, right) => left.index - right.index)
    .map(({ birth }) => birth)
}

function statusOf(set: ReplicaSet, pods: readonly number[], second: number, life: Life): ReplicaSet['status'] {
  const lucky = pods.slice(0, Math.min(pods.length, life.mostReady))
  return {
    ...set.status,
    replicas: pods.length,
    fullyLabeledReplicas: pods.length,
    readyReplicas: lucky.filter((birth) => isReady(second - birth, life)).length,
    availableReplicas: lucky.filter((birth) => isAvailable(second - birth, life)).length,
    observedGeneration: set.metadata.generation,
  }
}

const turningPoints = (pods: readonly number[], life: Life): number[] =>
  pods.flatMap((birth) =>
    [life.readyAfter, life.availableAfter, life.unreadyAfter]
      .filter(Number.isFinite)
      .map((after) => Math.ceil(birth + after)),
  )
