import type { ControllerVersion } from '../model/controllerVersion'
import type { Series } from '../model/series'
import type { Missing } from '../simulate/assume/assume'
import type { PluginModel } from '../simulate/plugins'
import type { PodModel } from '../simulate/podGroup'
import type { RouterModel } from '../simulate/router'
import type { EventTime } from '../simulate/worldEvent'
import type { ManifestSource, ScenarioDeed, ScenarioParts } from './parts'

/** A story about a Rollout and what is expected of it: a file on disk, or made by `scenario`. Plain data. */
export interface Simulation {
  readonly apiVersion: 'rollout-engine/v1'
  readonly kind: 'Simulation'
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> }
  readonly spec: SimulationSpec
}

/** World, story and expectations of a Simulation; times are seconds since the start. */
export interface SimulationSpec extends ScenarioParts {
  /** The Rollout and what it refers to. */
  readonly manifests: readonly ManifestSource[]
  /** Which Rollout; needed only if there are several. */
  readonly rollout?: string
  /** Default: the newest release. */
  readonly controller?: ControllerVersion
  /** `assume` (default): what is named and not among the manifests exists. `strict`: it does not. */
  readonly missing?: Missing
  /**
   * Second 0 is the first install. Default false: in second 0 the first version is installed and Healthy. Of a
   * Rollout that was read from a cluster (it has a status) nothing is installed: it goes on as it is.
   */
  readonly firstInstall?: boolean
  /** RFC 3339; as in `SimulationInput`. */
  readonly startAt?: string
  /** The last second. Default 3600. */
  readonly untilSeconds?: number
  readonly wholeSeconds?: boolean
  /** Where a run that goes on and on is cut off, with an issue. Default 1,000,000. */
  readonly maxReconciles?: number
  readonly pods?: PodModel
  readonly router?: RouterModel
  readonly plugins?: PluginModel
  /** What metrics measure; as in `SimulationInput`. */
  readonly series?: Series
  readonly events?: readonly ScenarioEvent[]
  /** Fields that chance decides in a sweep, or with a seed. Else they have what is written. */
  readonly vary?: readonly Variation[]
  /** From then on nothing is disturbed any more: some known invariants ask. Default: the second of the last event. */
  readonly healedAtSeconds?: number
  /** How long a controller may take in a world that is in order: some known invariants ask. Default 900. */
  readonly settleSeconds?: number
  readonly expectations?: readonly Expectation[]
}

/** When an event of a scenario happens: at a time, or once a condition holds. */
export interface ScenarioTime extends EventTime {
  /** As soon as this condition about the state holds, from `atSeconds` on. */
  readonly when?: string
  /** Seconds from then on until it happens. Default 1. */
  readonly afterSeconds?: number
}

/** An event of a Simulation: when, and what is done. */
export type ScenarioEvent = ScenarioTime & ScenarioDeed

/** What is expected: exactly one of the fields besides `name`. Conditions are in the language of success conditions. */
export interface Expectation {
  /** How it is called in reports. Default: the sentence. */
  readonly name?: string
  /** In no state. */
  readonly never?: string
  /** In every state. */
  readonly always?: string
  /** In some state: `phase == Healthy`, or `phase == Healthy within 10m`. */
  readonly eventually?: string
  /** `CONDITION within 60s after CONDITION`, or `CONDITION at 5m`. */
  readonly expect?: string
  /** At the end, also about the whole run: `outcome == "healthy" && peakPods <= 12`. */
  readonly finally?: string
  /** One of `knownInvariants`, by its id. */
  readonly invariant?: string
}

/** A field of a Simulation that chance decides: exactly one of the ways to draw. */
export interface Variation {
  /** Path below `spec`: `pods.readyAfterSeconds`, `events[0].atSeconds`, `series.errors[0].value`. */
  readonly field: string
  /** Evenly between two numbers. */
  readonly between?: readonly [least: number, most: number]
  /** Around a mean, never less than 0. */
  readonly around?: { readonly mean: number; readonly deviation: number }
  /** Many small ones and a few large ones, with this mean. */
  readonly exponential?: number
  /** One of these, each as likely. */
  readonly pick?: readonly unknown[]
  /** With this probability the field has `value`; otherwise what is written. */
  readonly chance?: number
  readonly value?: unknown
  /** Digits behind the point. Default 0: seconds and counts are whole. */
  readonly decimals?: number
}
