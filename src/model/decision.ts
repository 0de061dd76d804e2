import type { Blocker } from './blocker'
import type { Issue } from './issue'
import type { WakeUp } from './wakeUp'

/** Names one object of the cluster. */
export interface ObjectRef {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** An event as the controller would emit it, in order. */
export interface EngineEvent {
  readonly object: ObjectRef
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /**
   * `changeKey` of the change that it reports: it is true as soon as that change is carried out, even if the rest of
   * the decision fails. Absent: it reports the status.
   */
  readonly change?: string
}

/**
 * What every reducer returns: plain data, to be applied by the host in this order: `changes`, `status`, `events`.
 *
 * While `asks` is not empty the decision is not finished: answer them and reduce again with the same observation and
 * clock. Its `changes` are final: the finished decision begins with them. Its status and events do not count yet. With
 * every answer present the decision is exactly the controller's. `nextRound` returns the next action.
 *
 * A decision is an immutable value: the same observation may give parts of the same decision again.
 */
export interface Decision<Status, Change, Ask> {
  /** What the host persists. The same object (`===`) as observed if nothing in it changed. */
  readonly status: Status
  /** Ordered effects; the order is part of the contract. */
  readonly changes: readonly Change[]
  readonly events: readonly EngineEvent[]
  /** Reasons to reconcile again even if nothing changes, in the order of decisions. */
  readonly wakeUps: readonly WakeUp[]
  /** The earliest wake-up: reconcile again after this many seconds. */
  readonly requeueAfterSeconds?: number
  /** Reconcile again at once, with back-off: the reconcile ended with `error`, or waits for something imminent. */
  readonly requeueSoon?: boolean
  /** The error that ended the reconcile; effects before it remain. */
  readonly error?: Issue
  readonly asks: readonly Ask[]
  readonly blockers: readonly Blocker[]
}

/** The reason why the host could not carry out a change. */
export interface Failure {
  readonly message: string
  /** `tooManyRequests`: an eviction that a disruption budget forbids (HTTP 429). */
  readonly reason?: 'tooManyRequests' | 'notFound' | 'alreadyExists' | 'conflict'
}
