import * as commands from '../commands/rolloutCommands'
import { applyMergePatch } from '../model/mergePatch'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { sameJson } from '../model/sameJson'
import type { ReplicaSet } from '../model/workload'
import { type ClusterObjects, listObjects } from './cluster/state'
import type { WorldEvent } from './worldEvent'

export interface EventOutcome {
  readonly objects: ClusterObjects
  /** Why the event had no effect. */
  readonly refused?: string
}

/** Carries an event of the world out on the modelled cluster, as the command line's patches would. */
export function applyEvent(objects: ClusterObjects, key: string, event: WorldEvent, now: string): EventOutcome {
  const rollout = objects[key] as unknown as Rollout | undefined
  if (!rollout) return { objects, refused: `there is no Rollout ${key}` }
  const result = resultOf(objects, rollout, event, now)
  if (commands.isRefused(result)) return { objects, refused: result.refused }
  return { objects: { ...objects, [key]: patched(rollout as unknown as KubeObject, result, event) } }
}

function resultOf(objects: ClusterObjects, rollout: Rollout, event: WorldEvent, now: string): commands.CommandResult {
  if (event.image !== undefined) return commands.setImage(rollout, containerOf(rollout, event), event.image)
  if (event.replicas !== undefined) return commands.scale(event.replicas)
  switch (event.command) {
    case 'promote':
      return commands.promote(rollout)
    case 'promote --full':
      return commands.promoteFull(rollout)
    case 'abort':
      return commands.abort()
    case 'retry':
      return commands.retry()
    case 'pause':
      return commands.pause()
    case 'resume':
      return commands.resume()
    case 'restart':
      return commands.restart(now)
    case 'undo':
      return commands.undo(rollout, ownedSets(objects, rollout), event.toRevision)
    default:
      return { refused: 'the event says nothing to do' }
  }
}

const ownedSets = (objects: ClusterObjects, rollout: Rollout): ReplicaSet[] =>
  (listObjects(objects, 'ReplicaSet', rollout.metadata.namespace ?? '') as unknown as ReplicaSet[]).filter((set) =>
    set.metadata.ownerReferences?.some((owner) => owner.uid === rollout.metadata.uid),
  )

function containerOf(rollout: Rollout, event: WorldEvent): string {
  if (event.container !== undefined) return event.container
  const containers = rollout.spec.template?.spec?.containers
  const names = (Array.isArray(containers) ? containers : []).map((one) => (one as { name?: string }).name ?? '')
  return names.includes(rollout.metadata.name) ? rollout.metadata.name : (names[0] ?? '')
}

/** The API server counts the generation up when the spec changes; a template is replaced whole by `undo`. */
function patched(rollout: KubeObject, result: commands.CommandPatch, event: WorldEvent): KubeObject {
  const { template, ...spec } = (result.spec ?? {}) as { template?: unknown }
  const replaced = event.command === 'undo' && template !== undefined
  const patch = {
    ...(result.spec && { spec: replaced ? spec : result.spec }),
    ...(result.status && { status: result.status }),
  }
  const merged = applyMergePatch(rollout, patch) as KubeObject
  const next = replaced ? { ...merged, spec: { ...(merged.spec as object), template } } : merged
  if (sameJson(next.spec, rollout.spec)) return next
  return { ...next, metadata: { ...next.metadata, generation: (rollout.metadata.generation ?? 0) + 1 } }
}
