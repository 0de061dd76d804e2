import type { ClusterObjects } from '../cluster/objects'
import { withFields } from '../model/copies'
import { isJsonObject, isWalkableList } from '../model/json'
import type { KubeObject } from '../model/meta'
import { parseTime } from '../model/time'
import type { ReplicaSet } from '../model/workload'
import { imagesOf } from './images'
import type { PodGroup, PodModel } from './podGroup'
import { type Life, lifeOf } from './podLife'
import { type PodRules, withLives } from './podRules'
import { type PodsOutcome, replicaSetsOf } from './pods'

/** The input for groups of existing pods. */
interface Start {
  readonly objects: ClusterObjects
  readonly model: PodModel
  /** Seconds since 1970. */
  readonly startSeconds: number
  readonly rules: PodRules
}

/**
 * Pods of the ReplicaSets that exist at the start. Given pods keep their names and ages. If a ReplicaSet reports more
 * pods, the others are counted; ready or available ones are so from the start.
 */
export function observedPods({ objects, model, startSeconds, rules }: Start): Pick<PodsOutcome, 'groups' | 'made'> {
  const groups: Record<string, readonly PodGroup[]> = {}
  const livePods = Object.values(objects).filter(isLivePod)
  let made = 0
  for (const [key, set] of replicaSetsOf(objects)) {
    const life = lifeOf(set, model)
    const own = livePods.filter((pod) => isOwnedBy(pod, set))
    const known = asAvailableAsReported(
      set,
      own.map((pod) => adopted(pod, life, startSeconds)),
      life,
    )
    const all = [...known, ...countedPods(set, known, life)]
    const oldestFirst = all
      .filter(({ count }) => count > 0)
      .sort((left, right) => left.startedAtSeconds - right.startedAtSeconds)
    const numbered = oldestFirst.map((group) => {
      made += group.count
      return withFields(group, { first: made - group.count + 1 })
    })
    groups[key] = withLives(numbered, imagesOf(set.spec?.template?.spec), begun(rules))
  }
  return { groups, made }
}

/** Whether and when they became ready is known: of what models say of the start nothing counts. */
const begun = ({ lifeOf, room }: PodRules): PodRules => ({
  room,
  lifeOf:
    lifeOf &&
    ((images, number) => {
      const { readyAfterSeconds: _, ...life } = lifeOf(images, number) ?? {}
      return Object.keys(life).length === 0 ? undefined : life
    }),
})

/** The cluster without the Pods that are counted from now on. */
export function withoutGivenPods(objects: ClusterObjects): ClusterObjects {
  const sets = replicaSetsOf(objects).map(([, set]) => set)
  const kept = Object.entries(objects).filter(
    ([, one]) => one.kind !== 'Pod' || !sets.some((set) => isOwnedBy(one, set)),
  )
  return kept.length === Object.keys(objects).length ? objects : Object.fromEntries(kept)
}

/** Pods that are being deleted or have finished no longer count. */
function isLivePod(object: KubeObject): boolean {
  if (object.kind !== 'Pod' || (object.metadata.deletionTimestamp ?? null) !== null) return false
  const phase = isJsonObject(object.status) ? object.status.phase : undefined
  return phase !== 'Failed' && phase !== 'Succeeded'
}

function isOwnedBy({ metadata }: KubeObject, set: ReplicaSet): boolean {
  const { ownerReferences } = metadata
  if (metadata.namespace !== set.metadata.namespace || !isWalkableList(ownerReferences)) return false
  return ownerReferences.some((owner) => owner?.kind === 'ReplicaSet' && owner.name === set.metadata.name)
}

type Unnumbered = Omit<PodGroup, 'first'>

/** A ready pod has been ready since the time of its condition, regardless of `readyAfterSeconds`. */
function adopted({ metadata, status }: KubeObject, life: Life, startSeconds: number): Unnumbered {
  const { name, creationTimestamp, labels, annotations } = metadata
  const ageSeconds = Math.max(0, startSeconds - (parseTime(creationTimestamp) ?? startSeconds))
  const conditions = isJsonObject(status) && isWalkableList(status.conditions) ? status.conditions : []
  const ready = conditions.filter(isJsonObject).find(({ type }) => type === 'Ready')
  const readySince = parseTime(typeof ready?.lastTransitionTime === 'string' ? ready.lastTransitionTime : undefined)
  const readyForSeconds = Math.max(0, startSeconds - (readySince ?? startSeconds))
  const started =
    ready?.status === 'True' ? -(finite(life.readyAfter) + readyForSeconds) : -Math.min(ageSeconds, pendingFor(life))
  return {
    startedAtSeconds: started,
    count: 1,
    isGiven: true,
    metadata: { labels, annotations },
    pod: { name, createdAtSeconds: -ageSeconds },
  }
}

/**
 * What the ReplicaSet reports as available is available, however short the pods' conditions say that they are ready:
 * its controller has judged them already, by a clock of its own.
 */
function asAvailableAsReported(
  { status }: ReplicaSet,
  known: readonly Unnumbered[],
  life: Life,
): readonly Unnumbered[] {
  const readyFirst = known
    .filter(({ startedAtSeconds }) => -startedAtSeconds >= life.readyAfter)
    .sort((left, right) => left.startedAtSeconds - right.startedAtSeconds)
  const judged = new Set(readyFirst.slice(0, countOf(status?.availableReplicas)))
  return known.map((pod) =>
    judged.has(pod) && -pod.startedAtSeconds < life.availableAfter
      ? { ...pod, startedAtSeconds: -life.availableAfter }
      : pod,
  )
}

/** A given pod that is not ready keeps its age, but becomes ready no earlier than the second after the start. */
const pendingFor = ({ readyAfter }: Life): number => (Number.isFinite(readyAfter) ? Math.max(0, readyAfter - 1) : 0)

const finite = (seconds: number): number => (Number.isFinite(seconds) ? seconds : 0)

/** Pods that the ReplicaSet reports in addition to the given ones. */
function countedPods(set: ReplicaSet, known: readonly Unnumbered[], life: Life): readonly Unnumbered[] {
  const { status } = set
  const readyKnown = known.filter(({ startedAtSeconds }) => -startedAtSeconds >= life.readyAfter).length
  const created = Math.max(0, countOf(status?.replicas) - known.length)
  const ready = Math.min(Math.max(0, countOf(status?.readyReplicas) - readyKnown), created)
  const available = Math.min(Math.max(0, countOf(status?.availableReplicas) - readyKnown), ready)
  const counted = (age: number, count: number): Unnumbered => ({
    startedAtSeconds: Number.isFinite(age) ? -age : 0,
    count,
    isGiven: true,
    metadata: set.spec?.template?.metadata,
  })
  return [
    counted(life.availableAfter, available),
    counted(life.readyAfter, ready - available),
    counted(0, created - ready),
  ]
}

const countOf = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : 0
