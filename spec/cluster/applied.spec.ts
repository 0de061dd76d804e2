import { expect, test } from 'vitest'
import { applied } from '../../src/cluster/applied'

test('seconds that fall back to 0 vanish from a ReplicaSet, as the controller prints it', () => {
  const key = 'replicasets/shop/web-1'
  const set = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web-1', namespace: 'shop', generation: 1 },
    spec: { replicas: 2, minReadySeconds: 5 },
  }
  const change = { kind: 'annotateReplicaSet', namespace: 'shop', name: 'web-1' } as const
  const context = { now: '2030-01-01T00:00:00Z', uidOf: () => 'uid' }
  const after = (minReadySeconds: number) => applied({ [key]: set }, { ...change, minReadySeconds }, context)[key]
  expect(after(0)).toEqual({ ...set, metadata: { ...set.metadata, generation: 2 }, spec: { replicas: 2 } })
  expect(after(7)?.spec).toEqual({ replicas: 2, minReadySeconds: 7 })
})
