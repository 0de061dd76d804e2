import type { ClusterObjects } from '../cluster/objects'
import type { Decision } from '../model/decision'
import { isJsonObject } from '../model/json'
import type { RolloutObservation } from '../rollout/observation'
import type { World } from './world'

// The door of the Rollout's reducer checks every field of an observation. What it let in and only decisions changed
// since is as well-formed as before, so it is not checked again: a twelfth of a simulation.

type Decided = Pick<Decision<unknown, unknown, unknown>, 'blockers' | 'status'>

/** Nobody but the reducers changed the objects since the door let them in. */
export const areChecked = ({ checked, objects }: World, observed: ClusterObjects): boolean =>
  checked === objects && observed === objects

/** Answers of plugins and routers, and pods one by one, are always checked. */
export const isOfObjectsOnly = ({ standingReplies, lists }: World, { answers, pods }: RolloutObservation): boolean =>
  answers?.replies === standingReplies && answers.failures === undefined && pods === lists?.lists.pods

/** The door let the objects in. */
export function noteChecked(world: World, { blockers }: Decided): void {
  const [first] = blockers
  world.checked = first?.code === 'malformed' || first?.code === 'malformedBeyond' ? undefined : world.objects
}

/** A decision about checked objects was carried out. */
export function noteCarriedOut(world: World, before: ClusterObjects, { status }: Decided): void {
  if (world.checked === before && hasSoundNumbers(status)) world.checked = world.objects
}

/** ReplicaSets report their pods. */
export function noteReported(world: World, before: ClusterObjects): void {
  const { objects, checked } = world
  if (checked !== before || objects === before) return
  for (const key of Object.keys(objects))
    if (objects[key] !== before[key] && !hasSoundNumbers(objects[key]?.status)) return
  world.checked = objects
}

/**
 * Pods of several ReplicaSets may be too many together for the integers of the API, and the options of pods may have
 * fractions.
 */
function hasSoundNumbers(status: unknown): boolean {
  if (!isJsonObject(status)) return false
  for (const field of Object.keys(status)) {
    const value = status[field]
    if (typeof value === 'number' && (value | 0) !== value) return false
  }
  return true
}
