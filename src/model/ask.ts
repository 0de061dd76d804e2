import type { Measurement, Metric } from './analysis'
import type { JsonValue } from './json'
import type { StepPluginStatus, WeightDestination } from './rolloutStatus'

/** Is the commanded weight in effect? Answer: VerifyWeightAnswer. */
export interface VerifyWeightAsk {
  readonly kind: 'verifyWeight'
  readonly key: string
  readonly router: string
  readonly weight: number
  readonly destinations: readonly WeightDestination[]
}
/** `verified` absent: the router cannot verify. `error`: the question failed. */
export interface VerifyWeightAnswer {
  readonly verified?: boolean
  readonly error?: string
}

/** A step plugin is called. Answer: StepPluginAnswer. */
export interface StepPluginAsk {
  readonly kind: 'stepPlugin'
  readonly key: string
  readonly operation: 'run' | 'terminate' | 'abort'
  readonly plugin: string
  readonly stepIndex: number
  readonly config?: unknown
  readonly status?: StepPluginStatus['status']
}

/** The plugin's answer: `phase` is Successful, Failed, Error or Running; `status` is passed to it in the next call. */
export interface StepPluginAnswer {
  readonly phase?: string
  readonly message?: string
  readonly requeueAfterSeconds?: number
  readonly status?: JsonValue
  readonly error?: string
}

/** Which `ip:port` are registered in an AWS target group? Answer: RegisteredTargetsAnswer. */
export interface RegisteredTargetsAsk {
  readonly kind: 'registeredTargets'
  readonly key: string
  readonly targetGroupArn: string
}

/** `targets`: each as `ip:port`. `error`: asking failed, and the reconcile ends with it. */
export interface RegisteredTargetsAnswer {
  readonly targets?: readonly string[]
  readonly error?: string
}

/** Every question that `reconcileRollout` may have; the answer goes into `answers.replies` under `key`. */
export type RolloutAsk = VerifyWeightAsk | StepPluginAsk | RegisteredTargetsAsk

/** Text of a secret, by namespace and name. Answer: SecretAnswer. */
export interface SecretAsk {
  readonly kind: 'secret'
  readonly key: string
  readonly namespace: string
  readonly name: string
}

/** The values of a secret, or the reason why there are none, with which the AnalysisRun ends in an error. */
export interface SecretAnswer {
  /** Decoded values by key. */
  readonly data?: Readonly<Record<string, string>>
  readonly error?: string
}

/** A metric provider is called. Answer: MeasureAnswer. */
export interface MeasureAsk {
  readonly kind: 'measure'
  readonly key: string
  readonly operation: 'run' | 'resume' | 'terminate' | 'garbageCollect'
  /** With arguments resolved; secret arguments are in plain text, so never log it. */
  readonly metric: Metric
  /** The unfinished measurement that is resumed or terminated. */
  readonly measurement?: Measurement
  /** Of garbageCollect: how many measurements are kept. */
  readonly limit?: number
  /** Values of secret arguments that are in the metric: `hideSecrets` removes them from everything that is shown. */
  readonly secrets?: readonly string[]
}

/** A provider's answer. `measurement` is absent if there is none to record, as after garbage collection. */
export interface MeasureAnswer {
  readonly measurement?: Measurement
  /** Metadata that the provider returns once per metric. */
  readonly metadata?: Readonly<Record<string, string>>
  /** No provider could be made for the metric. */
  readonly providerError?: string
}

/** Every question that `reconcileAnalysisRun` may have; the answer goes into `answers.replies` under `key`. */
export type AnalysisRunAsk = SecretAsk | MeasureAsk

/** Answers by the asks' keys, and failures of changes by `changeKey`. */
export interface Answers<Answer> {
  readonly replies?: Readonly<Record<string, Answer>>
  readonly failures?: Readonly<Record<string, { readonly message: string; readonly reason?: string }>>
}
