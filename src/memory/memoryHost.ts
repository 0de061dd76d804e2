import { createHost, type Host } from '../host/createHost'
import type { HostOptions } from '../host/options'
import type { HostPorts } from '../host/ports'
import { givenList } from '../model/given'
import type { Issue } from '../model/issue'
import { type Manifest, type MemoryCluster, type MemoryClusterOptions, memoryCluster } from './memoryCluster'

/** Options of a host in memory beside those of every host: the cluster's, and every port but the cluster. */
export type MemoryHostOptions = HostOptions & MemoryClusterOptions & Omit<HostPorts, 'cluster'>

/** A host whose objects are in memory. */
export interface MemoryHost extends Host {
  readonly cluster: MemoryCluster
  /** Objects that were refused, by their index. */
  readonly issues: readonly Issue[]
}

/**
 * A host without a cluster: for platforms that are not Kubernetes, and for tests. Rollouts, ReplicaSets, Services and
 * analyses are objects in memory; `scale` tells the platform how many pods to run, the traffic port tells the router.
 *
 * @example
 * import { memoryHost } from 'rollout-engine/memory'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const host = memoryHost([{ kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }])
 * const stop = new AbortController()
 * const running = host.run(stop.signal)
 * await host.idle()
 * stop.abort()
 * await running
 * host.cluster.objects().map(({ kind }) => kind) // => ['Rollout', 'ReplicaSet']
 */
export function memoryHost(objects: readonly Manifest[], options: MemoryHostOptions = {}): MemoryHost {
  const cluster = memoryCluster(options)
  const issues = givenList(objects).flatMap((object, at) => {
    const issue = cluster.applyObject(object)
    return issue ? [{ ...issue, path: `objects[${at}].${issue.path}` }] : []
  })
  return { ...createHost({ ...options, cluster }, options), cluster, issues }
}
