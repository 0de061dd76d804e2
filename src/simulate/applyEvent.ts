import { type ClusterObjects, listObjects } from '../cluster/objects'
import * as commands from '../commands/index'
import { applyMergePatch } from '../kube/mergePatch'
import { isWalkableList, ownValue } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { scaledWorkloadKey, templateHolderKey, templateOf } from './workloads'
import type { SimulatedCommand, WorldEvent } from './worldEvent'

export interface EventOutcome {
  readonly objects: ClusterObjects
  /** Why the event had no effect. */
  readonly refused?: string
}

/** Carries out an event on the modelled cluster, with the same patches that the command line sends. */
export function applyEvent(objects: ClusterObjects, key: string, event: WorldEvent, now: string): EventOutcome {
  const rollout = objects[key]
  if (!rollout) return { objects, refused: `there is no Rollout ${key}` }
  if (rollout.kind === 'Experiment') return { objects, refused: 'there is no Rollout, only an Experiment' }
  if (event.command === 'delete') return { objects: deleted(objects, key) }
  const result = resultOf(objects, key, event, now)
  if (commands.isRefused(result)) return { objects, refused: result.refused }
  const isSkipped = event.command === 'undo' && result.requests.length === 0
  return isSkipped ? { objects, refused: result.message } : sent(objects, result)
}

function deleted(objects: ClusterObjects, key: string): ClusterObjects {
  const { [key]: _gone, ...others } = objects
  return others
}

/** The modelled API server answers one request after the other. */
function sent(objects: ClusterObjects, { requests }: commands.CommandPlan): EventOutcome {
  let next = objects
  for (const request of requests) {
    const { resource, namespace, name } = request.target
    const key = `${resource}/${namespace}/${name}`
    const object = next[key]
    const applied = object ? commands.applyRequest(object, request) : { refused: `there is no ${key}` }
    if ('refused' in applied) return { objects, refused: applied.refused }
    next = { ...next, [key]: applied.object }
  }
  return { objects: next }
}

const commandOf: Readonly<
  Partial<Record<SimulatedCommand, (rollout: Rollout, now: string) => commands.CommandResult>>
> = {
  promote: (rollout) => commands.promote(rollout),
  'promote --full': (rollout) => commands.promote(rollout, { full: true }),
  abort: commands.abort,
  retry: commands.retry,
  pause: commands.pause,
  resume: commands.resume,
  restart: (rollout, now) => commands.restart(rollout, now),
}

function resultOf(objects: ClusterObjects, key: string, event: WorldEvent, now: string): commands.CommandResult {
  const rollout = asKind('Rollout', objects[key] as KubeObject)
  if (event.workloadReplicas !== undefined) return scaledWorkload(objects, key, event.workloadReplicas)
  if (event.image !== undefined) return setImage(objects, key, event, event.image)
  if (event.command === 'undo') {
    const sets = listObjects(objects, 'ReplicaSet', rollout.metadata.namespace ?? '')
    return commands.undo(rollout, sets, event.toRevision)
  }
  if (event.replicas !== undefined) return commands.scale(rollout, event.replicas)
  if (event.specPatch !== undefined) return editedSpec(objects[key] as KubeObject, event.specPatch)
  const command = event.command && ownValue(commandOf, event.command)
  return command ? command(rollout, now) : { refused: 'the event says nothing to do' }
}

/**
 * Sets a new image in the object that has the template: with `set image` if possible, otherwise with an edit, because
 * upstream's command supports only Deployments.
 */
function setImage(objects: ClusterObjects, key: string, event: WorldEvent, image: string): commands.CommandResult {
  const holderKey = templateHolderKey(objects, key)
  const holder = objects[holderKey]
  if (!holder) return { refused: `there is no ${holderKey}` }
  const container = event.container ?? usualContainer(holder, objects[key]?.metadata.name ?? '')
  const template = templateOf(holder)
  const isAtTop = holder.kind === 'PodTemplate'
  const result = commands.setImage(isAtTop ? { ...holder, spec: { template } } : holder, container, image)
  const [request] = 'requests' in result ? result.requests : []
  if (!isAtTop || request?.verb !== 'update') return result
  const changed = templateOf({ ...request.object, kind: 'Deployment' })
  const object: KubeObject = { ...holder, template: changed }
  return { requests: [{ ...request, object }], message: 'podtemplate edited\n' }
}

/** The container with the Rollout's name, otherwise the first. */
function usualContainer(holder: KubeObject, rolloutName: string): string {
  const containers = templateOf(holder)?.spec?.containers
  const names = (isWalkableList(containers) ? containers : []).map((one) => (one as { name?: string })?.name ?? '')
  return names.includes(rolloutName) ? rolloutName : (names[0] ?? '')
}

function scaledWorkload(objects: ClusterObjects, key: string, replicas: number): commands.CommandResult {
  const workloadKey = scaledWorkloadKey(objects[key] as KubeObject)
  if (workloadKey === undefined) return { refused: 'the Rollout has no workloadRef' }
  const [resource = '', namespace = '', name = ''] = workloadKey.split('/')
  const target = { resource, namespace, name }
  return {
    requests: [{ verb: 'patch', target, patchType: 'merge', patch: { spec: { replicas } } }],
    message: `${resource} '${name}' scaled\n`,
  }
}

/** The `spec` after an edit. A template in the patch replaces the whole old one. */
export function patchedSpec(spec: unknown, specPatch: NonNullable<WorldEvent['specPatch']>): object {
  const { template, ...others } = specPatch
  const merged = applyMergePatch(spec, others) as object
  return template === undefined ? merged : { ...merged, template }
}

function editedSpec(rollout: KubeObject, specPatch: NonNullable<WorldEvent['specPatch']>): commands.CommandResult {
  const object: KubeObject = { ...rollout, spec: patchedSpec(rollout.spec, specPatch) }
  const { name, namespace = '' } = rollout.metadata
  const target = { resource: 'rollouts', namespace, name }
  return { requests: [{ verb: 'update', target, object, patch: [] }], message: `rollout '${name}' edited\n` }
}
