import type { AnalysisPhase, AnalysisRun, Measurement, Metric } from '../../model/analysis'
import type { StringMap } from '../../model/meta'

/**
 * A provider's result, with the static type that conditions are checked against (it decides what is a compile error).
 * `result` is plain data; NaN and infinities of the float types are JavaScript's. For `tagged`, numbers that are no
 * floats and the like are written `{ $int64: '5' }` (also `$int`, `$uint8`, `$uint64`, `$float`, `$time`, `$duration`,
 * `$bytes`).
 */
export interface TypedResult {
  readonly resultType:
    | 'float64'
    | 'nil *float64'
    | '[]float64'
    | 'string'
    | 'nil'
    | 'json'
    | 'tagged'
    | 'NRDBResult'
    | '[]NRDBResult'
    | '[]MetricDataResult'
  readonly result: unknown
}

/** The verdict of the conditions on a result; `error` is set for phase `Error`. */
export interface Verdict {
  readonly phase: AnalysisPhase
  readonly error?: string
}

/**
 * The input of a provider. The two functions are the condition language (behaviour 4.9), set by the composer; `now` is
 * the result of `now()`, in RFC 3339.
 */
export interface ProviderContext {
  /** With arguments resolved; secret arguments are in plain text. */
  readonly metric: Metric
  /** `metadata` (name, namespace, uid) and `status` (startedAt, metricResults) are read. */
  readonly run: Pick<AnalysisRun, 'metadata' | 'status'>
  /**
   * Secrets that may be in the metric, such as values of secret arguments: they are hidden in every text of the
   * outcome, in the value and in metadata (a resolved query) too. Absent: only the provider's own credentials are
   * hidden.
   */
  readonly secrets?: readonly string[]
  /** Where the providers' default secrets are. Absent: `argo-rollouts`. */
  readonly controllerNamespace?: string
  readonly evaluate: (result: TypedResult, metric: Metric, now: string) => Verdict
  /** An expression that must give a time (`now() - duration("5m")`). */
  readonly evaluateTime: (expression: string, now: string) => { readonly time: string } | { readonly error: string }
}

/** The operation. `measurement` is the one that is resumed or terminated. */
export type ProviderOperation =
  | { readonly op: 'run' }
  | { readonly op: 'resume' | 'terminate'; readonly measurement: Measurement }
  /** `limit`: how many of the provider's objects (Jobs) are kept. */
  | { readonly op: 'garbageCollect'; readonly limit: number }

/** How an operation ended. */
export interface ProviderOutcome {
  /** Upstream's name of the provider (`Prometheus`, `Web`, ...); absent if none could be made. */
  readonly type?: string
  /** Metadata that the provider returns once per metric, such as the resolved query. */
  readonly metadata?: StringMap
  /** Of run, resume and terminate. */
  readonly measurement?: Measurement
  /**
   * No provider could be made, or garbage collection failed. In a run upstream turns the former into a measurement of
   * phase `Error` with this message (`errorMeasurement`).
   */
  readonly error?: string
}
