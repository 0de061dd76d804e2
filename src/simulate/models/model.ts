import type { ClusterObjects } from '../../cluster/objects'
import type { Rollout } from '../../model/rollout'
import type { SeriesPoint } from '../../model/series'
import type { Frame } from '../frame'
import type { PodLife } from '../podGroup'
import type { Room } from '../podRules'
import type { WorldDeed } from '../worldEvent'

/** What a model sees: the end of a second, after everybody reacted. */
export interface ModelView {
  readonly atSeconds: number
  readonly frame: Frame
  /** Undefined once it is deleted. */
  readonly rollout: Rollout | undefined
  readonly objects: ClusterObjects
  /** Where requests go, for each revision, if a model knows it better than the frame. */
  readonly sent?: SentRequests
}

/** By revision: its share of all requests, and the part of those that meets a pod which is gone. */
export type SentRequests = Readonly<Record<string, { readonly share: number; readonly lost: number }>>

/** What a model does in a second. */
export interface ModelStep<State> {
  /** What it remembers from now on. */
  readonly state: State
  /** What it does, a second later: nobody sees and acts in the same moment. */
  readonly deeds?: readonly WorldDeed[]
}

/** A pod that starts now. */
export interface NewPod {
  readonly atSeconds: number
  /** Of all its containers. */
  readonly images: readonly string[]
  /** Pods are numbered in the order of their making. */
  readonly number: number
}

/**
 * A part of the world: an autoscaler, a person on call, slow pods, a quota. Models see the same second and act in the
 * order in which they are listed. A model keeps nothing between two calls but its state, so a fork of the world is a
 * fork of it. All functions but `step` are optional: a model does what it has functions for.
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
  /** How a pod lives that starts now. Of each field the first model that says something has its way. */
  pod?(state: State, pod: NewPod): PodLife | undefined
  /** How many pods there may be. The least of all models counts. */
  room?(state: State, atSeconds: number): Room
  /** Why the router does not carry out a call (`setWeight`, `setHeaderRoute`, ...); undefined: it does. */
  refuse?(state: State, call: string, atSeconds: number): string | undefined
  /** What it leaves out or takes for granted with these objects, a sentence each: they become warnings. */
  doubts?(view: Pick<ModelView, 'objects' | 'rollout'>): readonly string[]
  /** Where requests go. The first model that says something has its way. */
  sends?(state: State, view: ModelView): SentRequests | undefined
}

/** A model with what it remembers. */
export interface RunningModel {
  readonly model: Model
  readonly state: unknown
}
