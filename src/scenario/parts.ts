import type { AutoscalerOptions } from '../simulate/models/autoscaler'
import type { CrashLoopOptions } from '../simulate/models/crashLoop'
import type { EndpointsOptions } from '../simulate/models/endpoints'
import type { NodesOptions } from '../simulate/models/nodes'
import type { QuotaOptions } from '../simulate/models/quota'
import type { ScheduleOptions } from '../simulate/models/schedule'
import type { ServedRequestsOptions } from '../simulate/models/servedRequests'
import type { SlowLeakOptions } from '../simulate/models/slowLeak'
import type { StartUpOptions } from '../simulate/models/startUp'
import type { TrafficPoint } from '../simulate/models/trafficPoints'
import type { ApplyDeed, Manifest, WorldDeed } from '../simulate/worldEvent'

/** An object, or the path of a file with manifests, relative to the file that names it. */
export type ManifestSource = string | Manifest

/** What is done in a scenario: a deed whose manifests may be files. */
export type ScenarioDeed = Exclude<WorldDeed, ApplyDeed> | ({ readonly apply: readonly ManifestSource[] } & NoOther)
type NoOther = { readonly [Field in Exclude<keyof Extract<WorldDeed, ApplyDeed>, 'apply'>]?: undefined }

/** Requests per second over time: exactly one of the ways to say it, and bursts on top. */
export interface ScenarioLoad {
  /** The same all the time. */
  readonly requestsPerSecond?: number
  /** A curve day after day. */
  readonly daily?: { readonly lowest: number; readonly highest: number; readonly peakSecond: number }
  /** As recorded: each point holds until the next. */
  readonly points?: readonly TrafficPoint[]
  /** The same from a file, relative to this one: columns requestsPerSecond, and atSeconds or time. */
  readonly csv?: string
  readonly bursts?: readonly {
    readonly fromSeconds: number
    readonly untilSeconds: number
    readonly requestsPerSecond: number
  }[]
}

/** Somebody who acts so long after a condition holds, once each time. */
export type ScenarioOnCall = { readonly when: string; readonly afterSeconds: number } & ScenarioDeed

/** Parts of the world that act by themselves: the models of `simulate`, as data. They see the second in this order. */
export interface ScenarioParts {
  /** Seed of everything that is drawn for single pods. Default 1. */
  readonly seed?: number
  readonly startUps?: readonly StartUpOptions[]
  readonly crashLoops?: readonly CrashLoopOptions[]
  readonly leaks?: readonly SlowLeakOptions[]
  readonly quotas?: readonly QuotaOptions[]
  readonly nodes?: NodesOptions
  readonly endpoints?: EndpointsOptions
  /** What `served` and `autoscaler` look at. */
  readonly load?: ScenarioLoad
  /** Metrics that follow from who serves which requests. */
  readonly served?: Omit<ServedRequestsOptions, 'traffic'>
  /** What is not said is read from the HorizontalPodAutoscaler of the manifests. */
  readonly autoscaler?: Omit<AutoscalerOptions, 'traffic'>
  readonly onCall?: readonly ScenarioOnCall[]
  readonly schedule?: Omit<ScheduleOptions, 'deeds'> & { readonly deeds: readonly ScenarioDeed[] }
  /** Another controller that applies manifests every so often. */
  readonly sync?: {
    readonly manifests: readonly ManifestSource[]
    readonly everySeconds: number
    readonly fromSecond?: number
  }
}
