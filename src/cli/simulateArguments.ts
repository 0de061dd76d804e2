import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import type { Mutable } from '../model/mutable'
import type { Series } from '../model/series'
import type { PictureTheme } from '../pictures/svg/theme'
import type { Model } from '../simulate/models/model'
import type { Outcome } from '../simulate/outcome'
import type { PluginModel } from '../simulate/plugins'
import type { RouterModel } from '../simulate/router'
import type { WorldEvent } from '../simulate/worldEvent'
import type { AppliedFile } from './appliedFiles'
import type { SimulateFormat } from './pictureFormats'
import type { ResourceQuestion } from './resourceOptions'
import type { SeriesFile } from './seriesFiles'

export interface SimulateArguments {
  readonly files: readonly string[]
  readonly events: readonly WorldEvent[]
  /** Files that are applied while the Rollout runs. */
  readonly applied: readonly AppliedFile[]
  /** A revision of git: the files as they were then run, and as they are now are applied. */
  readonly from?: string
  readonly untilSeconds: number
  readonly readyAfterSeconds: number
  /** Drawn for each pod between this and the one before. */
  readonly readyAtMostSeconds?: number
  /** Models that the options name. */
  readonly models: readonly Model[]
  /** Requests per second, and the file with them. */
  readonly load?: string
  readonly requestsPerPod?: number
  /** Another controller applies the files that run so often. */
  readonly syncSeconds?: number
  readonly neverReadyImages: readonly string[]
  readonly seriesFiles: readonly SeriesFile[]
  readonly series: Series
  readonly routerLagSeconds: number
  readonly routerVerifies: boolean
  readonly routerLies: boolean
  readonly routerRefuses?: RouterModel['refuses']
  readonly plugins: PluginModel
  readonly rollout?: string
  /** The version of the controller to simulate. */
  readonly controller: ControllerVersion
  /** The expected ends; empty: any. */
  readonly expected: readonly Outcome[]
  /** RFC 3339, or `now`. */
  readonly startAt?: string
  /** What is not in the files does not exist. */
  readonly strict: boolean
  readonly wholeSeconds: boolean
  /** Print every turn of a controller below the table. */
  readonly trace: boolean
  /** Print phases, pauses, updates and pods below the table. */
  readonly summary: boolean
  /** Print the controller's events below the table. */
  readonly showEvents: boolean
  readonly format: SimulateFormat
  /** The file to which a page with the whole simulation is written. */
  readonly report?: string
  /** Colours of `--output svg` and of the page; `auto` where nothing is said. */
  readonly theme?: PictureTheme
  /** Of a Simulation: what chance decides is drawn with this seed. */
  readonly seed?: number
  /** Objects of the router to print, each at a second or between two. */
  readonly resources: readonly ResourceQuestion[]
}

/** The same while the words are read. */
export type SimulateDraft = Mutable<SimulateArguments>

/** What `simulate` runs with where the command line says nothing. */
export const simulateDefaults = (): SimulateDraft => ({
  files: [],
  events: [],
  applied: [],
  expected: [],
  untilSeconds: 3600,
  readyAfterSeconds: 0,
  models: [],
  neverReadyImages: [],
  seriesFiles: [],
  series: {},
  controller: newestRelease,
  routerLagSeconds: 0,
  routerVerifies: false,
  routerLies: false,
  strict: false,
  wholeSeconds: false,
  plugins: {},
  trace: false,
  summary: false,
  showEvents: false,
  format: 'table',
  resources: [],
})
