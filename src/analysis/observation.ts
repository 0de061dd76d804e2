import type { AnalysisRun, AnalysisRunStatus } from '../model/analysis'
import type { AnalysisRunAsk, Answers, MeasureAnswer, SecretAnswer } from '../model/ask'
import type { DeleteAnalysisRun } from '../model/change'
import type { Decision } from '../model/decision'

/**
 * Everything that one decision about an AnalysisRun reads. An immutable value: the engine never mutates it and relies on
 * nobody else doing so.
 */
export interface AnalysisRunObservation {
  /** RFC 3339. */
  readonly now: string
  readonly analysisRun: AnalysisRun
  /**
   * Answers to the asks of earlier rounds of this very decision. A failure under the key of a `garbageCollect` ask means
   * that the provider could not clean up.
   */
  readonly answers?: Answers<SecretAnswer | MeasureAnswer>
  readonly options?: AnalysisRunOptions
}

/** How the engine may do otherwise than the controller. */
export interface AnalysisRunOptions {
  /**
   * Values of secret arguments are shown nowhere in the status: not in values, metadata and names of metrics either. The controller
   * hides them in messages only. Metrics whose name has a secret in it are called as while they are checked: `temp-for-secret`.
   */
  readonly hideSecrets?: boolean
}

/** What `reconcileAnalysisRun` comes to. The only change there is deletes the run when its time to live is over. */
export type AnalysisRunDecision = Decision<AnalysisRunStatus, DeleteAnalysisRun, AnalysisRunAsk>
