import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { HostClock } from 'rollout-engine/host'
import { type MemoryHost, memoryHost } from 'rollout-engine/memory'
import { objectsAt, rolloutAt } from './rollouts'

export interface OneProcess {
  readonly rollouts: number
  readonly updating: number
  readonly pauseSeconds: number
}

/** How a fleet in one process does. */
export interface FleetFigures extends OneProcess {
  /** Of the installation and of the update. */
  readonly reconciles: number
  readonly reconcilesPerSecond: number
  readonly latencyMilliseconds: { readonly median: number; readonly p99: number }
  /** The longest that an object waited for its turn. */
  readonly longestWaitSeconds: number
  /** Rollouts that were in the midst of their update at the same time. */
  readonly mostUpdating: number
  readonly rssMegabytes: number
  readonly kilobytesForOne: number
  readonly eventLoopMilliseconds: { readonly p99: number; readonly max: number }
}

const heapBytes = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** With fractions of a millisecond: most reconciles take less than one. */
const clock: HostClock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds)
    return () => clearTimeout(timer)
  },
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
}

/** Installs the fleet, updates a part of it all at once, and measures until everything is promoted. */
export async function measureFleet({ rollouts, updating, pauseSeconds }: OneProcess): Promise<FleetFigures> {
  const heapBefore = heapBytes()
  const latencies: number[] = []
  const told = new Map<string, number>()
  const host = memoryHost([], {
    clock,
    readyAfterSeconds: 0.05,
    traffic: {
      apply(change, { metadata }) {
        if (change.kind === 'setWeight') told.set(metadata.name, change.weight)
        return undefined
      },
      verifyWeight: ({ weight }, { metadata }) => ({ verified: told.get(metadata.name) === weight }),
    },
    onReconcile: ({ milliseconds }) => latencies.push(milliseconds),
  })
  for (let at = 0; at < rollouts; at++) {
    for (const object of objectsAt(at, 'web:1', pauseSeconds)) host.cluster.applyObject(object)
  }
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const stop = new AbortController()
  const startedAt = clock.now()
  const running = host.run(stop.signal)
  const installed = await untilPromoted(host, rollouts)
  for (let at = 0; at < updating; at++) host.cluster.applyObject(rolloutAt(at, 'web:2', pauseSeconds))
  const updated = await untilPromoted(host, rollouts)
  // Old pods go last.
  await wait(2000)
  const seconds = (clock.now() - startedAt) / 1000
  delay.disable()
  const rss = process.memoryUsage().rss
  const kilobytesForOne = (heapBytes() - heapBefore) / 1024 / rollouts
  stop.abort()
  await running
  latencies.sort((left, right) => left - right)
  return {
    rollouts,
    updating,
    pauseSeconds,
    reconciles: latencies.length,
    reconcilesPerSecond: latencies.length / seconds,
    latencyMilliseconds: { median: part(latencies, 0.5), p99: part(latencies, 0.99) },
    longestWaitSeconds: Math.max(installed.longestWaitSeconds, updated.longestWaitSeconds),
    mostUpdating: updated.mostUpdating,
    rssMegabytes: rss / 1024 / 1024,
    kilobytesForOne,
    eventLoopMilliseconds: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
  }
}

const part = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0

interface Seen {
  readonly longestWaitSeconds: number
  readonly mostUpdating: number
}

async function untilPromoted(host: MemoryHost, rollouts: number): Promise<Seen> {
  const seen = { longestWaitSeconds: 0, mostUpdating: 0 }
  for (let promoted = 0; promoted < rollouts; ) {
    await wait(250)
    promoted = 0
    for (const { kind, metadata, status } of host.cluster.objects()) {
      if (kind !== 'Rollout') continue
      const { phase, observedGeneration, stableRS, currentPodHash } = (status ?? {}) as Readonly<
        Record<string, unknown>
      >
      const isSeen = observedGeneration === String(metadata.generation)
      if (phase === 'Healthy' && isSeen && stableRS === currentPodHash) promoted++
    }
    seen.mostUpdating = Math.max(seen.mostUpdating, rollouts - promoted)
    const waits = host.metrics().find(({ name }) => name === 'rollout_engine_queue_oldest_seconds')?.samples ?? []
    seen.longestWaitSeconds = Math.max(seen.longestWaitSeconds, ...waits.map(({ value }) => value))
  }
  return seen
}

// node --expose-gc --import tsx oneProcess.ts ROLLOUTS UPDATING: prints the figures as JSON.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [rollouts = 100, updating = 10] = process.argv.slice(2).map(Number)
  // What a program does first is slower: its code is not compiled yet.
  await measureFleet({ rollouts: 200, updating: 100, pauseSeconds: 1 })
  console.log(JSON.stringify(await measureFleet({ rollouts, updating, pauseSeconds: 5 })))
}
