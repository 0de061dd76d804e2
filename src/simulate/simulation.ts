import type { ClusterObjects } from '../cluster/objects'
import type { ControllerVersion } from '../model/controllerVersion'
import type { EngineEvent } from '../model/decision'
import type { Issue } from '../model/issue'
import type { Series } from '../model/series'
import type { RolloutOptions } from '../rollout/observation'
import type { AssumedObject, Missing } from './assume/assume'
import type { History } from './history'
import type { Outcome } from './outcome'
import type { PluginModel } from './plugins'
import type { PodModel } from './pods'
import type { RouterModel } from './router'
import type { ResourceState } from './routerResources'
import type { Frame } from './timeline'
import type { TraceEntry } from './trace'
import type { Manifest, WorldEvent } from './worldEvent'

/** What is simulated: manifests, what people do and when, and how pods, routers and metrics behave. */
export interface SimulationInput {
  /**
   * The Rollout, or an Experiment alone, and what it refers to: Services, AnalysisTemplates, workloads, whatever
   * exists.
   */
  readonly manifests: readonly Manifest[]
  /**
   * What of objects that the Rollout names and that are not among the manifests. `assume` (default): they are in the
   * cluster, as the Rollout needs them, and each is named in `assumed` and as a warning in `issues`. `strict`: they do
   * not exist.
   */
  readonly missing?: Missing
  /** Which Rollout; needed only if there are several. */
  readonly name?: string
  readonly events?: readonly WorldEvent[]
  /** The last second. Default 3600; ten years at most. */
  readonly untilSeconds?: number
  /**
   * RFC 3339. Default: the newest time in metadata and status of the manifests, so that a Rollout read from a cluster
   * goes on with its timers as they are; 2030-01-01T00:00:00Z if there is none.
   */
  readonly startAt?: string
  readonly pods?: PodModel
  readonly router?: RouterModel
  /** What step plugins and router plugins answer, by their names. */
  readonly plugins?: PluginModel
  /** Note every turn of a controller in `trace`: also states that last no second, and calls of the router. */
  readonly trace?: boolean
  /**
   * What metrics measure, by metric: the n-th measurement of a run has the n-th item, and the last one repeats. Items
   * are phases, or raw values that the metric's conditions judge. With `atSeconds` they hold from that second of the
   * simulation on. Metrics without a series are `Successful`.
   */
  readonly series?: Series
  readonly options?: RolloutOptions
  /**
   * Look at everything in every second instead of only when something can happen: the same, slower. For comparisons.
   */
  readonly everySecond?: boolean
  /**
   * The controllers' clock shows whole seconds only, so that what is compared strictly ends a second late. Default: in
   * second t it is t and a half, as in life, where a controller looks again a moment after its timer.
   */
  readonly wholeSeconds?: boolean
  /** No garbage collector: what deleted objects owned stays, as in recordings of the controller alone. */
  readonly keepsOrphans?: boolean
  /** Where a simulation that goes on and on is cut off, with an issue. Default 1,000,000. */
  readonly maxReconciles?: number
}

/** What came of a simulation, second by second; only seconds in which something changed have a frame. */
export interface Timeline {
  /** Which version of the controller was simulated. */
  readonly controller: ControllerVersion
  readonly frames: readonly Frame[]
  /** Events that the controller would emit, with their time. */
  readonly events: readonly (EngineEvent & { readonly atSeconds: number })[]
  /** What was wrong with the input, and commands that had no effect. */
  readonly issues: readonly Issue[]
  /** What was not among the manifests and was taken to exist: the answer holds if it does. */
  readonly assumed: readonly AssumedObject[]
  /** Every turn that did something, where `trace` was asked for. */
  readonly trace?: readonly TraceEntry[]
  /** How it ended. */
  readonly outcome: Outcome
  /** Of an Experiment alone: why it ended as it did, or what it waits for. */
  readonly experimentEnd?: string
  /**
   * The cluster at the end. Pods are objects where a restart was asked for, or they wear metadata for a while; else
   * counted.
   */
  readonly objects: ClusterObjects
  /** The objects of the traffic router, at each second in which its calls changed them; `resourceAt` finds one. */
  readonly resources: readonly ResourceState[]
  /** What each second changed, as patches; `at` and `compareTimelines` read it. */
  readonly history: History
  /**
   * Every object at the end of a second: `timeline.at(60)['rollouts/shop/web']`. It is no data: where a timeline was
   * cloned or read from JSON, `objectsAt(timeline, 60)` does the same.
   */
  readonly at: (seconds: number) => ClusterObjects
  /** Reconciles that it took, of the Rollout, Experiments and AnalysisRuns. */
  readonly reconciles: number
  /**
   * The last second that was simulated: nothing happens between the last frame and it. 0 where nothing was simulated.
   */
  readonly untilSeconds: number
}
