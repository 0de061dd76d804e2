import type { Change } from '../model/change'
import { type Frame, frameOf, sameFrame } from './timeline'
import type { World } from './world'

/** One turn within a second: who had it, what came of it in order, and how the Rollout looks after it. */
export interface TraceEntry {
  readonly atSeconds: number
  /** `Rollout web`, `AnalysisRun web-5f-2-1`, or `pods`: the modelled ReplicaSet controller. */
  readonly by: string
  /** Changes and router calls, in the order in which the host is told; calls that the router refused among them. */
  readonly changes: readonly Change[]
  /** The router refused its calls. */
  readonly isRefused: boolean
  readonly frame: Frame
}

/** Notes a turn that did something, where a trace is asked for. */
export function traceTurn(world: World, by: string, changes: readonly Change[] = [], isRefused = false): void {
  if (!world.input.trace) return
  const frame = frameOf(world)
  const last = world.trace.at(-1)?.frame
  if (changes.length === 0 && last && sameFrame(last, frame)) return
  world.trace.push({ atSeconds: world.second, by, changes, isRefused, frame })
}
