import { describe, expect, test } from 'vitest'
import { drive, type RolloutPorts } from '../../src/adapters/index'
import { type ReplicaSet, type Rollout, reconcileRollout } from '../../src/index'
import { simulate } from '../../src/simulate/index'
import { fc } from '../properties/fc'

import { propertySeed as seed } from '../properties/seed'

// A Rollout that does not find what it made would make it again without end; see src/rollout/revision/growthFence.ts.

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const rollout: Rollout = {
  metadata: { name: 'web', namespace: 'shop', uid: 'u', generation: 1 },
  spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template, strategy: { canary: {} } },
}

/** ReplicaSets of this Rollout that have nothing to do with its template. */
const strangers = (count: number): readonly ReplicaSet[] =>
  Array.from({ length: count }, (_, index) => ({
    metadata: {
      name: `web-${index}`,
      namespace: 'shop',
      labels: { app: 'web' },
      ownerReferences: [{ kind: 'Rollout', name: 'web', uid: 'u', controller: true }],
    },
    spec: { replicas: 0, template: { spec: { containers: [{ name: 'web', image: `web:${index}x` }] } } },
  }))

describe('the reducer', () => {
  const now = '2030-01-01T00:00:00Z'

  test('makes a ReplicaSet beside 109 others of the same Rollout', () => {
    const { changes } = reconcileRollout({ now, rollout, replicaSets: strangers(109) })
    expect(changes.map(({ kind }) => kind)).toContain('createReplicaSet')
  })

  test('makes no more at 110, and says so', () => {
    const { changes, error, blockers } = reconcileRollout({ now, rollout, replicaSets: strangers(110) })
    expect(changes.map(({ kind }) => kind)).not.toContain('createReplicaSet')
    expect(error).toMatchObject({ code: 'too-many-objects' })
    expect(blockers[0]).toMatchObject({ code: 'growth', data: { message: error?.message } })
  })

  test('those that it made and let go, because its selector does not pick them, count as well', () => {
    const letGo = strangers(110).map((set, index) => ({
      ...set,
      metadata: { name: `web-h${index}`, namespace: 'shop', labels: { 'rollouts-pod-template-hash': `h${index}` } },
    }))
    const { error } = reconcileRollout({ now, rollout, replicaSets: letGo })
    expect(error).toMatchObject({ code: 'too-many-objects' })
  })

  test('a longer history may be kept', () => {
    const spec = { ...rollout.spec, revisionHistoryLimit: 50 }
    const { error } = reconcileRollout({ now, rollout: { ...rollout, spec }, replicaSets: strangers(140) })
    expect(error).toBeUndefined()
  })
})

describe(`random Rollouts, sound and not (PROPERTY_SEED=${seed})`, () => {
  const labels = fc.constantFrom({ app: 'web' }, { app: 'shop' }, { app: 'web', tier: 'x' }, {}, undefined)
  const operator = fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Near', '')
  const expression = fc.record({
    key: fc.constantFrom('app', 'rollouts-pod-template-hash', 'bad key!', ''),
    operator,
    values: fc.constantFrom(undefined, [], ['web'], ['no label!']),
  })
  const selector = fc.constantFrom(undefined, {}, null).chain((none) =>
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(none) },
      {
        weight: 4,
        arbitrary: fc.record({ matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 2 }) }),
      },
    ),
  )
  const podTemplate = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(undefined, {}, { spec: {} }) },
    { weight: 4, arbitrary: labels.map((given) => ({ ...template, metadata: { labels: given } })) },
  )
  const strategy = fc.constantFrom<object>(
    {},
    { canary: {} },
    { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 5 } }] } },
    { canary: { steps: [{}, null] } },
    { blueGreen: { activeService: 'web' } },
    { blueGreen: {}, canary: {} },
  )
  const spec = fc.record({
    replicas: fc.constantFrom(undefined, -1, 0, 2),
    selector,
    template: podTemplate,
    strategy,
    revisionHistoryLimit: fc.constantFrom(undefined, 0, -1, 5),
  })

  test('600 simulated seconds never leave more than 150 objects', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(spec, fc.boolean(), (given, everySecond) => {
        const manifests = [
          { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: rollout.metadata, spec: given },
        ]
        const events = [3, 60, 200].map((atSeconds) => ({ atSeconds, image: `web:${atSeconds}`, container: 'web' }))
        const { objects } = simulate({ manifests, events, everySecond, untilSeconds: 600 })
        expect(Object.keys(objects).length).toBeLessThanOrEqual(150)
      }),
      { seed, numRuns: 30 },
    )
  })
})

test('a host that never shows what was made is asked less and less often', async () => {
  const waits: number[] = []
  const ports: RolloutPorts = {
    observe: async () => ({ now: '2030-01-01T00:00:00Z', rollout, replicaSets: [] }),
    apply: async () => undefined,
    persistStatus: async () => {},
    emit: async () => {},
    answer: async () => ({}),
  }
  await drive({ ...ports, wait: async (seconds) => void waits.push(seconds) }, () => waits.length === 6)
  expect(waits).toEqual([1, 1, 2, 4, 8, 16])
})
