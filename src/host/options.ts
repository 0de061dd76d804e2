import type { AnyDecision } from '../adapters/reconcileObject'
import type { ControllerVersion } from '../model/controllerVersion'
import type { ObjectRef } from '../model/decision'
import type { KubeObject } from '../model/meta'
import type { RolloutOptions } from '../rollout/observation'
import { platformClock } from './platformClock'
import type { HostClock, HostPorts } from './ports'
import type { ReconciledKind } from './queue/keys'

/** What the host did in one reconcile. */
export interface ReconcileRecord {
  readonly ref: ObjectRef
  /** Milliseconds since 1970 at its start. */
  readonly startedAt: number
  readonly milliseconds: number
  /** `gone`: the object is not there any more. `failed`: a port rejected, or a change was refused. */
  readonly outcome: 'done' | 'gone' | 'failed'
  /** What a port rejected with, or what the reconcile ended with. */
  readonly error?: unknown
  /** The object as it was observed; absent where it is gone. */
  readonly object?: KubeObject
  /**
   * For Rollouts: the clock of the decision, and every object that it saw, none of which is a Secret. A log with a
   * record a line, as `JSON.stringify` writes it, can be replayed: `rollout-engine replay host.jsonl`.
   */
  readonly observed?: { readonly now: string; readonly objects: readonly KubeObject[] }
  /** Absent where the object is gone, for Services, and where a port rejected. */
  readonly decision?: AnyDecision
}

/** How the host works. Everything has a default. */
export interface HostOptions {
  /** Which version of the controller is reproduced. Default: the newest release. */
  readonly controller?: ControllerVersion
  /** Further options of the Rollout reducer. */
  readonly rollout?: Omit<RolloutOptions, 'controller'>
  /** Values of secret arguments stay in measurements, as the controller leaves them. Default: they are hidden. */
  readonly showSecrets?: boolean
  /**
   * Reconciles at the same time, by kind. Default: 10, AnalysisRuns 30, as the controller.
   */
  readonly concurrency?: Partial<Readonly<Record<ReconciledKind, number>>>
  /** Milliseconds to wait after the first failure of an object; each one in a row doubles it. Default 5. */
  readonly firstRetryMilliseconds?: number
  /** The longest such wait in milliseconds. Default 1,000,000. */
  readonly longestRetryMilliseconds?: number
  /** Everything is looked at again after this many seconds at the latest. Default 900. */
  readonly resyncSeconds?: number
  /** How long a host that is stopped waits for reconciles under way. Default 30. */
  readonly drainSeconds?: number
  /** Which Rollouts, AnalysisRuns and Experiments this host takes care of: an instance id, a shard. Default: all. */
  readonly owns?: (object: KubeObject) => boolean
  /** A number in [0, 1) that spreads retries. Default: random. */
  readonly jitter?: () => number
  /** Called with every reconcile: logs, monitors. If it throws, `onError` is called. */
  readonly onReconcile?: (record: ReconcileRecord) => void
  /** Told what a port rejected with, and about which object. The loop goes on. */
  readonly onError?: (error: unknown, ref: ObjectRef | undefined) => void
}

/** The options with every default filled in. */
export interface Settings
  extends Required<
    Pick<
      HostOptions,
      'firstRetryMilliseconds' | 'longestRetryMilliseconds' | 'resyncSeconds' | 'drainSeconds' | 'owns' | 'jitter'
    >
  > {
  readonly clock: HostClock
  readonly concurrencyOf: (kind: ReconciledKind) => number
  readonly rollout: RolloutOptions
  readonly options: HostOptions
}

export const settingsOf = (ports: HostPorts, options: HostOptions): Settings => ({
  clock: ports.clock ?? platformClock,
  firstRetryMilliseconds: options.firstRetryMilliseconds ?? 5,
  longestRetryMilliseconds: options.longestRetryMilliseconds ?? 1_000_000,
  resyncSeconds: options.resyncSeconds ?? 900,
  drainSeconds: options.drainSeconds ?? 30,
  owns: options.owns ?? (() => true),
  jitter: options.jitter ?? Math.random,
  concurrencyOf: (kind) => Math.max(1, options.concurrency?.[kind] ?? (kind === 'AnalysisRun' ? 30 : 10)),
  rollout: { ...options.rollout, ...(options.controller && { controller: options.controller }) },
  options,
})
