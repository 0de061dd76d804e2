import { scaleDownDeadlineAnnotation } from '../../model/labelKeys'
import { formatTime } from '../../model/time'
import type { ReplicaSet } from '../../model/workload'
import { deadlineTextOf } from '../facts/replicaSets'
import { commit } from '../turn/commit'
import { noteChanged } from '../turn/sets'
import type { Turn } from '../turn/turn'

/** Sets or removes (undefined) the time from which the ReplicaSet may be scaled to 0. */
export function setScaleDownDeadline(turn: Turn, set: ReplicaSet, afterSeconds: number | undefined): void {
  const changed = annotateDeadline(turn, set, afterSeconds)
  if (!changed) return
  // A new deadline takes effect in the next reconcile; a removed one is gone at once (since v1.10).
  if (deadlineTextOf(changed) === undefined) turn.semantics.noteRemovedDeadline(turn, changed)
  else noteChanged(turn, changed)
}

/** Writes or removes the deadline. Returns the changed ReplicaSet, or undefined if nothing changes. */
export function annotateDeadline(
  turn: Turn,
  set: ReplicaSet,
  afterSeconds: number | undefined,
): ReplicaSet | undefined {
  const { now, namespace } = turn.facts
  const deadline = afterSeconds === undefined || afterSeconds === 0 ? null : formatTime(now + afterSeconds)
  const { [scaleDownDeadlineAnnotation]: current, ...others } = set.metadata.annotations ?? {}
  if ((current || null) === deadline) return undefined
  const annotations = { [scaleDownDeadlineAnnotation]: deadline }
  commit(turn, { kind: 'annotateReplicaSet', namespace, name: set.metadata.name, annotations })
  const left = deadline === null ? others : { ...others, [scaleDownDeadlineAnnotation]: deadline }
  return { ...set, metadata: { ...set.metadata, annotations: left } }
}
