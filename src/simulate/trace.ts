import type { Change } from '../model/change'
import { frameOf } from './frameOf'
import { withPodsOfNow } from './pods'
import { sameFrame } from './sameFrame'
import type { World } from './world'
import type { WorldEvent } from './worldEvent'

/** Passes a turn to the watcher, and records it if a trace is requested. */
export function noteTurn(
  world: World,
  by: string,
  changes: readonly Change[] = [],
  isRefused = false,
  event?: WorldEvent,
): void {
  if (event) world.deeds.push({ atSeconds: world.second, event, isRefused })
  const { watch, seenByWatch, objects, router, key, second } = world
  if (watch && (event || changes.length > 0 || objects !== seenByWatch)) {
    world.seenByWatch = objects
    const told = watch({ atSeconds: second, by, changes, isRefused, key, objects, router, ...(event && { event }) })
    if (told === 'stop') world.isStopped = true
  }
  if (!event) traceTurn(world, by, changes, isRefused)
}

function traceTurn(world: World, by: string, changes: readonly Change[], isRefused: boolean): void {
  if (!world.input.trace) return
  const { objects, pods, input, second } = world
  const frame = frameOf({ ...world, objects: withPodsOfNow(objects, pods.groups, input.pods ?? {}, second) })
  const last = world.trace.at(-1)?.frame
  if (changes.length === 0 && last && sameFrame(last, frame)) return
  world.trace.push({ atSeconds: world.second, by, changes, isRefused, frame })
}
