import { afterEach, describe, expect, test, vi } from 'vitest'
import { type ControllerOptions, kubernetesController } from '../../../examples/kubernetes-controller/controller'
import { monitoringServer } from '../../../examples/kubernetes-controller/server'
import { propertySeed } from '../../properties/seed'
import { type Fault, startApiServer, type TestApiServer } from './apiServer'
import { modelledPods } from './modelledPods'
import { configFor, endState, installShop, isSettled, namespace, setImage, until, untilQuiet, webOf } from './shop'

// The example against an API server of our own. Real time, real sockets: what is waited for are writes, not seconds.

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function start(...words: Parameters<typeof startApiServer>): Promise<TestApiServer> {
  const server = await startApiServer(...words)
  ends.push(server.close, modelledPods(server.objects))
  return server
}

function runController(server: TestApiServer, options: ControllerOptions = {}) {
  const controller = kubernetesController(configFor(server.url), options)
  const stop = new AbortController()
  const running = controller.run(stop.signal)
  const end = async (): Promise<void> => {
    stop.abort()
    await running
  }
  ends.push(end)
  return { controller, end }
}

const updated = {
  phase: 'Healthy',
  abort: false,
  stepIndex: 4,
  revisions: ['1: 0', '2: 4'],
  selectors: ['web-canary: stable', 'web-stable: stable'],
  canaryIngress: ['web ', 'web-web-canary 0'],
}

/** One update from beginning to end. */
async function update(server: TestApiServer): Promise<void> {
  installShop(server.objects)
  await until(server.objects, 'the first version', () => isSettled(server.objects, 'web:1'))
  setImage(server.objects, 'web:2')
  await until(server.objects, 'the update', () => isSettled(server.objects, 'web:2'))
}

test('a routed canary from the first version to the next', async () => {
  const server = await start()
  const { controller } = runController(server)
  await update(server)
  expect(endState(server.objects)).toEqual(updated)
  const events = server.objects.list('v1/events', namespace).map((event) => (event as { reason?: string }).reason)
  expect(events).toEqual(
    expect.arrayContaining(['RolloutUpdated', 'NewReplicaSetCreated', 'TrafficWeightUpdated', 'RolloutCompleted']),
  )
  expect(new Set(events.filter((reason) => reason === 'RolloutCompleted')).size).toBe(1)
  expect(controller.metrics()).toContain('# TYPE')
}, 60_000)

describe('the API server has a bad day', () => {
  /** Numbers that look random and are the same in every run. */
  const chance = (seed: number) => {
    let state = seed >>> 0 || 1
    return (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    }
  }

  test(`refusals, conflicts, lags, lost answers, closed and expired watches: the same end (PROPERTY_SEED=${propertySeed})`, async () => {
    const random = chance(propertySeed)
    const faults: readonly Fault[] = [
      { code: 500, reason: 'InternalError' },
      { code: 429, reason: 'TooManyRequests' },
      { code: 409, reason: 'Conflict' },
      { cuts: true },
      { loses: true },
      { lagMilliseconds: 200 },
    ]
    const seen = new Set<Fault>()
    const server = await start((method) => {
      // Reads are many: they fail rarely, or nothing would ever be decided.
      const fault =
        random() < (method === 'GET' ? 0.05 : 0.25) ? faults[Math.floor(random() * faults.length)] : undefined
      seen.add(fault)
      return fault
    }, 50)
    const closing = setInterval(() => {
      if (random() < 0.5) server.objects.forgetHistory()
      server.closeWatches()
    }, 400)
    ends.push(() => clearInterval(closing))
    runController(server)
    await update(server)
    expect(endState(server.objects)).toEqual(updated)
    expect(server.writes.filter((write) => write === 'POST apps/v1/replicasets')).toHaveLength(2)
    expect(seen.size).toBe(faults.length + 1)
  }, 120_000)
})

test('two processes, one lease: only one writes, and the other takes over', async () => {
  const server = await start()
  const lease = { namespace, durationSeconds: 2, renewSeconds: 0.5, retrySeconds: 0.2 }
  const first = runController(server, { lease: { ...lease, identity: 'first' } })
  const holder = (): string | undefined =>
    (
      server.objects.get('coordination.k8s.io/v1/leases', namespace, 'rollout-engine-controller')?.spec as
        | { holderIdentity?: string }
        | undefined
    )?.holderIdentity
  installShop(server.objects)
  await until(server.objects, 'the first lease', () => holder() === 'first')
  runController(server, { lease: { ...lease, identity: 'second' } })
  await until(server.objects, 'the first version', () => isSettled(server.objects, 'web:1'))
  expect(holder()).toBe('first')
  await first.end()
  setImage(server.objects, 'web:2')
  await until(server.objects, 'the update', () => isSettled(server.objects, 'web:2'))
  expect(holder()).toBe('second')
}, 60_000)

test('in the shadow of another controller nothing is written, and nothing differs at rest', async () => {
  const server = await start()
  const seen: string[] = []
  const { end } = runController(server)
  await update(server)
  await untilQuiet(server.objects)
  await end()
  const before = server.writes.length
  const reconciled: string[] = []
  const shadow = runController(server, {
    shadow: (difference) => seen.push(JSON.stringify(difference)),
    onReconcile: ({ ref }) => void reconciled.push(ref.kind),
  })
  await vi.waitFor(() => expect(reconciled).toEqual(expect.arrayContaining(['Rollout', 'Service'])), 30_000)
  expect(seen).toEqual([])
  // What the controller would do next is a difference, since it is not there to do it.
  setImage(server.objects, 'web:3')
  await vi.waitFor(() => expect(seen.join()).toContain('createReplicaSet'), 30_000)
  await shadow.end()
  expect(server.writes.length).toBe(before)
}, 60_000)

test('health and metrics are served', async () => {
  const state = { isHealthy: false }
  const server = monitoringServer(
    () => 'a 1\n',
    () => state.isHealthy,
  ).listen(0)
  ends.push(() => void server.close())
  const { port } = server.address() as { port: number }
  const get = async (path: string) => {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`)
    return [reply.status, await reply.text()]
  }
  expect(await get('/healthz')).toEqual([503, 'not ready'])
  state.isHealthy = true
  expect(await get('/healthz')).toEqual([200, 'ok'])
  expect(await get('/metrics')).toEqual([200, 'a 1\n'])
  expect((await get('/'))[0]).toBe(404)
})

test('an object of another instance is left alone', async () => {
  const server = await start()
  runController(server, { instanceId: 'ours' })
  installShop(server.objects)
  const ours = { metadata: { labels: { 'argo-rollouts.argoproj.io/controller-instance-id': 'ours' } } }
  const { resourceVersion } = webOf(server.objects).metadata
  server.objects.patch('argoproj.io/v1alpha1/rollouts', namespace, 'web', ours, 'object')
  await until(server.objects, 'the first version', () => isSettled(server.objects, 'web:1'))
  expect(Number(webOf(server.objects).metadata.resourceVersion)).toBeGreaterThan(Number(resourceVersion))
}, 60_000)
