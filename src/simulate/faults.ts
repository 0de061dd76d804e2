import type { ClusterObjects } from '../cluster/objects'
import type { Change } from '../model/change'
import { podTemplateHashLabel } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { withLostNodes } from './loseNodes'
import type { PodGroup } from './podGroup'
import { replicaSetsOf } from './pods'
import type { World } from './world'
import type { LostPods, WorldEvent } from './worldEvent'
import { withOverwritten } from './writeBack'

/** Carries out a fault on the world; false if the event is not a fault. */
export function applyFault(
  world: World,
  { losePods, loseNodes, crashAfterChanges, staleSeconds }: WorldEvent,
): boolean {
  if (losePods) loseThem(world, losePods)
  if (loseNodes) {
    const groups = withLostNodes(world.pods.groups, loseNodes, world.second)
    world.pods = { ...world.pods, groups, seen: undefined }
  }
  if (staleSeconds !== undefined) world.stale = staleFrom(world, staleSeconds)
  if (crashAfterChanges !== undefined) world.crashAfterChanges = Math.max(0, Math.trunc(crashAfterChanges) || 0)
  return (
    losePods !== undefined || loseNodes !== undefined || crashAfterChanges !== undefined || staleSeconds !== undefined
  )
}

const staleFrom = ({ second, objects }: World, seconds: number): World['stale'] => ({
  untilSeconds: second + Math.max(0, Math.trunc(seconds) || 0),
  objects,
})

/** The cluster as the controller sees it: while its cache lags, ReplicaSets report the pods of an earlier second. */
export function observedObjects(world: World): ClusterObjects {
  const { stale, second, objects } = world
  if (!stale || second >= stale.untilSeconds) return withOverwritten(world, objects)
  let seen = objects
  for (const [key, set] of replicaSetsOf(objects)) {
    const old = stale.objects[key]
    if (old && old.status !== set.status)
      seen = { ...seen, [key]: { ...(objects[key] as KubeObject), status: old.status } }
  }
  return withOverwritten(world, seen)
}

/** The oldest pods are lost: those that serve. */
function loseThem(world: World, { role, count }: LostPods): void {
  const { stableRS, currentPodHash } = (world.objects[world.key] as Partial<Rollout> | undefined)?.status ?? {}
  const hash = role === 'stable' ? stableRS : currentPodHash
  if (hash === undefined || (role === 'canary' && hash === stableRS)) return
  const lost = replicaSetsOf(world.objects).find(([, { metadata }]) => metadata.labels?.[podTemplateHashLabel] === hash)
  const groups = lost && world.pods.groups[lost[0]]
  if (!groups) return
  const left = { ...world.pods.groups, [lost[0]]: withoutOldest(groups, count) }
  world.pods = { ...world.pods, groups: left, seen: undefined }
}

function withoutOldest(groups: readonly PodGroup[], count: number): readonly PodGroup[] {
  let toGo = count
  return groups.flatMap((group) => {
    const gone = Math.max(0, Math.min(group.count, toGo))
    toGo -= gone
    return gone === group.count ? [] : [{ ...group, first: group.first + gone, count: group.count - gone }]
  })
}

/** The changes that the controller made: all of them, unless it crashes in this reconcile. */
export function changesBeforeCrash(
  world: World,
  key: string,
  changes: readonly Change[],
): readonly Change[] | undefined {
  if (world.crashAfterChanges === undefined || key !== world.key) return undefined
  const made = changes.slice(0, world.crashAfterChanges)
  world.crashAfterChanges = undefined
  return made
}
