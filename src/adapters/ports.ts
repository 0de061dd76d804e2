import type { RegisteredTargetsAnswer, RolloutAsk, StepPluginAnswer, VerifyWeightAnswer } from '../model/ask'
import type { Change } from '../model/change'
import type { EngineEvent, Failure } from '../model/decision'
import type { RolloutStatus } from '../model/rolloutStatus'
import type { RolloutObservation } from '../rollout/observation'
import type { EventOutbox } from './outbox'

/** Any answer to a question of a Rollout. */
export type RolloutAnswer = VerifyWeightAnswer | StepPluginAnswer | RegisteredTargetsAnswer

/**
 * The interface that a host implements to carry out decisions. A port rejects if it could not do its work (the API
 * server is down, a conflict, no network): the reconcile ends there and is retried with a new observation.
 */
export interface RolloutPorts {
  /** The current state of everything that the decision reads; undefined once the Rollout is gone. */
  readonly observe: () => Promise<RolloutObservation | undefined>
  /**
   * Carries out one change. A refusal (forbidden, quota, the router says no) is returned, because the decision may
   * depend on it. Reject if it is unknown whether it was carried out.
   */
  readonly apply: (change: Change) => Promise<Failure | undefined>
  /**
   * Replaces the whole status: absent fields must be removed. A merge patch that leaves them would keep pauses and
   * aborts that are over. `statusPatch` makes the patches that clear them.
   */
  readonly persistStatus: (status: RolloutStatus, before: RolloutStatus | undefined) => Promise<void>
  /**
   * Emits one event. Every event arrives at least once, in the order of decisions, after what it reports was carried
   * out: an event that is rejected is emitted again before all later ones, so the same event may come twice (a
   * rejection whose work was done, or a process that died between `emit` and the note in `outbox`). Across a restart of
   * the process this holds with an `outbox`, except for events of a change after which the process died at once.
   */
  readonly emit: (event: EngineEvent) => Promise<void>
  /** Answers a question that a decision asks. */
  readonly answer: (ask: RolloutAsk) => Promise<RolloutAnswer>
  /** Keeps events until they are emitted. Absent: in memory, as long as this object of ports exists. */
  readonly outbox?: EventOutbox
}
