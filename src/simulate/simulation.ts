import type { ClusterObjects } from '../cluster/objects'
import type { ControllerVersion } from '../model/controllerVersion'
import type { EngineEvent } from '../model/decision'
import type { Issue } from '../model/issue'
import type { Series } from '../model/series'
import type { RolloutOptions } from '../rollout/observation'
import type { AssumedObject, Missing } from './assume/assume'
import type { Frame } from './frame'
import type { History } from './history'
import type { Model } from './models/model'
import type { Outcome } from './outcome'
import type { PluginModel } from './plugins'
import type { PodModel } from './podGroup'
import type { RouterModel } from './router'
import type { ResourceState } from './routerResources'
import type { TraceEntry } from './tracedTurn'
import type { Manifest, TimelineDeed, WorldEvent } from './worldEvent'

/** The input of a simulation: manifests, events with their times, and how pods, routers and metrics behave. */
export interface SimulationInput {
  /**
   * The Rollout, or an Experiment alone, and the objects that it refers to: Services, AnalysisTemplates, workloads and
   * so on.
   */
  readonly manifests: readonly Manifest[]
  /**
   * How to treat referenced objects that are not in the manifests. `assume` (default): they exist in the cluster, in
   * the form that the Rollout needs; each is listed in `assumed`, and as a warning in `issues`. `strict`: they do not
   * exist.
   */
  readonly missing?: Missing
  /** Which Rollout; needed only if there are several. */
  readonly name?: string
  readonly events?: readonly WorldEvent[]
  /** The last second. Default 3600; ten years at most. */
  readonly untilSeconds?: number
  /**
   * RFC 3339. Default: the newest time in metadata and status of the manifests, so that a Rollout from a cluster
   * continues with its timers; 2030-01-01T00:00:00Z if there is none.
   */
  readonly startAt?: string
  readonly pods?: PodModel
  readonly router?: RouterModel
  /** Answers of step plugins and router plugins, by name. */
  readonly plugins?: PluginModel
  /**
   * Parts of the world that act by themselves, or measure: autoscalers, people on call, GitOps controllers, models of
   * your own.
   */
  readonly models?: readonly Model[]
  /**
   * Record every turn of a controller in `trace`, including states that last less than a second, and calls of the
   * router.
   */
  readonly trace?: boolean
  /**
   * Measurements by metric: the n-th measurement of a run has the n-th item, and the last one repeats. Items are
   * phases, or raw values that the metric's conditions judge. With `atSeconds` they are valid from that second of the
   * simulation. Metrics without a series are `Successful`.
   */
  readonly series?: Series
  readonly options?: RolloutOptions
  /**
   * Process every second instead of only those at which something can happen: the same result, but slower. For
   * comparisons.
   */
  readonly everySecond?: boolean
  /**
   * The controllers' clock shows only whole seconds, so that strict comparisons end a second later. Default: t + 0.5 in
   * second t, because a real controller runs a moment after its timer.
   */
  readonly wholeSeconds?: boolean
  /** No garbage collector: objects of deleted owners stay, as in recordings of the controller alone. */
  readonly keepsOrphans?: boolean
  /** The limit at which an endless simulation is stopped, with an issue. Default 1,000,000. */
  readonly maxReconciles?: number
}

/** The result of a simulation; only seconds with a change have a frame. */
export interface Timeline {
  /** Which version of the controller was simulated. */
  readonly controller: ControllerVersion
  /** Key of the Rollout, or of the Experiment alone, among the objects; empty if nothing was simulated. */
  readonly key: string
  /** RFC 3339: second 0 of the simulation. */
  readonly startAt: string
  /** What users, models and faults did, in turn: events of the input with the second in which they happened. */
  readonly deeds: readonly TimelineDeed[]
  readonly frames: readonly Frame[]
  /** Events that the controller would emit, with their time. */
  readonly events: readonly (EngineEvent & { readonly atSeconds: number })[]
  /** Issues of the input, and commands without effect. */
  readonly issues: readonly Issue[]
  /** Objects that are not in the manifests and are assumed to exist: the result is valid only if they do. */
  readonly assumed: readonly AssumedObject[]
  /** Every turn with an effect, if `trace` was requested. */
  readonly trace?: readonly TraceEntry[]
  /** How it ended. */
  readonly outcome: Outcome
  /** For an Experiment alone: why it ended, or what it waits for. */
  readonly experimentEnd?: string
  /**
   * The cluster at the end. Pods are objects if there was a restart or they have ephemeral metadata; otherwise only
   * counted.
   */
  readonly objects: ClusterObjects
  /** The objects of the traffic router, at each second in which its calls changed them; `resourceAt` finds one. */
  readonly resources: readonly ResourceState[]
  /** What each second changed, as patches; `at` and `compareTimelines` read it. */
  readonly history: History
  /**
   * Every object at the end of a second: `timeline.at(60)['rollouts/shop/web']`. It is a function: for a timeline that
   * was cloned or parsed from JSON, use `objectsAt(timeline, 60)`.
   */
  readonly at: (seconds: number) => ClusterObjects
  /** The number of reconciles of the Rollout, Experiments and AnalysisRuns. */
  readonly reconciles: number
  /** The last second that was simulated: nothing happens between the last frame and it. 0 if nothing was simulated. */
  readonly untilSeconds: number
}
