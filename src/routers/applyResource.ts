import { applyMergePatch } from '../kube/mergePatch'
import type { KubeObject } from '../model/meta'
import type { ResourceChange } from './routerObservation'
import { takeResources } from './wellFormed'

/**
 * The objects after a write that succeeded, for hosts that keep them in memory: a creation adds, an update replaces, a
 * merge patch merges, a deletion removes. Nothing is mutated. A change of an object that is not there changes nothing.
 *
 * @example
 * import { applyResource, routeTraffic } from 'rollout-engine/routers'
 * const canary = { stableService: 'web', canaryService: 'web-canary', trafficRouting: { smi: {} } }
 * const rollout = { metadata: { name: 'web', namespace: 'shop' }, spec: { strategy: { canary } } }
 * const change = { kind: 'setWeight', router: 'smi', weight: 20, destinations: [] } as const
 * const { changes } = routeTraffic({ rollout, change, objects: [] })
 * changes.reduce(applyResource, []).map(({ kind }) => kind) // => ['TrafficSplit']
 */
export function applyResource(given: readonly KubeObject[], wanted: ResourceChange): readonly KubeObject[] {
  const { objects, change } = takeResources({ objects: given, change: wanted }).value
  if (isWriting(change) && !change.object) return objects
  if (change.kind === 'createResource') return [...objects, change.object]
  if (change.kind === 'deleteResource') return objects.filter((object) => !isThat(object, change))
  return objects.map((object) => {
    if (!isThat(object, change)) return object
    return change.kind === 'updateResource' ? change.object : (applyMergePatch(object, change.patch) as KubeObject)
  })
}

const isWriting = (change: ResourceChange): change is Extract<ResourceChange, { readonly object: KubeObject }> =>
  change.kind === 'createResource' || change.kind === 'updateResource'

const groupOf = (apiVersion: string): string => apiVersion.split('/').slice(0, -1).join('/')

/** Names and groups decide: the plural belongs to one kind of a group. */
function isThat({ apiVersion = '', kind = '', metadata }: KubeObject, change: ResourceChange): boolean {
  const plural = kind.toLowerCase()
  return (
    metadata.name === change.name &&
    (metadata.namespace ?? '') === change.namespace &&
    groupOf(apiVersion) === groupOf(change.apiVersion) &&
    (change.resource === `${plural}s` || change.resource === `${plural}es`)
  )
}
