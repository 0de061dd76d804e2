import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RolloutStatus } from 'rollout-engine'
import { fetchMetrics } from 'rollout-engine/adapters'
import type { HostEvent } from 'rollout-engine/host'
import { parseManifests } from 'rollout-engine/input'
import { type MemoryHost, memoryHost } from 'rollout-engine/memory'
import { type Haproxy, startHaproxy } from './haproxy'
import { type Pods, processPods } from './pods'
import { type Prometheus, startPrometheus } from './prometheus'
import { haproxyRouter, type Router } from './router'

const manifest = readFileSync(fileURLToPath(new URL('shop.yaml', import.meta.url)), 'utf8')

/** A platform without Kubernetes: processes, a HAProxy, a Prometheus, and a host that decides. */
export interface Platform {
  readonly url: string
  /** Runs this version from now on; `failingShare` of its requests will fail. */
  readonly deploy: (version: string, failingShare: number) => void
  readonly status: () => RolloutStatus | undefined
  readonly pods: Pods
  readonly stop: () => Promise<void>
}

/** What the platform tells. */
export interface PlatformWatch {
  readonly event: (event: HostEvent) => void
  readonly weight: (weight: number) => void
  readonly failed: (error: unknown) => void
}

export async function startPlatform(watch: PlatformWatch): Promise<Platform> {
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end()
  }
  try {
    const prometheus = await startPrometheus()
    stops.push(prometheus.stop)
    const haproxy = await startHaproxy()
    stops.push(haproxy.stop)
    return { ...startHost(prometheus, haproxy, watch, stops), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function startHost(
  prometheus: Prometheus,
  haproxy: Haproxy,
  watch: PlatformWatch,
  stops: (() => Promise<void>)[],
): Omit<Platform, 'stop'> {
  const pods = processPods({
    counted: (name, counts) => host.cluster.reportPods({ namespace: 'shop', name }, counts),
    moved: async () => {
      prometheus.scrape(pods.serving())
      await router.update().catch(watch.failed)
    },
  })
  const router: Router = haproxyRouter(haproxy, () => host.cluster, pods.serving)
  const told = { weight: 0 }
  const host: MemoryHost = memoryHost([], {
    scale: pods.scale,
    traffic: {
      ...router,
      async apply(change, rollout) {
        const failure = await router.apply(change, rollout)
        // Only now it is in effect.
        if (!failure && change.kind === 'setWeight' && change.weight !== told.weight) {
          told.weight = change.weight
          watch.weight(change.weight)
        }
        return failure
      },
    },
    metrics: fetchMetrics({ now: () => new Date().toISOString() }),
    events: { emit: watch.event },
    onError: watch.failed,
  })
  // A Service that means other pods moves the traffic, too.
  stops.push(pods.stop)
  const unwatch = host.cluster.watch(({ ref }) => ref.kind === 'Service' && void router.update().catch(watch.failed))
  const ending = new AbortController()
  const running = host.run(ending.signal)
  stops.push(async () => {
    unwatch()
    ending.abort()
    await running
  })
  return {
    url: haproxy.url,
    pods,
    deploy(version, failingShare) {
      const text = manifest
        .replace('VERSION', version)
        .replace('"SHARE"', JSON.stringify(String(failingShare)))
        .replace('PROMETHEUS', prometheus.address)
      const { objects, issues } = parseManifests(text)
      if (issues[0]) throw new Error(`shop.yaml: ${issues[0].message}`)
      for (const object of objects) host.cluster.applyObject(object)
    },
    status: () => host.cluster.objects().find(({ kind }) => kind === 'Rollout')?.status as RolloutStatus | undefined,
  }
}
