import { describe, expect, test } from 'vitest'
import { createHost, type HostPorts } from '../../src/host/index'
import { type MemoryCluster, manualClock, memoryCluster } from '../../src/memory/index'
import type { EngineEvent } from '../../src/model/decision'
import type { KubeObject } from '../../src/model/meta'
import { randomOf } from '../hostile/random'
import { propertySeed } from '../properties/seed'

// A whole update under a host whose ports fail at random, whose cluster refuses with conflicts, and that is killed and started again.

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})

const steps = [{ setWeight: 25 }, { pause: { duration: '30s' } }, { setWeight: 60 }, { pause: { duration: '10s' } }]
const canary = { canary: { canaryService: 'canary', stableService: 'stable', trafficRouting: { smi: {} }, steps } }

const rollout = (image: string): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, template: template(image), strategy: canary },
})

const service = (name: string): KubeObject => ({
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' } },
})

interface Life {
  readonly clock: ReturnType<typeof manualClock>
  readonly cluster: MemoryCluster
  readonly weights: number[]
  readonly created: string[]
  readonly events: string[]
  /** Events that wait outlive a killed process. */
  readonly outboxes: Map<string, readonly EngineEvent[]>
}

/** Reads are many and fail rarely, or nothing would ever be decided. A killed process hears nothing any more. */
function portsOf(life: Life, fails: (oneOf: number) => boolean, isKilled: () => boolean): HostPorts {
  const { cluster, clock } = life
  const shaky = async <T>(work: () => T | Promise<T>, oneOf = 6): Promise<T> => {
    if (isKilled()) return new Promise(() => {})
    if (!fails(oneOf)) return await work()
    // The work was done, and only its answer is lost.
    if (fails(2)) await work()
    throw new Error('503 Service Unavailable')
  }
  return {
    clock,
    cluster: {
      ...cluster,
      get: (kind, namespace, name) => shaky(() => cluster.get(kind, namespace, name), 100),
      list: (kind, namespace) => shaky(() => cluster.list(kind, namespace), 100),
      apply: (change) =>
        shaky(() => {
          const failure = cluster.apply(change)
          if (change.kind === 'createReplicaSet' && !failure) life.created.push(change.replicaSet.metadata.name)
          return failure
        }),
      writeStatus: (write) => shaky(() => cluster.writeStatus(write)),
    },
    traffic: {
      apply: (change) =>
        shaky(() => {
          if (change.kind === 'setWeight') life.weights.push(change.weight)
          return undefined
        }),
      verifyWeight: ({ weight }) => shaky(() => ({ verified: weight === life.weights.at(-1) })),
    },
    events: {
      emit: ({ reason, message }) => shaky(() => void life.events.push(`${reason}: ${message}`)),
      outboxOf: ({ kind, name }) => ({
        read: () => shaky(() => life.outboxes.get(`${kind}/${name}`) ?? []),
        write: (events) => shaky(() => void life.outboxes.set(`${kind}/${name}`, events)),
      }),
    },
  }
}

/** After that, everything that failed was tried again. */
const longestBackOffSeconds = 1100

async function live(fails: (oneOf: number) => boolean, restarts: () => boolean): Promise<Life> {
  const clock = manualClock('2030-01-01T00:00:00Z')
  const cluster = memoryCluster({ clock, readyAfterSeconds: 2 })
  const life: Life = { clock, cluster, weights: [], created: [], events: [], outboxes: new Map() }
  for (const object of [rollout('web:1'), service('canary'), service('stable')]) cluster.applyObject(object)
  const process = { number: 0, isCalm: false }
  const start = (): void => {
    const number = ++process.number
    const ports = portsOf(
      life,
      (oneOf) => !process.isCalm && fails(oneOf),
      () => process.number !== number,
    )
    void createHost(ports, { jitter: () => 0 }).run(new AbortController().signal)
  }
  const lifeSeconds = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      if (process.number === 0 || restarts()) start()
      await clock.advance(1)
    }
  }
  const calmDown = async (): Promise<void> => {
    process.isCalm = true
    await clock.advance(longestBackOffSeconds)
    process.isCalm = false
  }
  await lifeSeconds(60)
  await calmDown()
  cluster.applyObject(rollout('web:2'))
  await lifeSeconds(240)
  await calmDown()
  process.number = -1
  return life
}

const endOf = ({ cluster, weights }: Life): unknown => ({
  objects: cluster.objects().map(({ kind, metadata, spec, status }) => {
    const { phase, stableRS, currentPodHash, currentStepIndex, pauseConditions } = (status ?? {}) as Record<
      string,
      unknown
    >
    return { kind, name: metadata.name, spec, phase, stableRS, currentPodHash, currentStepIndex, pauseConditions }
  }),
  weight: weights.at(-1),
})

describe(`a routed canary under a failing host (PROPERTY_SEED=${propertySeed})`, () => {
  const lives = [0, 1, 2, 3, 4, 5].map((index) => ({ index, isKilled: index > 2 }))
  const calm = live(
    () => false,
    () => false,
  )
  test.for(lives)('life $index ends as an undisturbed one, killed: $isKilled', async ({ index, isKilled }) => {
    const random = randomOf(propertySeed, index)
    const undisturbed = await calm
    const life = await live(
      (oneOf) => random.below(oneOf) === 0,
      () => isKilled && random.below(10) === 0,
    )
    expect(endOf(life)).toEqual(endOf(undisturbed))
    expect(life.created).toEqual(undisturbed.created)
    // A process that is killed takes with it what it did not note down yet.
    if (isKilled) return
    // No event is lost; which of those that report progress there are depends on when the host looked.
    const lasting = (events: readonly string[]): readonly string[] =>
      [...new Set(events)].filter((event) => /completed|Scaled|Switched|updated to revision/.test(event)).sort()
    expect(lasting(life.events)).toEqual(lasting(undisturbed.events))
  })
})
