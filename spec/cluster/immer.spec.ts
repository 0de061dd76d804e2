import { setAutoFreeze } from 'immer'
import { afterEach, expect, test } from 'vitest'
import { applied } from '../../src/cluster/applied'
import type { ClusterObjects } from '../../src/cluster/objects'
import type { Change } from '../../src/model/change'

const objects: ClusterObjects = {
  'rollouts/shop/web': {
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop', generation: 1 },
    spec: { a: {} },
  },
  'services/shop/web': { kind: 'Service', metadata: { name: 'web', namespace: 'shop' } },
  'replicasets/shop/web-1': {
    kind: 'ReplicaSet',
    metadata: { name: 'web-1', namespace: 'shop', generation: 3, annotations: { a: '1' } },
    spec: { replicas: 2, template: { spec: { containers: [] } } },
  },
}
const context = { now: '2030-01-01T00:00:00Z', uidOf: (key: string) => `uid of ${key}` }
const set = { namespace: 'shop', name: 'web-1' }
const scaled = (replicas: number): Change => ({ kind: 'scaleReplicaSet', fromReplicas: 2, replicas, ...set })
const isFrozenAnywhere = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.isFrozen(value) || Object.values(value).some((inner) => isFrozenAnywhere(inner)))

afterEach(() => setAutoFreeze(true))

test.for([true, false])('nothing is frozen and nothing is mutated, whatever a host sets on immer: %s', (freezes) => {
  setAutoFreeze(freezes)
  const before = structuredClone(objects)
  const after = applied(objects, scaled(5), context)
  expect(after['replicasets/shop/web-1']).toMatchObject({ spec: { replicas: 5 }, metadata: { generation: 4 } })
  expect(objects).toEqual(before)
  expect(isFrozenAnywhere(after) || isFrozenAnywhere(objects)).toBe(false)
})

test('what a change leaves alone stays the very same object', () => {
  const after = applied(objects, scaled(5), context)
  const [old, next] = [objects, after].map((each) => each['replicasets/shop/web-1']?.spec as { template: object })
  expect(next?.template).toBe(old?.template)
  expect(after['services/shop/web']).toBe(objects['services/shop/web'])
})

test.for<[string, Change]>([
  ['as many replicas as before', scaled(2)],
  ['an annotation that is there', { kind: 'annotateReplicaSet', annotations: { a: '1', b: null }, ...set }],
  ['an object that is not there', { ...scaled(5), name: 'web-9' } as Change],
  ['a call of a router', { kind: 'removeManagedRoutes', router: 'istio' }],
])('%s changes nothing: the very same record comes back', ([, change]) => {
  expect(applied(objects, change, context)).toBe(objects)
})

test('an object without a spec, or with one that is none, gets one where a change writes to it', () => {
  const odd = {
    ...objects,
    'replicasets/shop/web-1': { kind: 'ReplicaSet', metadata: { name: 'web-1' }, spec: 'none' },
  }
  expect(applied(odd, scaled(5), context)['replicasets/shop/web-1']?.spec).toEqual({ replicas: 5 })
  const selects: Change = { kind: 'selectPods', namespace: 'shop', name: 'web', podTemplateHash: '5f' }
  expect(applied(odd, selects, context)['services/shop/web']?.spec).toEqual({
    selector: { 'rollouts-pod-template-hash': '5f' },
  })
})
