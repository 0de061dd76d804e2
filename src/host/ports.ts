import type { EventOutbox } from '../adapters/outbox'
import type { StopSignal } from '../adapters/stopSignal'
import type { StatusPatch } from '../kube/statusPatch'
import type { AnalysisRun } from '../model/analysis'
import type {
  MeasureAnswer,
  MeasureAsk,
  RegisteredTargetsAnswer,
  RegisteredTargetsAsk,
  StepPluginAnswer,
  StepPluginAsk,
  VerifyWeightAnswer,
  VerifyWeightAsk,
} from '../model/ask'
import type { Change, TrafficChange } from '../model/change'
import type { EngineEvent, Failure, ObjectRef } from '../model/decision'
import type { KubeObject, StringMap } from '../model/meta'
import type { Rollout } from '../model/rollout'

/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>

/** Every change but the calls of traffic routers: those go to the TrafficPort. */
export type ClusterChange = Exclude<Change, TrafficChange>

/** An object that was seen: there at the start, new, changed; without `object` it is gone. */
export interface Sighting {
  readonly ref: ObjectRef
  readonly object?: KubeObject
}

/**
 * What of a list is read. Wanted is an object with one of the names; where `ownedBy` is given, also one without an
 * owner and one that an object with one of these UIDs owns.
 */
export interface Wanted {
  readonly names: ReadonlySet<string>
  readonly ownedBy?: readonly string[]
}

/** A status to persist. */
export interface StatusWrite {
  readonly ref: ObjectRef
  /** As observed; absent where the object had none. */
  readonly before?: object
  /** Replaces the status as a whole. */
  readonly status: object
  /** The same as patches: `statusPatch(before, status)`, made when it is called. */
  readonly patch: () => StatusPatch
  /** Of the object as observed: a write that is conditional on it does not overwrite what somebody else wrote since. */
  readonly resourceVersion?: string
}

/**
 * The cluster, or whatever the host has in its place. Objects are immutable values with Kubernetes shapes: a port
 * that returns the same object while nothing changed in it makes decisions cheaper.
 *
 * A port rejects when it could not do its work (API server down, no network, a conflict): the reconcile ends and is
 * tried again with back-off, with everything observed anew. A refusal that will stay (forbidden, over quota, already
 * exists) is returned.
 */
export interface ClusterPort {
  /** One object as last observed; undefined where it is not there. Kinds without a namespace: ''. */
  readonly get: (kind: string, namespace: string, name: string) => Awaitable<KubeObject | undefined>
  /**
   * All objects of a kind in a namespace as last observed. Undefined: the host does not look at that kind. Where
   * `wanted` is given the port may leave out all others: with an index, a decision costs the same however much else the
   * namespace holds.
   */
  readonly list: (kind: string, namespace: string, wanted?: Wanted) => Awaitable<readonly KubeObject[] | undefined>
  /** Carries one change out. Reject where nobody knows whether it was. */
  readonly apply: (change: ClusterChange) => Awaitable<Failure | undefined>
  /** Writes a status whole: fields that are absent must go. Returns the new resourceVersion, where there is one. */
  readonly writeStatus: (write: StatusWrite) => Awaitable<string | undefined>
  /**
   * Tells of every object once at the start and of every change from then on, until the returned function is called.
   */
  readonly watch: (see: (sighting: Sighting) => void) => () => void
}

/** Traffic routers. Absent: calls of routers fail, and a Rollout with `trafficRouting` does not proceed. */
export interface TrafficPort {
  /** Tells a router something. A refusal is returned, since the decision depends on it. */
  readonly apply: (change: TrafficChange, rollout: Rollout) => Awaitable<Failure | undefined>
  /** Whether a weight is in effect. Absent: no router can tell, and the Rollout goes on without. */
  readonly verifyWeight?: (ask: VerifyWeightAsk, rollout: Rollout) => Awaitable<VerifyWeightAnswer>
  /** Which targets are registered in an AWS target group. Absent: an error, where a Rollout asks. */
  readonly registeredTargets?: (ask: RegisteredTargetsAsk, rollout: Rollout) => Awaitable<RegisteredTargetsAnswer>
}

/** Metric providers. `fetchMetrics` is one that speaks HTTP. Absent: every measurement ends in an error. */
export interface MetricsPort {
  readonly measure: (ask: MeasureAsk, run: AnalysisRun) => Awaitable<MeasureAnswer>
}

/** Secrets that arguments of analyses name. Absent: there are none. */
export interface SecretsPort {
  /** Decoded values by key; undefined where there is no such Secret. */
  readonly read: (namespace: string, name: string) => Awaitable<StringMap | undefined>
}

/** Plugins of canary steps. Absent: a step with a plugin ends in an error. */
export interface StepPluginPort {
  readonly call: (ask: StepPluginAsk, rollout: Rollout) => Awaitable<StepPluginAnswer>
}

/** An event with how often it was seen: the same event within ten minutes is counted, as Kubernetes does. */
export interface HostEvent extends EngineEvent {
  readonly count: number
  /** RFC 3339. */
  readonly firstSeen: string
  /** RFC 3339. */
  readonly lastSeen: string
}

/** Takes the events. Absent: nobody reads them. */
export interface EventSink {
  /** At least once for each event, in the order of decisions; what is not taken is kept and offered again. */
  readonly emit: (event: HostEvent) => Awaitable<void>
  /** Where the events of an object wait until they are taken, so that they outlive the process. Absent: in memory. */
  readonly outboxOf?: (ref: ObjectRef) => EventOutbox
}

/** The clock of the host. Absent: the platform's. */
export interface HostClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Calls back after the milliseconds; the returned function takes that back. */
  readonly after: (milliseconds: number, call: () => void) => () => void
  /**
   * Lets the platform do what waits: its timers, its network. The host calls it after every few reconciles, so that
   * thousands of them in a row hold nobody up. Absent: the host does not pause.
   */
  readonly breathe?: () => Promise<void>
}

/** Held by one host at a time. */
export interface LeaseHold {
  /** Aborts when the lease is lost. */
  readonly lost: StopSignal
  readonly release: () => Promise<void>
}

/** Makes sure that one host of several works at a time. Absent: this is the only one. */
export interface Lease {
  /** Resolves once the lease is held; undefined where the signal aborted before. */
  readonly acquire: (signal: StopSignal) => Promise<LeaseHold | undefined>
}

/** What `createHost` needs: only the cluster is a must. */
export interface HostPorts {
  readonly cluster: ClusterPort
  readonly traffic?: TrafficPort
  readonly metrics?: MetricsPort
  readonly secrets?: SecretsPort
  readonly stepPlugins?: StepPluginPort
  readonly events?: EventSink
  readonly clock?: HostClock
  readonly lease?: Lease
}
