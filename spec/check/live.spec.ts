import { describe, expect, test } from 'vitest'
import { drive } from '../../src/adapters/drive'
import { always, knownInvariants, type LiveViolation, monitorRollout, never, within } from '../../src/check/index'
import { type ManualClock, manualClock, memoryHost } from '../../src/memory/index'
import type { KubeObject } from '../../src/model/meta'
import type { Rollout } from '../../src/model/rollout'
import { observeRollout } from '../../src/simulate/observe'
import { rolloutOf } from './strategies'

// Sentences as monitors of a Rollout that really runs under a host.

const steps = [{ setWeight: 20 }, { pause: { duration: 30 } }, { setWeight: 60 }, { pause: { duration: 30 } }]
const routed = { canaryService: 'canary', stableService: 'stable', trafficRouting: { smi: {} } }
const rolloutWith = (image: string): KubeObject =>
  rolloutOf(
    { canary: { ...routed, steps } },
    { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } } },
  )
const rollout = rolloutWith('shop/web:1')
const services = ['canary', 'stable'].map(
  (name): KubeObject => ({
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { app: 'web' } },
  }),
)
const ref = { kind: 'Rollout', namespace: 'shop', name: 'web' }

interface Live {
  readonly clock: ManualClock
  readonly host: ReturnType<typeof memoryHost>
  readonly violations: readonly LiveViolation[]
  readonly update: (image: string) => void
}

/** A host in memory that installed the first version, with monitors. */
async function liveWith(invariants: Parameters<typeof monitorRollout>[1]): Promise<Live> {
  const clock = manualClock('2030-01-01T00:00:00Z')
  const monitor = monitorRollout(ref, invariants)
  const violations: LiveViolation[] = []
  const host = memoryHost([rollout, ...services], {
    clock,
    readyAfterSeconds: 2,
    traffic: { apply: () => undefined, verifyWeight: () => ({ verified: true }) },
    onReconcile: (record) => void violations.push(...monitor.judge(clock.now(), record)),
  })
  host.cluster.watch(monitor.see)
  void host.run(new AbortController().signal)
  await clock.advance(20)
  const update: Live['update'] = (image) => void host.cluster.applyObject(rolloutWith(image))
  return { clock, host, violations, update }
}

const webOf = ({ host }: Live): Rollout => host.cluster.get('Rollout', 'shop', 'web') as unknown as Rollout

describe('monitors over createHost', () => {
  test('a good update breaks none of the known sentences', async () => {
    const live = await liveWith(knownInvariants)
    live.update('shop/web:2')
    await live.clock.advance(120)
    expect(webOf(live).status?.phase).toBe('Healthy')
    expect(live.violations).toEqual([])
  })

  test('a sentence of a user is reported once for each version, at the second in which it breaks', async () => {
    const { clock, violations, update } = await liveWith([
      never('canary above 50 %', (now) => now.weight.canary > 50 && now.updating),
      always('stable has its pods', (now) => now.pods.stable.wanted > 0 || now.stableHash === undefined),
    ])
    for (const image of ['shop/web:2', 'shop/web:3']) {
      update(image)
      await clock.advance(200)
    }
    expect(violations.map(({ sentence, at }) => [sentence, at])).toEqual([
      ['canary above 50 %', '2030-01-01T00:00:55Z'],
      ['canary above 50 %', '2030-01-01T00:04:15Z'],
    ])
    expect(violations[0]?.seen).toContain('canary weight 60 %')
  })

  test('a controller that sends everything to a canary of one pod breaks S1', async () => {
    const live = await liveWith([])
    live.update('shop/web:2')
    await live.clock.advance(10)
    const monitor = monitorRollout(ref, knownInvariants)
    live.host.cluster.watch(monitor.see)
    monitor.judge(live.clock.now())
    const object = webOf(live)
    const weights = { canary: { weight: 100 }, stable: { weight: 0 } }
    const status = { ...object.status, canary: { ...object.status?.canary, weights } }
    monitor.see({ ref, object: { ...object, status } as unknown as KubeObject })
    const changes = [{ kind: 'setWeight', router: 'smi', weight: 100, destinations: [] }] as const
    const found = monitor.judge(live.clock.now(), { ref, decision: { changes } })
    expect(found.map(({ invariant }) => invariant)).toContain('S1')
  })
})

test('within is judged while nothing happens, if somebody asks', () => {
  const soon = within(
    60,
    'an abort takes traffic away',
    (now) => now.aborted,
    (then) => then.weight.canary === 0,
  )
  const monitor = monitorRollout(ref, [soon])
  const status = { abort: true, canary: { weights: { canary: { weight: 20 } } } }
  monitor.see({ ref, object: { ...rollout, status } as unknown as KubeObject })
  const at = (seconds: number) => monitor.judge((1_900_000_000 + seconds) * 1000).length
  expect([at(0), at(60), at(61), at(62)]).toEqual([0, 0, 1, 0])
})

test('other Rollouts, other namespaces and what is gone do not count', () => {
  const monitor = monitorRollout(ref, [never('seen', (now) => now.rollout !== undefined)])
  monitor.see({ ref: { ...ref, namespace: 'other' }, object: rollout })
  monitor.see({ ref: { ...ref, name: 'other' }, object: rollout })
  monitor.see({ ref, object: rollout })
  monitor.see({ ref })
  expect(monitor.judge(0)).toEqual([])
  monitor.see({ ref, object: rollout })
  expect(monitor.judge(0)).toHaveLength(1)
})

test('monitors over drive: what its ports observe is what the monitor sees', async () => {
  const monitor = monitorRollout(ref, [never('two ReplicaSets', (now) => now.revisions.length > 1)])
  const found: LiveViolation[] = []
  const { host, clock, update } = await liveWith([])
  update('shop/web:2')
  await clock.advance(5)
  const objects = Object.fromEntries(
    host.cluster.objects().map((object) => [`${object.kind?.toLowerCase()}s/shop/${object.metadata.name}`, object]),
  )
  let looks = 0
  await drive(
    {
      observe: async () => {
        for (const object of Object.values(objects))
          monitor.see({ ref: { kind: object.kind ?? '', namespace: 'shop', name: object.metadata.name }, object })
        found.push(...monitor.judge(clock.now()))
        return observeRollout(objects, 'rollouts/shop/web', '2030-01-01T00:01:00Z')
      },
      apply: async () => undefined,
      persistStatus: async () => {},
      emit: async () => {},
      answer: async () => ({}),
      wait: async () => {},
    },
    () => looks++ > 1,
  )
  expect(found.map(({ sentence }) => sentence)).toEqual(['two ReplicaSets'])
})
