import { hostname } from 'node:os'
import type { KubeConfig } from '@kubernetes/client-node'
import type { KubeObject } from 'rollout-engine'
import { fetchMetrics } from 'rollout-engine/adapters'
import { createHost, type Host, type HostOptions, type HostPorts } from 'rollout-engine/host'
import { renderMetrics } from 'rollout-engine/monitoring'
import { insecureFetch } from 'rollout-engine/node'
import { apiOf } from './api'
import { objectCache } from './cache'
import { clusterPort } from './cluster'
import { eventSink } from './events'
import { kubernetesLease, type LeaseOptions } from './lease'
import { type ShadowDifference, shadowDifference, shadowPorts } from './shadow'
import { trafficPort } from './traffic'

export interface ControllerOptions extends HostOptions {
  /** Only objects of this namespace. Default: all. */
  readonly namespace?: string
  /** Only objects with this value of the label `argo-rollouts.argoproj.io/controller-instance-id`. Default: those without one. */
  readonly instanceId?: string
  /** Decides and writes nothing: told what would have been done otherwise. */
  readonly shadow?: (difference: ShadowDifference) => void
  /** Leader election. Default: none, this is the only process. */
  readonly lease?: Partial<LeaseOptions>
  readonly log?: (text: string) => void
}

const instanceLabel = 'argo-rollouts.argoproj.io/controller-instance-id'
const component = 'rollout-engine-controller'

export interface Controller {
  /** Works until the signal aborts, and ends what it has begun. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly isReady: () => boolean
  /** For Prometheus. */
  readonly metrics: () => string
  readonly host: Host
}

/** A controller for Argo's own resources: the engine decides, this carries it out on a Kubernetes cluster. */
export function kubernetesController(config: KubeConfig, options: ControllerOptions = {}): Controller {
  const { namespace, instanceId, shadow, lease, log = () => {}, onReconcile, ...others } = options
  const api = apiOf(config)
  const cache = objectCache(config, api, namespace, log)
  const cluster = clusterPort(api, cache)
  const state = { isReady: false }
  const election = lease && {
    lease: kubernetesLease(api, {
      namespace: 'argo-rollouts',
      name: component,
      identity: `${hostname()}-${process.pid}`,
      ...lease,
    }),
  }
  const ports: HostPorts = shadow
    ? shadowPorts(cluster)
    : {
        cluster,
        traffic: trafficPort(api, cache),
        metrics: fetchMetrics({ now: () => new Date().toISOString(), insecureFetch }),
        secrets: { read: async (space, name) => readSecret(api, space, name) },
        events: eventSink(api, cache, component),
        ...election,
      }
  const host = createHost(ports, {
    owns: (object) => instanceOf(object) === (instanceId ?? ''),
    onError: (error, ref) => log(`${ref ? `${ref.kind} ${ref.namespace}/${ref.name}: ` : ''}${textOf(error)}`),
    ...others,
    onReconcile: (record) => {
      const difference = shadow && shadowDifference(record)
      if (difference) shadow?.(difference)
      onReconcile?.(record)
    },
  })
  return {
    host,
    isReady: () => state.isReady,
    metrics: () => renderMetrics(host.metrics()),
    async run(signal) {
      await cache.start()
      state.isReady = true
      try {
        await host.run(signal)
      } finally {
        state.isReady = false
        await cache.stop()
      }
    },
  }
}

/** What a decision ends with is data, and not an Error. */
const textOf = (error: unknown): string => (error instanceof Error ? String(error) : JSON.stringify(error))

const instanceOf = ({ metadata }: KubeObject): string => metadata.labels?.[instanceLabel] ?? ''

/** Decoded values; undefined where there is no such Secret. Secrets are read when they are needed, and never kept. */
async function readSecret(api: ReturnType<typeof apiOf>, namespace: string, name: string) {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`
  const secret = (await api.send({ method: 'GET', path }).catch((error: { code?: number }) => {
    if (error.code === 404) return undefined
    throw error
  })) as { readonly data?: Readonly<Record<string, string>> } | undefined
  if (!secret) return undefined
  const decoded = Object.entries(secret.data ?? {}).map(([key, value]) => [
    key,
    Buffer.from(value, 'base64').toString('utf8'),
  ])
  return Object.fromEntries(decoded) as Readonly<Record<string, string>>
}
