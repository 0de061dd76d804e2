import { scaleDownDeadlineAnnotation } from '../../model/labelKeys'
import { formatTime } from '../../model/time'
import type { ReplicaSet } from '../../model/workload'
import { secondsNow } from '../facts/clock'
import { commitToSet } from '../turn/commit'
import type { Turn } from '../turn/turn'

/** Sets or removes (undefined) the time from which the ReplicaSet may be scaled to 0. */
export function setScaleDownDeadline(turn: Turn, set: ReplicaSet, afterSeconds: number | undefined): void {
  // A new deadline takes effect in the next reconcile; a removed one is gone at once (since v1.10).
  if (annotateDeadline(turn, set, afterSeconds) && !afterSeconds) turn.semantics.noteRemovedDeadline(turn, set)
}

/** Writes or removes the deadline. Returns whether that changes anything. */
export function annotateDeadline(turn: Turn, set: ReplicaSet, afterSeconds: number | undefined): boolean {
  const { namespace } = turn.facts
  const deadline =
    afterSeconds === undefined || afterSeconds === 0 ? null : formatTime(secondsNow(turn.facts) + afterSeconds)
  if ((set.metadata.annotations?.[scaleDownDeadlineAnnotation] || null) === deadline) return false
  const annotations = { [scaleDownDeadlineAnnotation]: deadline }
  commitToSet(turn, set, { kind: 'annotateReplicaSet', namespace, name: set.metadata.name, annotations })
  return true
}
