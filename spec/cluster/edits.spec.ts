import { expect, test } from 'vitest'
import { applied } from '../../src/cluster/applied'
import type { Change } from '../../src/model/change'
import type { KubeObject } from '../../src/model/meta'

const key = 'replicasets/shop/web-1'
const context = { now: '2030-01-01T00:00:00Z', uidOf: (of: string) => of }
const scaled = (replicas: number, annotations: Record<string, string | null> = {}): Change => ({
  kind: 'scaleReplicaSet',
  namespace: 'shop',
  name: 'web-1',
  fromReplicas: 2,
  replicas,
  annotations,
})
const setWith = (more: object): KubeObject => ({
  kind: 'ReplicaSet',
  metadata: { name: 'web-1', namespace: 'shop', generation: 3, annotations: { a: '1' } },
  spec: { replicas: 2, ...more },
})

test('an edit that changes nothing gives the same record, whatever the object holds', () => {
  for (const more of [{}, { weight: Number.NaN }, { note: undefined }]) {
    const objects = { [key]: setWith(more) }
    expect(applied(objects, scaled(2, { a: '1' }), context)).toBe(objects)
  }
})

test('a change of metadata alone leaves the generation and the spec as they are', () => {
  const objects = { [key]: setWith({ weight: Number.NaN }) }
  const after = applied(objects, scaled(2, { b: '2' }), context)[key]
  expect(after?.metadata).toEqual({ ...objects[key]?.metadata, annotations: { a: '1', b: '2' } })
  expect(after?.spec).toBe(objects[key]?.spec)
})

test('an instance of a class is copied, not written to', () => {
  class Spec {
    replicas = 2
  }
  const own = new Spec()
  const objects = { [key]: { ...setWith({}), spec: own as unknown as KubeObject['spec'] } as KubeObject }
  const after = applied(objects, scaled(5), context)[key]
  expect(own.replicas).toBe(2)
  expect(after).toMatchObject({ spec: { replicas: 5 }, metadata: { generation: 4 } })
})
