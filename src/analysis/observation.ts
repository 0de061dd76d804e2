import type { AnalysisRun, AnalysisRunStatus } from '../model/analysis'
import type { AnalysisRunAsk, Answers, MeasureAnswer, SecretAnswer } from '../model/ask'
import type { DeleteAnalysisRun } from '../model/change'
import type { ControllerVersion } from '../model/controllerVersion'
import type { Decision } from '../model/decision'

/** Options for decisions about AnalysisRuns. */
export interface AnalysisRunOptions {
  /** Which version of the controller is reproduced. Default: the newest release, v1.10. */
  readonly controller?: ControllerVersion
  /**
   * Hides values of secret arguments in the whole status, including values, metadata and names of metrics. The
   * controller hides them only in messages. In a metric's name the secret is replaced by `temp-for-secret`, as during
   * validation.
   */
  readonly hideSecrets?: boolean
}

/**
 * Everything that one decision about an AnalysisRun reads. An immutable value: the engine never mutates it and the host
 * must not mutate it either.
 */
export interface AnalysisRunObservation {
  /** RFC 3339. */
  readonly now: string
  readonly analysisRun: AnalysisRun
  readonly options?: AnalysisRunOptions
  /**
   * Answers to the asks of earlier rounds of this decision. A failure under the key of a `garbageCollect` ask means
   * that the provider could not clean up.
   */
  readonly answers?: Answers<SecretAnswer | MeasureAnswer>
}

/** The decision of `reconcileAnalysisRun`. Its only possible change deletes the run when its time to live is over. */
export type AnalysisRunDecision = Decision<AnalysisRunStatus, DeleteAnalysisRun, AnalysisRunAsk>
