import { ownValue } from '../../model/json'
import { revisionAnnotation } from '../../model/labelKeys'
import type { ObjectMeta } from '../../model/meta'
import { parseTime } from '../../model/time'
import type { ViewMeta } from '../rolloutView'

export const viewMetaOf = ({ name, namespace, uid, creationTimestamp }: ObjectMeta): ViewMeta => ({
  name,
  namespace: namespace ?? '',
  uid: uid ?? '',
  ...(creationTimestamp ? { creationTimestamp } : {}),
})

/** Whether one of the owners is the object with the UID: unlike in a reconcile, any owner counts. */
export const isOwnedBy = (uid: string | undefined, { ownerReferences }: ObjectMeta): boolean =>
  (ownerReferences ?? []).some((owner) => owner.uid === (uid ?? ''))

/** 0 where the annotation is missing or no number. */
export function revisionOf({ annotations }: ObjectMeta): number {
  const text = ownValue(annotations, revisionAnnotation) ?? ''
  const revision = /^[+-]?\d+$/.test(text) ? Number(text) : 0
  return Math.abs(revision) < 2 ** 63 ? revision : 0
}

/** Compares by creation; what has no time comes first, as the year 1 does. */
export const byCreation = (left: ViewMeta, right: ViewMeta): number => {
  const [before, after] = [secondsOf(left), secondsOf(right)]
  return before === after ? 0 : before < after ? -1 : 1
}

const secondsOf = ({ creationTimestamp }: ViewMeta): number => parseTime(creationTimestamp) ?? Number.NEGATIVE_INFINITY

/** By code units: names are ASCII. */
export const byName = (left: ViewMeta, right: ViewMeta): number =>
  left.name === right.name ? 0 : left.name < right.name ? -1 : 1
