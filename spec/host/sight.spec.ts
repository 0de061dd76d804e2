import { expect, test } from 'vitest'
import type { ClusterPort } from '../../src/host/index'
import type { KubeObject } from '../../src/model/meta'
import { rollout, service, started } from './shop'

// How much of the cluster a reconcile looks at: what belongs to its object or is named by it.

const strategy = (name: string) => ({
  canary: {
    canaryService: `${name}-canary`,
    stableService: `${name}-stable`,
    trafficRouting: { smi: {} },
    steps: [
      { setWeight: 20 },
      { analysis: { templates: [{ templateName: 'errors' }] } },
      { pause: { duration: '5s' } },
    ],
  },
})

const template: KubeObject = {
  kind: 'AnalysisTemplate',
  metadata: { name: 'errors', namespace: 'shop' },
  spec: { metrics: [{ name: 'errors', provider: { web: { url: 'http://shop.example' } } }] },
}

interface Work {
  readonly reconciles: number
  readonly calls: number
  readonly items: number
}

/** The work for one Rollout of so many that are installed and updated at the same time. */
async function workForOne(rollouts: number): Promise<Work> {
  const names = Array.from({ length: rollouts }, (_, at) => `web-${at}`)
  const work = { calls: 0, items: 0 }
  const counted = async <T>(answer: T | Promise<T>): Promise<T> => {
    work.calls++
    const value = await answer
    work.items += Array.isArray(value) ? value.length : value ? 1 : 0
    return value
  }
  const objects = names.flatMap((name) => [
    rollout(name, 'web:1', strategy(name)),
    service(`${name}-canary`, name),
    service(`${name}-stable`, name),
  ])
  const { clock, cluster, records, status } = started([...objects, template], (memory) => ({
    cluster: {
      ...memory,
      get: (...words: Parameters<ClusterPort['get']>) => counted(memory.get(...words)),
      list: (...words: Parameters<ClusterPort['list']>) => counted(memory.list(...words)),
    },
    traffic: { apply: () => undefined, verifyWeight: () => ({ verified: true }) },
    metrics: {
      measure: () => ({
        measurement: { phase: 'Successful', startedAt: '2030-01-01T00:00:00Z', finishedAt: '2030-01-01T00:00:00Z' },
      }),
    },
  }))
  await clock.advance(30)
  for (const name of names) cluster.applyObject(rollout(name, 'web:2', strategy(name)))
  await clock.advance(60)
  expect(new Set(names.map((name) => status(name)?.phase))).toEqual(new Set(['Healthy']))
  return { reconciles: records.length / rollouts, calls: work.calls / rollouts, items: work.items / rollouts }
}

test('the work for a Rollout is the same with 4 and with 40 of them in one namespace', async () => {
  const few = await workForOne(4)
  const many = await workForOne(40)
  expect(few.reconciles).toBeGreaterThan(10)
  for (const key of ['reconciles', 'calls', 'items'] as const) {
    expect(many[key] / few[key], `${key}: ${few[key]} and ${many[key]} for each`).toBeLessThan(1.02)
  }
})

const setsOf = (objects: readonly KubeObject[]) => objects.filter(({ kind }) => kind === 'ReplicaSet')

test('a ReplicaSet of somebody else in the way changes the name, as for the controller', async () => {
  const first = started([rollout('web', 'web:1')])
  await first.clock.advance(5)
  const [made] = setsOf(first.cluster.objects())
  const foreign = {
    ...made,
    metadata: {
      name: made?.metadata.name,
      labels: made?.metadata.labels,
      namespace: 'shop',
      ownerReferences: [{ apiVersion: 'v1', kind: 'Other', name: 'other', uid: 'other', controller: true }],
    },
  } as unknown as KubeObject
  const { clock, cluster, status, records } = started([foreign, rollout('web', 'web:1')])
  await clock.advance(20)
  expect(status()).toMatchObject({ phase: 'Healthy', collisionCount: 1 })
  expect(setsOf(cluster.objects())).toHaveLength(2)
  // It is one refusal that opens its eyes.
  expect(records.filter(({ outcome }) => outcome === 'failed').length).toBeLessThanOrEqual(2)
})

test('a ReplicaSet without an owner is adopted', async () => {
  const first = started([rollout('web', 'web:1')])
  await first.clock.advance(5)
  const [made] = setsOf(first.cluster.objects())
  const { name, labels } = (made as KubeObject).metadata
  const orphan = { ...made, metadata: { name, labels, namespace: 'shop' } } as unknown as KubeObject
  const { clock, cluster, status } = started([orphan, rollout('web', 'web:1')])
  await clock.advance(10)
  expect(status()?.phase).toBe('Healthy')
  const sets = setsOf(cluster.objects())
  expect(sets.map(({ metadata }) => metadata.ownerReferences?.[0]?.name)).toEqual(['web'])
})
