import type { ScaleReplicaSet } from '../../model/change'
import { ownValue } from '../../model/json'
import { desiredReplicasAnnotation, scaleDownDeadlineAnnotation } from '../../model/labelKeys'
import type { ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { deadlineTextOf, revisionOf, wantedPods } from '../facts/replicaSets'
import { commitToSet } from '../turn/commit'
import { emitOf } from '../turn/events'
import { asChanged, seeChanged } from '../turn/sets'
import type { Turn } from '../turn/turn'
import { delaysScaleDownOnAbort } from './abortScaleDownDelay'

/**
 * Scales a ReplicaSet and records the Rollout's `spec.replicas` (behaviour 3.8.1). Returns whether the size changed;
 * recording alone does not count.
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

/** Records the Rollout's `spec.replicas` without scaling. */
export function noteDesiredReplicas(turn: Turn, set: ReplicaSet): void {
  if (!needsNote(turn.facts, set)) return
  const wanted = String(replicasOf(turn.facts.rollout))
  update(turn, set, wantedPods(set), { [desiredReplicasAnnotation]: wanted })
  seeChanged(turn, set)
}

function update(
  turn: Turn,
  set: ReplicaSet,
  replicas: number,
  patch: Record<string, string | null>,
): ScaleReplicaSet | undefined {
  const { annotations = {} } = asChanged(turn.ledger, set).metadata
  const changed: Record<string, string | null> = {}
  let isChanged = replicas !== wantedPods(set)
  for (const key of Object.keys(patch)) {
    const value = patch[key] ?? null
    if ((ownValue(annotations, key) ?? null) === value) continue
    changed[key] = value
    isChanged = true
  }
  if (!isChanged) return undefined
  const [namespace, name] = [turn.facts.namespace, set.metadata.name]
  const change: ScaleReplicaSet = {
    kind: 'scaleReplicaSet',
    namespace,
    name,
    fromReplicas: wantedPods(set),
    replicas,
    annotations: changed,
  }
  commitToSet(turn, set, change)
  return change
}
