import type { ClusterObjects } from '../cluster/objects'
import { withPodTemplateDefaults } from '../kube/podTemplate/podTemplateDefaults'
import { type ControllerVersion, controllerVersions } from '../model/controllerVersion'
import { asKind } from '../model/kinds'
import { stepClock } from './controllerClock'
import { objectsAt } from './history'
import type { Model } from './models/model'
import { startModels } from './models/stepModels'
import type { World } from './world'
import type { WorldEvent } from './worldEvent'

/** Faults of the controller and of what runs beside it; false if the event is none of them. */
export function applyControllerFault(world: World, event: WorldEvent): boolean {
  const { lostEventSeconds, repeatSeconds, clockStepSeconds, upgradeTo, autoscaleSeconds } = event
  if (lostEventSeconds !== undefined) world.losesEventsUntil = world.second + wholeSeconds(lostEventSeconds)
  else if (repeatSeconds !== undefined) repeatEvents(world, wholeSeconds(repeatSeconds))
  else if (clockStepSeconds !== undefined) stepClock(world, clockStepSeconds)
  else if (upgradeTo !== undefined) upgrade(world, upgradeTo)
  else if (autoscaleSeconds !== undefined) autoscale(world, wholeSeconds(autoscaleSeconds))
  else return false
  return true
}

/** The cache goes back to the past for a second, and the controller reconciles what it sees. */
function repeatEvents(world: World, seconds: number): void {
  const { second, started, history, key } = world
  const past = objectsAt({ history: { start: started, seconds: history.items() } }, second - seconds)
  world.stale = { untilSeconds: second + 1, objects: past }
  world.looks.delete(key)
}

const wholeSeconds = (seconds: number): number => Math.max(0, Math.trunc(seconds) || 0)

/** The new controller starts with empty caches, and looks at everything. */
function upgrade(world: World, controller: ControllerVersion): void {
  if (!controllerVersions.includes(controller)) return
  world.input = { ...world.input, options: { ...world.input.options, controller } }
  world.objects = withStoredTemplates(world.objects)
  world.looks.clear()
  world.queueWaits.clear()
  world.overwritten.clear()
  world.stale = undefined
}

/** ReplicaSets as the API server stores them: versions recognise those of another version by the whole template. */
function withStoredTemplates(objects: ClusterObjects): ClusterObjects {
  let next = objects
  for (const [key, object] of Object.entries(objects)) {
    if (!key.startsWith('replicasets/')) continue
    const spec = object.spec as { readonly template?: unknown }
    next = { ...next, [key]: { ...object, spec: { ...spec, template: withPodTemplateDefaults(spec.template) } } }
  }
  return next
}

const everySeconds = 15
const tolerance = 0.1

/**
 * A load that needs the pods that are wanted now. Metrics with an `AverageValue` divide by the reported pods, and take
 * their number where the result is within the tolerance (AR PR#4868).
 */
function autoscale(world: World, forSeconds: number): void {
  const rollout = asKind('Rollout', world.objects[world.key])
  const needed = rollout?.spec?.replicas ?? 1
  const last = world.second + forSeconds
  const model: Model<number> = {
    name: 'autoscaler',
    start: world.second,
    step: (nextSecond, { atSeconds, rollout: seen, frame }) => {
      if (atSeconds < nextSecond || atSeconds > last) return { state: nextSecond }
      const reported = seen?.status?.HPAReplicas ?? 0
      if (reported === 0) return { state: atSeconds + everySeconds }
      const replicas = Math.abs(needed / reported - 1) <= tolerance ? reported : needed
      return { state: atSeconds + everySeconds, ...(replicas !== frame.replicas && { deeds: [{ replicas }] }) }
    },
    next: (nextSecond) => (nextSecond > last ? undefined : nextSecond),
  }
  world.models = [...world.models, ...startModels([model as Model])]
}
