import type { JsonObject } from './json'
import type { IntOrString, ObjectMeta, StringMap } from './meta'

/** Phases of a measurement, a metric, an AnalysisRun or an Experiment. The last four are final. */
export type AnalysisPhase = '' | 'Pending' | 'Running' | 'Successful' | 'Failed' | 'Error' | 'Inconclusive'

export interface FieldRef {
  readonly fieldPath: string
}

/** An argument of a template or run; `valueFrom` names a secret or a field. */
export interface Argument {
  readonly name: string
  readonly value?: string | null
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string }
    readonly fieldRef?: FieldRef
  }
}

/** An argument as a Rollout gives it to an analysis. */
export interface AnalysisRunArgument {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: {
    readonly podTemplateHashValue?: 'Stable' | 'Latest' | string
    readonly fieldRef?: FieldRef
  }
}

export interface DryRun {
  /** Go regular expression, not anchored. */
  readonly metricName: string
}

export interface MeasurementRetention {
  /** Go regular expression, not anchored. */
  readonly metricName: string
  /** How many measurements are kept. */
  readonly limit: number
}

export interface AnalysisRunMetadata {
  readonly labels?: StringMap
  readonly annotations?: StringMap
}

/** Names an AnalysisTemplate, or a ClusterAnalysisTemplate with `clusterScope`. */
export interface AnalysisTemplateRef {
  readonly templateName?: string
  readonly clusterScope?: boolean
}

/** `provider` has exactly one member; its fields are kept whole for metrics/. */
export interface Metric {
  readonly name: string
  /** Go duration, e.g. `1m`. */
  readonly interval?: string
  /** Go duration. */
  readonly initialDelay?: string
  readonly count?: IntOrString
  readonly successCondition?: string
  readonly failureCondition?: string
  readonly failureLimit?: IntOrString
  readonly inconclusiveLimit?: IntOrString
  readonly consecutiveErrorLimit?: IntOrString
  readonly consecutiveSuccessLimit?: IntOrString
  readonly provider: JsonObject
}

export interface AnalysisTemplateSpec {
  readonly metrics?: readonly Metric[]
  readonly args?: readonly Argument[]
  readonly dryRun?: readonly DryRun[]
  readonly measurementRetention?: readonly MeasurementRetention[]
  readonly templates?: readonly AnalysisTemplateRef[]
}

/** AnalysisTemplate and ClusterAnalysisTemplate have the same shape. */
export interface AnalysisTemplate {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec: AnalysisTemplateSpec
}

export interface AnalysisRunSpec {
  readonly metrics?: readonly Metric[]
  readonly args?: readonly Argument[]
  readonly terminate?: boolean
  readonly dryRun?: readonly DryRun[]
  readonly measurementRetention?: readonly MeasurementRetention[]
  readonly ttlStrategy?: {
    readonly secondsAfterCompletion?: number
    readonly secondsAfterFailure?: number
    readonly secondsAfterSuccess?: number
  }
}

/** One measurement of a metric. `value` is text, as the provider printed it; times are RFC 3339. */
export interface Measurement {
  readonly phase: AnalysisPhase
  readonly message?: string
  readonly startedAt?: string
  readonly finishedAt?: string
  readonly value?: string
  readonly metadata?: StringMap
  /** RFC 3339: when to check an asynchronous measurement again. */
  readonly resumeAt?: string
}

/** The result of a metric so far: its latest measurements, and counts of all of them. */
export interface MetricResult {
  readonly name: string
  readonly phase: AnalysisPhase
  readonly measurements?: readonly Measurement[]
  readonly message?: string
  readonly count?: number
  readonly successful?: number
  readonly failed?: number
  readonly inconclusive?: number
  readonly error?: number
  readonly consecutiveError?: number
  readonly consecutiveSuccess?: number
  readonly dryRun?: boolean
  readonly metadata?: StringMap
}

export interface RunSummary {
  readonly count?: number
  readonly successful?: number
  readonly failed?: number
  readonly inconclusive?: number
  readonly error?: number
}

/**
 * `status` of an AnalysisRun: the verdict so far, and a result for each metric, in the order in which they were first
 * measured.
 */
export interface AnalysisRunStatus {
  readonly phase: AnalysisPhase
  readonly message?: string
  readonly metricResults?: readonly MetricResult[]
  readonly startedAt?: string
  readonly completedAt?: string
  readonly runSummary?: RunSummary
  readonly dryRunSummary?: RunSummary
}

/** An AnalysisRun as Kubernetes has it: metrics with their arguments, and their results (behaviour 4). */
export interface AnalysisRun {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec: AnalysisRunSpec
  readonly status?: AnalysisRunStatus
}
