import {
  desiredReplicasAnnotation,
  podTemplateHashLabel,
  revisionAnnotation,
  scaleDownDeadlineAnnotation,
} from '../../model/labelKeys'
import { parseTime } from '../../model/time'
import type { ReplicaSet } from '../../model/workload'
import type { Turn } from '../turn'

export const wantedPods = (set: ReplicaSet | undefined): number => set?.spec.replicas ?? 0
export const createdPods = (set: ReplicaSet | undefined): number => set?.status?.replicas ?? 0
export const readyPods = (set: ReplicaSet | undefined): number => set?.status?.readyReplicas ?? 0
export const availablePods = (set: ReplicaSet | undefined): number => set?.status?.availableReplicas ?? 0
export const podHash = (set: ReplicaSet | undefined): string => set?.metadata.labels?.[podTemplateHashLabel] ?? ''

/** The controller watches only ReplicaSets that carry the label. */
export const isSeen = ({ metadata }: ReplicaSet): boolean => metadata.labels?.[podTemplateHashLabel] !== undefined

export const sumOf = (sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number): number =>
  sets.reduce((sum, set) => sum + count(set), 0)

/** The recorded revision; undefined where the annotation is missing or no integer. */
export function revisionOf(set: { readonly metadata: ReplicaSet['metadata'] }): number | undefined {
  const text = set.metadata.annotations?.[revisionAnnotation]
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined
}

/** Replicas that the Rollout wanted when the ReplicaSet was last synced. */
export function desiredReplicasOf(set: ReplicaSet): number | undefined {
  const text = set.metadata.annotations?.[desiredReplicasAnnotation]
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined
}

export const deadlineTextOf = (set: ReplicaSet | undefined): string | undefined => {
  const text = set?.metadata.annotations?.[scaleDownDeadlineAnnotation]
  return text === '' ? undefined : text
}

/** Seconds left until the scale-down deadline: undefined without one, NaN where it cannot be read. */
export function secondsUntilDeadline(set: ReplicaSet | undefined, now: number): number | undefined {
  const text = deadlineTextOf(set)
  if (text === undefined) return undefined
  return (parseTime(text) ?? Number.NaN) - now
}

const byName = (turn: Turn, name: string | undefined): ReplicaSet | undefined =>
  name === undefined ? undefined : turn.replicaSets.find((set) => set.metadata.name === name)

export const newSet = (turn: Turn): ReplicaSet | undefined => byName(turn, turn.newName) ?? turn.unlisted
export const stableSet = (turn: Turn): ReplicaSet | undefined => byName(turn, turn.stableName)
/** All but the new one. */
export const olderSets = (turn: Turn): ReplicaSet[] =>
  turn.replicaSets.filter((set) => set.metadata.name !== turn.newName)
/** Neither new nor stable: revisions in between. */
export const otherSets = (turn: Turn): ReplicaSet[] =>
  olderSets(turn).filter((set) => set.metadata.name !== turn.stableName)

/** There is a stable ReplicaSet, and it is not the new one. */
export const hasSeparateStable = (turn: Turn): boolean =>
  turn.stableName !== undefined && turn.stableName !== turn.newName && stableSet(turn) !== undefined

/** A ReplicaSet as the changes so far leave it. */
export const asChanged = (turn: Turn, set: ReplicaSet): ReplicaSet => turn.changedSets.get(set.metadata.name) ?? set

/** Notes how a change leaves a ReplicaSet; decisions go on from the former sizes. */
export function noteChanged(turn: Turn, changed: ReplicaSet): void {
  turn.changedSets.set(changed.metadata.name, changed)
}

/** As noteChanged, and decisions see it too. */
export function replaceSet(turn: Turn, changed: ReplicaSet): void {
  noteChanged(turn, changed)
  turn.replicaSets = turn.replicaSets.map((set) => (set.metadata.name === changed.metadata.name ? changed : set))
}

export function byCreation(left: ReplicaSet, right: ReplicaSet): number {
  const order = createdAt(left) - createdAt(right)
  if (order !== 0) return order
  return left.metadata.name < right.metadata.name ? -1 : left.metadata.name > right.metadata.name ? 1 : 0
}

export const createdAt = (object: { readonly metadata: ReplicaSet['metadata'] }): number =>
  parseTime(object.metadata.creationTimestamp) ?? Number.NEGATIVE_INFINITY

/** Highest revision first, those whose revision cannot be read before all; of equals the younger first. */
export function byRevisionDescending(left: ReplicaSet, right: ReplicaSet): number {
  const [one, other] = [revisionOf(left) ?? Number.POSITIVE_INFINITY, revisionOf(right) ?? Number.POSITIVE_INFINITY]
  return one === other ? createdAt(right) - createdAt(left) || 0 : other > one ? 1 : -1
}
