export type { AnyDecision } from '../adapters/reconcileObject'
export { changedObject } from '../cluster/changedObject'
export { createHost, type Host } from './createHost'
export type { HostOptions, ReconcileRecord } from './options'
export type {
  Awaitable,
  ClusterChange,
  ClusterPort,
  EventSink,
  HostClock,
  HostEvent,
  HostPorts,
  Lease,
  LeaseHold,
  MetricsPort,
  SecretsPort,
  Sighting,
  StatusWrite,
  StepPluginPort,
  TrafficPort,
  Wanted,
} from './ports'
export { type ReconcileTrace, reconcileChannel } from './tracing'
