import { describe, expect, test } from 'vitest'
import { drive, type EventOutbox, type RolloutPorts, reconcileOnce } from '../../src/adapters/index'
import type { Change } from '../../src/model/change'
import type { EngineEvent } from '../../src/model/decision'
import { applied, applyStatus, type ClusterObjects, observeRollout } from '../../src/simulate/index'

// A host whose world is a modelled cluster: the driver must bring it to the same place as the simulator would.

const key = 'rollouts/shop/web'
const service = (name: string) => ({
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' } },
})
const rollout = {
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1', generation: 1 },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    strategy: {
      canary: { canaryService: 'c', stableService: 's', trafficRouting: { smi: {} }, steps: [{ setWeight: 50 }] },
    },
  },
}
const start: ClusterObjects = { [key]: rollout, 'services/shop/c': service('c'), 'services/shop/s': service('s') }

function hostOf(objects: ClusterObjects, fails: (change: Change) => boolean = () => false) {
  const host = { objects, applied: [] as string[], emitted: [] as string[] }
  const now = '2030-01-01T00:00:00Z'
  const ports: RolloutPorts = {
    observe: async () => (host.objects[key] ? observeRollout(host.objects, key, now) : undefined),
    apply: async (change) => {
      if (fails(change)) return { message: 'router refused' }
      host.applied.push(change.kind)
      host.objects = applied(host.objects, change, { now, uidOf: (name) => `uid-${name}` })
      return undefined
    },
    persistStatus: async (status) => {
      host.objects = applyStatus(host.objects, key, status)
    },
    emit: async ({ reason }) => {
      host.emitted.push(reason)
    },
    answer: async (ask) => (ask.kind === 'stepPlugin' ? { phase: 'Successful' } : {}),
  }
  return { host, ports }
}

describe('one reconcile against a host', () => {
  test('applies changes in order, persists the status, emits the events', async () => {
    const { host, ports } = hostOf(start)
    const decision = await reconcileOnce(ports)
    expect(host.applied).toEqual(['createReplicaSet', 'annotateRollout'])
    expect(host.emitted).toEqual(['RolloutUpdated', 'NewReplicaSetCreated'])
    expect(host.objects[key]?.status).toBe(decision?.status)
  })

  test('a Rollout that is gone is nothing to decide about', async () => {
    const { ports } = hostOf({})
    expect(await reconcileOnce(ports)).toBeUndefined()
  })

  test('a refused change is reported back; what was applied before is not applied again', async () => {
    const { host, ports } = hostOf(start, (change) => change.kind === 'setWeight')
    const makeReady = () => {
      for (const [name, object] of Object.entries(host.objects)) {
        if (!name.startsWith('replicasets/')) continue
        const replicas = (object.spec as { replicas: number }).replicas
        const status = {
          replicas,
          readyReplicas: replicas,
          availableReplicas: replicas,
          observedGeneration: object.metadata.generation,
        }
        host.objects = { ...host.objects, [name]: { ...object, status } }
      }
    }
    const decisions = []
    for (let round = 0; round < 8; round++) {
      host.applied.length = 0
      decisions.push(await reconcileOnce(ports))
      makeReady()
    }
    const last = decisions.at(-1)
    expect(last?.error?.message).toBe('router refused')
    expect(last?.requeueSoon).toBe(true)
    expect(host.applied.filter((kind) => kind === 'updateHash')).toHaveLength(1)
  })

  test('a change that failed otherwise ends the reconcile: nothing later is applied, no status is persisted', async () => {
    const { host, ports } = hostOf(start, (change) => change.kind === 'createReplicaSet')
    const decision = await reconcileOnce(ports)
    expect(decision).toMatchObject({ requeueSoon: true, error: { code: 'change-failed' } })
    expect(host.applied).toEqual([])
    expect(host.emitted).toEqual([])
    expect(host.objects).toEqual(start)
  })
})

describe('a change that the reducer decides about', () => {
  const analysed = {
    ...rollout,
    spec: {
      ...rollout.spec,
      strategy: { canary: { steps: [{ analysis: { templates: [{ templateName: 'check' }] } }] } },
    },
    status: {},
  }
  const template = {
    kind: 'AnalysisTemplate',
    metadata: { name: 'check', namespace: 'shop' },
    spec: { metrics: [{ name: 'ok', provider: { web: { url: 'http://shop.example' } } }] },
  }

  test('an AnalysisRun that is refused: error and status are those that the reducer decides', async () => {
    const { host, ports } = hostOf({ [key]: analysed, 'analysistemplates/shop/check': template })
    for (let round = 0; round < 6; round++) {
      await reconcileOnce(ports)
      makeReady(host)
    }
    const spec = { ...rollout.spec, strategy: analysed.spec.strategy }
    const podTemplate = { ...spec.template, spec: { containers: [{ name: 'web', image: 'web:2' }] } }
    host.objects = {
      ...host.objects,
      [key]: { ...host.objects[key], spec: { ...spec, template: podTemplate } } as never,
    }
    const refusing = hostOf(host.objects, (change) => change.kind === 'createAnalysisRun')
    const decisions = []
    for (let round = 0; round < 4; round++) {
      decisions.push(await reconcileOnce(refusing.ports))
      makeReady(refusing.host)
    }
    expect(decisions.at(-1)).toMatchObject({
      requeueSoon: true,
      error: { code: 'create-refused', message: 'router refused' },
    })
    expect(refusing.host.applied).not.toContain('createAnalysisRun')
  })
})

function makeReady(host: { objects: ClusterObjects }): void {
  for (const [name, object] of Object.entries(host.objects)) {
    if (!name.startsWith('replicasets/')) continue
    const replicas = (object.spec as { replicas: number }).replicas
    const observedGeneration = object.metadata.generation
    const status = { replicas, readyReplicas: replicas, availableReplicas: replicas, observedGeneration }
    host.objects = { ...host.objects, [name]: { ...object, status } }
  }
}

describe('a loop whose ports fail', () => {
  const failing = async (): Promise<never> => {
    throw new Error('down')
  }

  test('goes on with longer and longer waits, and tells', async () => {
    const { ports } = hostOf(start)
    const waits: number[] = []
    const errors: unknown[] = []
    const wait = async (seconds: number) => void waits.push(seconds)
    const onError = (error: unknown) => void errors.push(error)
    await drive({ ...ports, observe: failing, wait, onError }, () => waits.length === 11)
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    expect(errors).toHaveLength(11)
  })

  test('starts counting anew once there is no trouble', async () => {
    const { ports } = hostOf(start)
    const waits: number[] = []
    let calls = 0
    const observe = () => (++calls % 3 === 0 ? ports.observe() : failing())
    await drive({ ...ports, observe, wait: async (seconds) => void waits.push(seconds) }, () => waits.length === 5)
    expect(waits).toEqual([1, 2, 1, 1, 2])
  })

  test('ends with what onError throws', async () => {
    const { ports } = hostOf(start)
    const onError = (error: unknown) => {
      throw error
    }
    const driven = drive({ ...ports, observe: failing, wait: async () => {}, onError }, () => false)
    await expect(driven).rejects.toThrow('down')
  })

  test('events outlive the process in an outbox, in order', async () => {
    const { host, ports } = hostOf(start)
    let stored: readonly EngineEvent[] = []
    const outbox: EventOutbox = {
      read: async () => stored,
      write: async (events) => {
        stored = JSON.parse(JSON.stringify(events))
      },
    }
    await expect(reconcileOnce({ ...ports, outbox, emit: failing })).rejects.toThrow('down')
    expect(host.objects[key]?.status).toBeDefined()
    expect(stored.map(({ reason }) => reason)).toEqual(['RolloutUpdated', 'NewReplicaSetCreated'])
    await reconcileOnce({ ...ports, outbox })
    expect(host.emitted.slice(0, 2)).toEqual(['RolloutUpdated', 'NewReplicaSetCreated'])
    expect(stored).toEqual([])
  })

  test('events wait in memory for a loop that is started again with the same ports', async () => {
    const { host, ports } = hostOf(start)
    let isDown = true
    const same: RolloutPorts = { ...ports, emit: (event) => (isDown ? failing() : ports.emit(event)) }
    await expect(reconcileOnce(same)).rejects.toThrow('down')
    isDown = false
    await reconcileOnce(same)
    expect(host.emitted.slice(0, 2)).toEqual(['RolloutUpdated', 'NewReplicaSetCreated'])
  })

  test('a conflict on the status loses no event of what was applied', async () => {
    const { host, ports } = hostOf(start)
    await expect(reconcileOnce({ ...ports, persistStatus: failing })).rejects.toThrow('down')
    expect(host.applied).toEqual(['createReplicaSet', 'annotateRollout'])
    expect(host.emitted).toEqual(['RolloutUpdated', 'NewReplicaSetCreated'])
  })

  test('no answer at all ends the reconcile with an error', async () => {
    const { host, ports } = hostOf(start)
    const codes: (string | undefined)[] = []
    for (let round = 0; round < 8; round++) {
      const decision = await reconcileOnce({ ...ports, answer: async () => undefined as never })
      codes.push(decision?.error?.code)
      makeReady(host)
    }
    expect(codes.at(-1)).toBe('malformed-answer')
  })
})

test('a pause ends a second after its time on a clock of whole seconds, not at the next resync', async () => {
  const { host, ports } = hostOf(start)
  const waits: number[] = []
  const begin = Date.parse('2030-01-01T00:00:00Z') / 1000
  const canary = { steps: [{ pause: { duration: '30s' } }] }
  const paused = {
    ...rollout,
    spec: { ...rollout.spec, strategy: { canary } },
  }
  host.objects = { [key]: paused }
  let second = 0
  const now = () => `${new Date((begin + second) * 1000).toISOString().slice(0, 19)}Z`
  const driven = {
    ...ports,
    observe: async () => observeRollout(host.objects, key, now()),
    wait: async (seconds: number) => {
      waits.push(seconds)
      second += seconds
      makeReady(host)
    },
  }
  await drive(driven, () => second > 900)
  const template = { ...rollout.spec.template, spec: { containers: [{ name: 'web', image: 'web:2' }] } }
  const updated = host.objects[key] as unknown as typeof paused
  const metadata = { ...updated.metadata, generation: 2 }
  host.objects = { ...host.objects, [key]: { ...updated, metadata, spec: { ...updated.spec, template } } as never }
  const updatedAt = second
  await drive(driven, () => second > updatedAt + 60)
  expect(host.objects[key]?.status).toMatchObject({ currentStepIndex: 1, phase: 'Healthy' })
})
