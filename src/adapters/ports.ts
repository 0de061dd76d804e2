import type { RegisteredTargetsAnswer, RolloutAsk, StepPluginAnswer, VerifyWeightAnswer } from '../model/ask'
import type { Change } from '../model/change'
import type { EngineEvent, Failure } from '../model/decision'
import type { RolloutStatus } from '../model/rolloutStatus'
import type { RolloutObservation } from '../rollout/observation'
import type { EventOutbox } from './outbox'

/** Any answer to a question of a Rollout. */
export type RolloutAnswer = VerifyWeightAnswer | StepPluginAnswer | RegisteredTargetsAnswer

/**
 * What a host implements so that decisions reach its world. A port rejects when it could not do its work (the API
 * server is down, a conflict, no network): the reconcile ends there and is tried again, with everything observed anew.
 */
export interface RolloutPorts {
  /** Everything that the decision reads, as it is now; undefined once the Rollout is gone. */
  readonly observe: () => Promise<RolloutObservation | undefined>
  /**
   * Carries one change out. A refusal (forbidden, quota, the router says no) is returned, because the decision may
   * depend on it. Reject where nobody knows whether it was carried out.
   */
  readonly apply: (change: Change) => Promise<Failure | undefined>
  /**
   * Replaces the status as a whole: fields that are absent must go. A merge patch that leaves them would keep pauses
   * and aborts that are over. `statusPatch` makes the patches that clear them.
   */
  readonly persistStatus: (status: RolloutStatus, before: RolloutStatus | undefined) => Promise<void>
  readonly emit: (event: EngineEvent) => Promise<void>
  /** Answers a question in the middle of a decision. */
  readonly answer: (ask: RolloutAsk) => Promise<RolloutAnswer>
  /** Where events wait until they are emitted. Absent: in memory, for as long as this object of ports lives. */
  readonly outbox?: EventOutbox
}
