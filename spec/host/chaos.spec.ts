import { describe, expect, test } from 'vitest'
import { createHost, type HostPorts } from '../../src/host/index'
import { type MemoryCluster, memoryCluster } from '../../src/memory/index'
import type { KubeObject } from '../../src/model/meta'
import { randomOf } from '../hostile/random'
import { propertySeed } from '../properties/recorded'
import { virtualClock } from './virtualClock'

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
  readonly clock: ReturnType<typeof virtualClock>
  readonly cluster: MemoryCluster
  readonly weights: number[]
  readonly created: string[]
  readonly events: string[]
}

/** Reads are many and fail rarely, or nothing would ever be decided. A killed process hears nothing any more. */
function portsOf(life: Life, fails: (oneOf: number) => boolean, isKilled: () => boolean): HostPorts {
  const { cluster, clock } = life
  const shaky = <T>(work: () => T, oneOf = 6): T | Promise<T> => {
    if (isKilled()) return new Promise<T>(() => {})
    if (!fails(oneOf)) return work()
    // The work was done, and only its answer is lost.
    if (fails(2)) work()
    return Promise.reject(new Error('503 Service Unavailable'))
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
    events: { emit: ({ reason, message }) => shaky(() => void life.events.push(`${reason}: ${message}`)) },
  }
}

async function live(fails: (oneOf: number) => boolean, restarts: () => boolean): Promise<Life> {
  const clock = virtualClock()
  const cluster = memoryCluster({ clock, readyAfterSeconds: 2 })
  const life: Life = { clock, cluster, weights: [], created: [], events: [] }
  for (const object of [rollout('web:1'), service('canary'), service('stable')]) cluster.applyObject(object)
  const process = { number: 0 }
  const start = (): void => {
    const number = ++process.number
    const ports = portsOf(life, fails, () => process.number !== number)
    void createHost(ports, { jitter: () => 0 }).run(new AbortController().signal)
  }
  const lifeSeconds = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      if (process.number === 0 || restarts()) start()
      await clock.advance(1)
    }
  }
  await lifeSeconds(60)
  cluster.applyObject(rollout('web:2'))
  await lifeSeconds(240)
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
  const lives = [0, 1, 2, 3, 4, 5]
  test.for(lives)('life %s ends as an undisturbed one', async (index) => {
    const random = randomOf(propertySeed, index)
    const undisturbed = await live(
      () => false,
      () => false,
    )
    const life = await live(
      (oneOf) => random.below(oneOf) === 0,
      () => random.below(10) === 0,
    )
    expect(endOf(life)).toEqual(endOf(undisturbed))
    expect(life.created).toEqual(undisturbed.created)
    // No event is lost; which of those that report progress there are depends on when the host looked.
    const lasting = (events: readonly string[]): readonly string[] =>
      [...new Set(events)].filter((event) => /completed|Scaled|Switched|updated to revision/.test(event)).sort()
    expect(lasting(life.events)).toEqual(lasting(undisturbed.events))
  })
})
