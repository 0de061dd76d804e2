import type { ObjectRef } from '../model/decision'
import type { ReconcileRecord } from './options'

/**
 * Name of the channel of `node:diagnostics_channel` on which every reconcile is traced
 * (`tracing:rollout-engine:reconcile:start`, `:asyncEnd`, `:error`, ...). The messages are `{ ref, record? }`.
 * OpenTelemetry and others make spans of them.
 *
 * @example
 * import { reconcileChannel } from 'rollout-engine/host'
 * reconcileChannel // => 'rollout-engine:reconcile'
 */
export const reconcileChannel = 'rollout-engine:reconcile'

/** What subscribers get; `record` is there once the reconcile is over. */
export interface ReconcileTrace {
  readonly ref: ObjectRef
  record?: ReconcileRecord
}

interface Tracing {
  readonly tracePromise: <T>(work: () => Promise<T>, context: ReconcileTrace) => Promise<T>
}

interface Platform {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown }
}

interface DiagnosticsChannel {
  readonly tracingChannel?: (name: string) => Tracing
}

/** Browsers, and Node before 20.16, have no such channels: nothing is traced there. */
export function tracing(): Tracing {
  const { process } = globalThis as Platform
  const channels = process?.getBuiltinModule?.('node:diagnostics_channel') as DiagnosticsChannel | undefined
  return channels?.tracingChannel?.(reconcileChannel) ?? { tracePromise: (work) => work() }
}
