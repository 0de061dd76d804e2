import type { Change } from '../../model/change'
import { desiredReplicasAnnotation, scaleDownDeadlineAnnotation } from '../../model/labelKeys'
import { formatTime } from '../../model/time'
import type { ReplicaSet } from '../../model/workload'
import { abortScaleDownDelayOf, isRouted, replicasOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { deadlineTextOf, revisionOf, wantedPods } from '../facts/replicaSets'
import { commit } from '../turn/commit'
import { emitOf } from '../turn/events'
import { isAborted } from '../turn/pauses'
import { asChanged, noteChanged, replaceSet } from '../turn/sets'
import type { Turn } from '../turn/turn'

/**
 * Scales a ReplicaSet and notes what the Rollout wanted by then (behaviour 3.8.1). Returns whether the size changed:
 * a mere note does not count.
 */
export function scaleTo(turn: Turn, set: ReplicaSet, replicas: number): boolean {
  const from = wantedPods(set)
  if (from === replicas && !needsNote(turn.facts, set)) return false
  const annotations: Record<string, string | null> = {
    [desiredReplicasAnnotation]: String(replicasOf(turn.facts.rollout)),
  }
  if (replicas === 0 && !delaysScaleDownOnAbort(turn)) annotations[scaleDownDeadlineAnnotation] = null
  const scaling = update(turn, set, replicas, annotations)
  if (from === replicas || !scaling) return false
  const direction = from < replicas ? 'up' : 'down'
  const revision = revisionOf(set) ?? 0
  emitOf(
    turn,
    scaling,
    'ScalingReplicaSet',
    `Scaled ${direction} ReplicaSet ${set.metadata.name} (revision ${revision}) from ${from} to ${replicas}`,
  )
  return true
}

function needsNote(facts: Facts, set: ReplicaSet): boolean {
  const replicas = replicasOf(facts.rollout)
  if (set.metadata.annotations?.[desiredReplicasAnnotation] !== String(replicas)) return true
  return replicas === 0 && deadlineTextOf(set) !== undefined
}

/** Notes how many replicas the Rollout wants, without scaling. */
export function noteDesiredReplicas(turn: Turn, set: ReplicaSet): void {
  if (!needsNote(turn.facts, set)) return
  const wanted = String(replicasOf(turn.facts.rollout))
  update(turn, set, wantedPods(set), { [desiredReplicasAnnotation]: wanted })
  replaceSet(turn, asChanged(turn, set))
}

function update(
  turn: Turn,
  set: ReplicaSet,
  replicas: number,
  patch: Record<string, string | null>,
): Change | undefined {
  const annotations: Record<string, string> = { ...asChanged(turn, set).metadata.annotations }
  const changed: Record<string, string | null> = {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      if (annotations[key] === undefined) continue
      delete annotations[key]
    } else if (annotations[key] === value) continue
    else annotations[key] = value
    changed[key] = value
  }
  if (replicas === wantedPods(set) && Object.keys(changed).length === 0) return undefined
  noteChanged(turn, { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas } })
  const [namespace, name] = [turn.facts.namespace, set.metadata.name]
  const change: Change = {
    kind: 'scaleReplicaSet',
    namespace,
    name,
    fromReplicas: wantedPods(set),
    replicas,
    annotations: changed,
  }
  commit(turn, change)
  return change
}

/** Sets or removes (undefined) the instant from which the ReplicaSet may go to 0. */
export function setScaleDownDeadline(turn: Turn, set: ReplicaSet, afterSeconds: number | undefined): void {
  const changed = annotateDeadline(turn, set, afterSeconds)
  if (!changed) return
  // A deadline that was just set counts from the next reconcile on; one that was removed is gone at once (since v1.10).
  if (deadlineTextOf(changed) === undefined) turn.semantics.noteRemovedDeadline(turn, changed)
  else noteChanged(turn, changed)
}

/** Writes or removes the deadline. Returns the ReplicaSet as that leaves it; undefined where nothing changes. */
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

/** After an abort the new pods stay for a while, so that traffic can leave them first (behaviour 3.8.5). */
export function delaysScaleDownOnAbort(turn: Turn): boolean {
  if (!isAborted(turn) || !turn.facts.stableSet) return false
  const { canary } = turn.facts.rollout.spec.strategy ?? {}
  if (canary && !isRouted(turn.facts.rollout)) return false
  const delay = abortScaleDownDelayOf(turn.facts.rollout)
  if (delay.seconds === undefined) return false
  return !(canary?.dynamicStableScale && !delay.explicit)
}
