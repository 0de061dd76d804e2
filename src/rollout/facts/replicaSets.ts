import { byName } from '../../model/byName'
import { integerOf } from '../../model/integerText'
import {
  desiredReplicasAnnotation,
  podTemplateHashLabel,
  revisionAnnotation,
  scaleDownDeadlineAnnotation,
} from '../../model/labelKeys'
import { parseTime } from '../../model/time'
import type { ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import { secondsNow } from './clock'
import type { Facts } from './facts'

export const wantedPods = (set: ReplicaSet | undefined): number => set?.spec.replicas ?? 0
export const createdPods = (set: ReplicaSet | undefined): number => set?.status?.replicas ?? 0
export const readyPods = (set: ReplicaSet | undefined): number => set?.status?.readyReplicas ?? 0
export const availablePods = (set: ReplicaSet | undefined): number => set?.status?.availableReplicas ?? 0
export const podHash = (set: ReplicaSet | undefined): string => set?.metadata.labels?.[podTemplateHashLabel] ?? ''

/** The controller watches only ReplicaSets that carry the label. */
export const isSeen = ({ metadata }: ReplicaSet): boolean => metadata.labels?.[podTemplateHashLabel] !== undefined

export function sumOf(sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number): number {
  let sum = 0
  for (const set of sets) sum += count(set)
  return sum
}

/** The recorded revision; undefined if the annotation is missing or not an integer. */
export function revisionOf(set: { readonly metadata: ReplicaSet['metadata'] }): number | undefined {
  const text = set.metadata.annotations?.[revisionAnnotation]
  return text === undefined ? undefined : integerOf(text)
}

/** `spec.replicas` of the Rollout when the ReplicaSet was last synced. */
export function desiredReplicasOf(set: ReplicaSet): number | undefined {
  const text = set.metadata.annotations?.[desiredReplicasAnnotation]
  return text === undefined ? undefined : integerOf(text)
}

export const deadlineTextOf = (set: ReplicaSet | undefined): string | undefined => {
  const text = set?.metadata.annotations?.[scaleDownDeadlineAnnotation]
  return text === '' ? undefined : text
}

/** Seconds left until the scale-down deadline: undefined without one, NaN if it cannot be parsed. */
export function secondsUntilDeadline(facts: Pick<Facts, 'clock'>, set: ReplicaSet | undefined): number | undefined {
  const text = deadlineTextOf(set)
  if (text === undefined) return undefined
  return (parseTime(text) ?? Number.NaN) - secondsNow(facts)
}

/** The ReplicaSets by role. `unlisted`: a new one that is not in the list yet. */
export function setsByRole(
  replicaSets: readonly ReplicaSet[],
  newName: string | undefined,
  stableName: string | undefined,
  unlisted: ReplicaSet | undefined,
): Pick<
  Facts,
  'replicaSets' | 'newName' | 'stableName' | 'unlisted' | 'newSet' | 'stableSet' | 'olderSets' | 'otherSets'
> {
  const olderSets: ReplicaSet[] = []
  const otherSets: ReplicaSet[] = []
  for (const set of replicaSets) {
    if (set.metadata.name === newName) continue
    olderSets.push(set)
    if (set.metadata.name !== stableName) otherSets.push(set)
  }
  return {
    replicaSets,
    newName,
    stableName,
    unlisted,
    newSet: byName(replicaSets, newName) ?? unlisted,
    stableSet: byName(replicaSets, stableName),
    olderSets,
    otherSets,
  }
}

/** There is a stable ReplicaSet, and it is not the new one. */
export const hasSeparateStable = ({ newName, stableName, stableSet }: Facts): boolean =>
  stableName !== newName && stableSet !== undefined

export function byCreation(left: ReplicaSet, right: ReplicaSet): number {
  const [one, other] = [left.metadata.creationTimestamp, right.metadata.creationTimestamp]
  const order = one === other ? 0 : compareTimes(one, other)
  if (order !== 0) return order
  return left.metadata.name < right.metadata.name ? -1 : left.metadata.name > right.metadata.name ? 1 : 0
}

/** Texts of one form are in the order of their times. */
function compareTimes(one: string | null | undefined, other: string | null | undefined): number {
  if (one && other && isPlainTime(one) && isPlainTime(other)) return one < other ? -1 : 1
  return (parseTime(one) ?? Number.NEGATIVE_INFINITY) - (parseTime(other) ?? Number.NEGATIVE_INFINITY)
}

/** As API servers write times: `2030-01-31T23:59:59Z`. */
const isPlainTime = (text: string): boolean => text.length === 20 && text[10] === 'T' && text[19] === 'Z'

export const createdAt = (object: { readonly metadata: ReplicaSet['metadata'] }): number =>
  parseTime(object.metadata.creationTimestamp) ?? Number.NEGATIVE_INFINITY

/** Highest revision first; unreadable revisions come before all; among equals the younger comes first. */
export function byRevisionDescending(left: ReplicaSet, right: ReplicaSet): number {
  const [one, other] = [revisionOf(left) ?? Number.POSITIVE_INFINITY, revisionOf(right) ?? Number.POSITIVE_INFINITY]
  return one === other ? createdAt(right) - createdAt(left) || 0 : other > one ? 1 : -1
}

export const setWithHash = ({ replicaSets }: Facts, hash: string): ReplicaSet | undefined =>
  hash === '' ? undefined : replicaSets.find((one) => podHash(one) === hash)

/** Wanted, annotated, created and available pods all equal `spec.replicas`. */
export function isSaturated({ rollout }: Facts, one: ReplicaSet | undefined): boolean {
  if (!one) return false
  const replicas = replicasOf(rollout)
  return (
    wantedPods(one) === replicas &&
    desiredReplicasOf(one) === replicas &&
    availablePods(one) === replicas &&
    createdPods(one) >= 0
  )
}
