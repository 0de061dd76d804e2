import { applied } from '../../../src/cluster/applied'
import { type ClusterObjects, listObjects, objectAt } from '../../../src/cluster/objects'
import type { KubeObject } from '../../../src/model/meta'
import { reconcileService } from '../../../src/reconcile'
import { firstDifferences, prune } from '../compare'
import { mergeObjects } from '../trace'
import type { ConformanceCase, Unit } from '../types'

const context = { now: '2024-01-01T00:00:00Z', uidOf: () => '' }

/** Objects of these vectors have their names in their keys only. */
export function named(objects: ClusterObjects): ClusterObjects {
  const entries = Object.entries(objects).map(([key, object]): [string, KubeObject] => {
    const [, namespace = '', name = ''] = key.split('/')
    return [key, { ...object, metadata: { ...object.metadata, namespace, name } }]
  })
  return Object.fromEntries(entries)
}

/** One unit a case: the Service afterwards, and which Rollouts are looked at. */
export function judge({ given, expect }: ConformanceCase): readonly Unit[] {
  const before = named(given.objects)
  const service = objectAt(before, 'Service', given.service)
  const rollouts = listObjects(before, 'Rollout', service?.metadata.namespace ?? '')
  const { changes, lookAt } = service ? reconcileService({ service, rollouts }) : { changes: [], lookAt: [] }
  const after = changes.reduce<ClusterObjects>((objects, change) => applied(objects, change, context), before)
  const expected = { objects: mergeObjects(before, expect.objects ?? {}), reconcile: expect.reconcile }
  const got = { objects: after, reconcile: lookAt.map(({ namespace, name }) => `${namespace}/${name}`) }
  const differences = [
    ...firstDifferences(prune(expected), prune(got)),
    ...firstDifferences(expect.error, undefined, 'error'),
  ]
  return [{ name: given.service, differences, inputs: given }]
}
