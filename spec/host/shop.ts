import { createHost, type HostOptions, type HostPorts, type ReconcileRecord } from '../../src/host/index'
import { type MemoryCluster, manualClock, memoryCluster } from '../../src/memory/index'
import type { KubeObject } from '../../src/model/meta'
import type { RolloutStatus } from '../../src/model/rolloutStatus'

// Rollouts for tests of the host itself, and a host whose ports can be replaced one by one.

export const rollout = (name: string, image: string, strategy: object = { canary: {} }): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name, namespace: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } },
    strategy,
  },
})

export const service = (name: string, app: string): KubeObject => ({
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app } },
})

export interface Running {
  readonly clock: ReturnType<typeof manualClock>
  readonly cluster: MemoryCluster
  readonly records: ReconcileRecord[]
  readonly errors: unknown[]
  readonly host: ReturnType<typeof createHost>
  readonly stop: AbortController
  readonly running: Promise<void>
  readonly status: (name?: string) => RolloutStatus | undefined
}

/** A host at work on these objects. `replaced` gets the memory cluster and gives ports in place of it. */
export function started(
  objects: readonly KubeObject[],
  replaced: (cluster: MemoryCluster, clock: Running['clock']) => Partial<HostPorts> = () => ({}),
  options: HostOptions = {},
): Running {
  const clock = manualClock('2030-01-01T00:00:00Z')
  const cluster = memoryCluster({ clock })
  for (const object of objects) cluster.applyObject(object)
  const records: ReconcileRecord[] = []
  const errors: unknown[] = []
  const ports = { cluster, clock, ...replaced(cluster, clock) }
  const host = createHost(ports, {
    jitter: () => 0,
    onReconcile: (record) => records.push(record),
    onError: (error) => errors.push(error),
    ...options,
  })
  const stop = new AbortController()
  const running = host.run(stop.signal)
  return {
    clock,
    cluster,
    records,
    errors,
    host,
    stop,
    running,
    status: (name = 'web') =>
      cluster.objects().find(({ kind, metadata }) => kind === 'Rollout' && metadata.name === name)?.status as
        | RolloutStatus
        | undefined,
  }
}
