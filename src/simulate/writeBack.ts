import type { ClusterObjects } from '../cluster/objects'
import type { Change } from '../model/change'
import type { ControllerVersion } from '../model/controllerVersion'
import type { KubeObject } from '../model/meta'
import type { World } from './world'

// Up to v1.9 the controller puts the ReplicaSets that it wrote into its own cache. If the watch brought a newer one in
// between, that is gone: the controller sees an old status until the ReplicaSet changes again (AR#4073, AR#3316).

const versionsThatWriteBack: ReadonlySet<ControllerVersion> = new Set(['v1.7', 'v1.8', 'v1.9'])

/** Remembers what the cache holds of the ReplicaSets that the controller writes while events are lost. */
export function noteWrites(world: World, key: string, changes: readonly Change[], before: ClusterObjects): void {
  const { losesEventsUntil = Number.NEGATIVE_INFINITY, input, overwritten, second } = world
  if (key !== world.key) return
  for (const change of changes) {
    if (change.kind !== 'scaleReplicaSet') continue
    const written = `replicasets/${change.namespace}/${change.name}`
    // The answer of the API server has the status of this moment.
    overwritten.delete(written)
    const isLost = second < losesEventsUntil && versionsThatWriteBack.has(input.options?.controller ?? 'main')
    if (isLost) overwritten.set(written, { second, status: (before[written] as { status?: unknown })?.status })
  }
}

/** The cluster as the cache has it. */
export function withOverwritten(world: World, seen: ClusterObjects): ClusterObjects {
  let next = seen
  for (const [key, { second, status }] of world.overwritten) {
    const isAsThen = world.second === second || world.objects[key] === world.noted[key]
    if (!isAsThen || !world.objects[key]) world.overwritten.delete(key)
    else next = { ...next, [key]: { ...(next[key] as KubeObject), status } }
  }
  return next
}
