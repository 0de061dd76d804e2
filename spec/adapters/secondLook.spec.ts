import { expect, test } from 'vitest'
import { drive } from '../../src/adapters/index'
import type { ClusterObjects } from '../../src/simulate/index'
import { newWorld, portsOf, rolloutKey, setImage, template, type World } from './failingHost'

// A clock of whole seconds shows the second in which a timer ends, when upstream's comparisons still say "not yet".
// The loop has to reconcile once more a second later, not at the next resync.

const service = (name: string) => ({
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' } },
})

const objectsOf = (strategy: object, more: object = {}): ClusterObjects => ({
  [rolloutKey]: {
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop', uid: 'u1', generation: 1 },
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: template('web:1'), strategy, ...more },
  },
  'services/shop/a': service('a'),
})

/** Settled, updated, and driven on; whatever a wait misses is due 900 s later only. */
async function updated(world: World, seconds: number): Promise<unknown> {
  const ports = portsOf(world, undefined)
  await drive(ports, () => world.second > 60)
  setImage(world, 'web:2')
  const begin = world.second
  await drive(ports, () => world.second > begin + seconds)
  return world.objects[rolloutKey]?.status
}

test('a pause', async () => {
  const steps = [{ setWeight: 50 }, { pause: { duration: '30s' } }]
  const status = await updated(newWorld(objectsOf({ canary: { steps } })), 60)
  expect(status).toMatchObject({ phase: 'Healthy', currentStepIndex: 2 })
})

test('a promotion by itself, and the delay before the old pods go', async () => {
  const blueGreen = { activeService: 'a', autoPromotionSeconds: 20, scaleDownDelaySeconds: 30 }
  const world = newWorld(objectsOf({ blueGreen }))
  expect(await updated(world, 100)).toMatchObject({ phase: 'Healthy', replicas: 2, updatedReplicas: 2 })
})

test('a progress deadline', async () => {
  const world = newWorld(objectsOf({ canary: {} }, { progressDeadlineSeconds: 30 }))
  const ports = portsOf(world, undefined)
  // Nothing makes pods.
  const wait = async (seconds: number) => {
    world.second += Math.ceil(seconds)
  }
  const driven = { ...ports, wait }
  const phase = (): unknown => (world.objects[rolloutKey]?.status as { phase?: string } | undefined)?.phase
  await drive(driven, () => phase() === 'Degraded' || world.second > 100)
  expect(phase()).toBe('Degraded')
  expect(world.second).toBeLessThan(40)
})
