import { describe, expect, test } from 'vitest'
import { type RolloutPorts, reconcileOnce } from '../../src/adapters/index'
import type { Change } from '../../src/model/change'
import { applyChange, applyStatus, type ClusterObjects, observeRollout } from '../../src/simulate/index'

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
      host.objects = applyChange(host.objects, change, { now, uidOf: (name) => `uid-${name}` })
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
