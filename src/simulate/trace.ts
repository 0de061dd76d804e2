import type { ClusterObjects } from '../cluster/objects'
import type { Change } from '../model/change'
import { withPodsOfNow } from './pods'
import type { RouterState } from './router'
import { sameFrame } from './sameFrame'
import { type Frame, frameOf } from './timeline'
import type { World } from './world'
import type { WorldEvent } from './worldEvent'

/** One turn within a second: the actor, its effects in order, and the Rollout after it. */
export interface TraceEntry {
  readonly atSeconds: number
  /** `Rollout web`, `AnalysisRun web-5f-2-1`, or `pods`: the modelled ReplicaSet controller. */
  readonly by: string
  /** Changes and router calls in order, including refused calls. */
  readonly changes: readonly Change[]
  /** The router refused its calls. */
  readonly isRefused: boolean
  readonly frame: Frame
}

/** A turn with the whole cluster after it: the input of invariants. */
export interface Turn {
  readonly atSeconds: number
  /** `Rollout web`, `AnalysisRun web-5f-2-1`, `Experiment e`, `pods`, or `world`: a user or a fault. */
  readonly by: string
  readonly changes: readonly Change[]
  readonly isRefused: boolean
  /** What a user or a fault did; only for turns of the `world`. */
  readonly event?: WorldEvent
  /** Key of the Rollout among the objects. */
  readonly key: string
  readonly objects: ClusterObjects
  readonly router: RouterState
}

/** Called for every turn that changed something, while the simulation runs; `stop` ends it there. */
export type Watch = (turn: Turn) => 'stop' | undefined

/** Passes a turn to the watcher, and records it if a trace is requested. */
export function noteTurn(
  world: World,
  by: string,
  changes: readonly Change[] = [],
  isRefused = false,
  event?: WorldEvent,
): void {
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
