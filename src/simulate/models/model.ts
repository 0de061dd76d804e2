import type { ClusterObjects } from '../../cluster/objects'
import type { Rollout } from '../../model/rollout'
import type { SeriesPoint } from '../../model/series'
import type { Frame } from '../frame'
import type { WorldDeed } from '../worldEvent'

/** What a model sees: the end of a second, after everybody reacted. */
export interface ModelView {
  readonly atSeconds: number
  readonly frame: Frame
  /** Undefined once it is deleted. */
  readonly rollout: Rollout | undefined
  readonly objects: ClusterObjects
}

/** What a model does in a second. */
export interface ModelStep<State> {
  /** What it remembers from now on. */
  readonly state: State
  /** What it does, a second later: nobody sees and acts in the same moment. */
  readonly deeds?: readonly WorldDeed[]
}

/**
 * A part of the world that acts by itself: an autoscaler, a person on call, a GitOps controller. Models see the same
 * second and act in the order in which they are listed. A model keeps nothing between two calls but its state, so a
 * fork of the world is a fork of it.
 */
export interface Model<State = unknown> {
  readonly name: string
  readonly start: State
  /** Asked in every second in which something happens, and in those of `next`. */
  step(state: State, view: ModelView): ModelStep<State>
  /** The next second at which it wants to be asked though nothing happens. */
  next?(state: State, view: ModelView): number | undefined
  /** What a metric measures now; undefined where the model knows nothing of it. A series of the input goes first. */
  measure?(state: State, metric: string, view: ModelView): SeriesPoint | undefined
}

/** A model with what it remembers. */
export interface RunningModel {
  readonly model: Model
  readonly state: unknown
}
