import type { ClusterObjects } from '../cluster/objects'
import type { Change } from '../model/change'
import type { Frame } from './frame'
import type { RouterState } from './router'
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
  /**
   * `Rollout web`, `AnalysisRun web-5f-2-1`, `Experiment e`, `pods`, `world`: a user or a fault, or `model`: what is
   * modelled beside them, such as an autoscaler.
   */
  readonly by: string
  readonly changes: readonly Change[]
  readonly isRefused: boolean
  /** What a user, a fault or a model did; only for turns of the `world` and of a `model`. */
  readonly event?: WorldEvent
  /** Key of the Rollout among the objects. */
  readonly key: string
  readonly objects: ClusterObjects
  readonly router: RouterState
}

/** Called for every turn that changed something, while the simulation runs; `stop` ends it there. */
export type Watch = (turn: Turn) => 'stop' | undefined
