import * as commands from '../commands/rolloutCommands'
import { applyMergePatch } from '../kube/mergePatch'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { sameJson } from '../model/sameJson'
import type { ReplicaSet } from '../model/workload'
import { type ClusterObjects, listObjects } from './cluster/state'
import { scaledWorkloadKey, templateHolderKey, templateOf } from './workloads'
import type { WorldEvent } from './worldEvent'

export interface EventOutcome {
  readonly objects: ClusterObjects
  /** Why the event had no effect. */
  readonly refused?: string
}

/** Carries an event of the world out on the modelled cluster, as the command line's patches would. */
export function applyEvent(objects: ClusterObjects, key: string, event: WorldEvent, now: string): EventOutcome {
  const rollout = objects[key]
  if (!rollout) return { objects, refused: `there is no Rollout ${key}` }
  if (rollout.kind === 'Experiment') return { objects, refused: 'there is no Rollout, only an Experiment' }
  if (event.command === 'delete') return { objects: deleted(objects, key) }
  const { target, result } = plan(objects, key, event, now)
  if (commands.isRefused(result)) return { objects, refused: result.refused }
  const object = objects[target]
  if (!object) return { objects, refused: `there is no ${target}` }
  return { objects: { ...objects, [target]: patched(object, result) } }
}

function deleted(objects: ClusterObjects, key: string): ClusterObjects {
  const { [key]: _gone, ...others } = objects
  return others
}

interface Plan {
  /** Key of the object that is patched: the Rollout, or what holds its template. */
  readonly target: string
  readonly result: commands.CommandResult
}

function plan(objects: ClusterObjects, key: string, event: WorldEvent, now: string): Plan {
  const rollout = objects[key] as unknown as Rollout
  if (event.workloadReplicas !== undefined) {
    const target = scaledWorkloadKey(objects[key] as KubeObject)
    if (target === undefined) return { target: key, result: { refused: 'the Rollout has no workloadRef' } }
    return { target, result: commands.scale(event.workloadReplicas) }
  }
  const holder = templateHolderKey(objects, key)
  if (event.image === undefined && event.command !== 'undo') {
    return { target: key, result: resultOf(rollout, event, now) }
  }
  // The commands know Rollouts only: they see one that has the holder's template.
  const dressed = { ...rollout, spec: { ...rollout.spec, template: templateOf(objects[holder]) } }
  const result =
    event.image === undefined
      ? commands.undo(dressed, ownedSets(objects, rollout), event.toRevision)
      : setImage(dressed, event, event.image)
  return { target: holder, result: commands.isRefused(result) ? result : replacedTemplate(objects[holder], result) }
}

function setImage(rollout: Rollout, event: WorldEvent, image: string): commands.CommandResult {
  const result = commands.setImage(rollout, containerOf(rollout, event), image)
  if (commands.isRefused(result)) return result
  const template = applyMergePatch(rollout.spec.template, (result.spec as { template: object }).template)
  return { spec: { template } }
}

/** The new template whole, where the object has its own. */
function replacedTemplate(holder: KubeObject | undefined, { spec }: commands.CommandPatch): HolderPatch {
  const { template } = (spec ?? {}) as { template?: unknown }
  return holder?.kind === 'PodTemplate' ? { template } : { spec: { template } }
}

function resultOf(rollout: Rollout, event: WorldEvent, now: string): commands.CommandResult {
  if (event.replicas !== undefined) return commands.scale(event.replicas)
  if (event.specPatch !== undefined) return { spec: event.specPatch }
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

interface HolderPatch extends commands.CommandPatch {
  /** Of a PodTemplate. */
  readonly template?: unknown
}

/** The API server counts the generation up when the spec changes; a template is replaced whole. */
function patched(object: KubeObject, { spec, status, template }: HolderPatch): KubeObject {
  const { template: replaced, ...others } = (spec ?? {}) as { template?: unknown }
  const merged = applyMergePatch(object, {
    ...(Object.keys(others).length > 0 && { spec: others }),
    ...(status && { status }),
  }) as KubeObject
  const next: KubeObject = {
    ...merged,
    ...(replaced !== undefined && { spec: { ...(merged.spec as object), template: replaced } }),
    ...(template !== undefined && { template }),
  }
  if (sameJson(next.spec, object.spec) && sameJson(next.template, object.template)) return next
  return { ...next, metadata: { ...next.metadata, generation: (object.metadata.generation ?? 0) + 1 } }
}
