import { collectGarbage } from '../cluster/garbage'
import { givenList, givenNumber, givenObject } from '../model/given'
import type { Issue } from '../model/issue'
import { isWalkableList } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { formatTime } from '../model/time'
import { applyEvent } from './applyEvent'
import { applyObjects } from './applyObjects'
import { applyControllerFault } from './controllerFaults'
import type { SecondsQueue } from './eventQueue'
import { applyFault } from './faults'
import { idleCommand } from './idleCommand'
import { writeAsAnother } from './otherWriter'
import type { SimulationInput } from './simulation'
import { noteTurn } from './trace'
import { waitsForPerson } from './waiting'
import type { World } from './world'
import type { PlannedEvent, WorldEvent } from './worldEvent'

/**
 * Carries out a user's command, a fault or a `kubectl apply` in the current second; an event without effect is an
 * issue.
 */
export function act(world: World, { event, path: inputPath }: PlannedEvent): void {
  if (applyFault(world, event) || applyControllerFault(world, event)) {
    noteTurn(world, 'world', [], false, event)
    return
  }
  const isOfModel = inputPath.startsWith('models[')
  const path = isOfModel ? `${inputPath}[${world.second}s]` : `events[${world.second}s]`
  if (event.otherWrite) {
    const isWritten = writeAsAnother(world, event.otherWrite)
    noteTurn(world, 'world', [], !isWritten, event)
    if (isWritten) return
    const message = 'there is no such object that another program could write'
    world.issues.push({ code: 'command-without-effect', path, message, severity: 'warning' })
    return
  }
  if (event.apply !== undefined) {
    const before = world.objects
    applyObjects(world, isWalkableList(event.apply) ? (event.apply as readonly KubeObject[]) : [], inputPath)
    noteTurn(world, 'world', [], false, event)
    // A controller that syncs finds its manifests as they were most of the time.
    if (world.objects !== before || isOfModel) return
    const message = 'the manifests are as they were applied before: applying them changes nothing'
    world.issues.push({ code: 'command-without-effect', path, message, severity: 'warning' })
    return
  }
  const before = world.objects[world.key]
  const by = isOfModel ? 'model' : 'world'
  const { objects, refused } = applyEvent(world.objects, world.key, event, formatTime(world.start + world.second))
  noteDeletion(world, objects)
  noteTurn(world, by, [], refused !== undefined, event)
  const idle = idleCommand(before, event)
  if (idle !== undefined) {
    world.issues.push({ code: 'command-without-effect', path, message: idle, severity: 'warning' })
  }
  if (refused === undefined) return
  world.issues.push({ code: 'command-refused', path, message: refused, severity: 'warning' })
}

/** The controller's last metrics and events of a deleted Rollout; Kubernetes deletes its objects. */
function noteDeletion(world: World, objects: World['objects']): void {
  const before = world.objects
  world.objects = objects
  if (objects[world.key] || !before[world.key]) return
  if (!world.input.keepsOrphans) world.objects = collectGarbage(objects, before)
  const { name, namespace = '' } = before[world.key]?.metadata ?? { name: '' }
  const object = { kind: 'Rollout', namespace, name } as const
  const message = `Rollout ${name}/${namespace} is deleted.`
  world.events.push({ object, type: 'Normal', reason: 'RolloutDeleted', message, atSeconds: world.second })
}

/** Events that wait for a pause or for a Healthy Rollout happen in the next second. */
export function actWhenDue(world: World, queue: SecondsQueue): void {
  const rollout = asKind('Rollout', world.objects[world.key])
  if (!rollout) return
  const [paused, ...otherPaused] = world.waiting
  if (paused && world.second >= (paused.event.atSeconds ?? 0) && waitsForPerson(rollout) !== undefined) {
    world.waiting = otherPaused
    queue.add({ second: world.second + 1, event: paused })
    return
  }
  const [healthy, ...others] = world.waitingForHealth
  if (!healthy || !isHealthy(rollout)) return
  world.waitingForHealth = others
  queue.add({ second: world.second + 1, event: healthy })
}

/** And the controller has seen the spec. */
const isHealthy = ({ status, metadata }: Rollout): boolean =>
  status?.phase === 'Healthy' && status.observedGeneration === String(metadata.generation ?? '')

/** Events that still wait at the end never happened. */
export const waitingIssues = ({ waitingForHealth }: World): readonly Issue[] =>
  waitingForHealth.map(({ path }) => ({
    code: 'event-not-due',
    path,
    message: 'it never happened, because the Rollout was not Healthy again before the end: give it a time',
    severity: 'warning',
  }))

/** Events for which the simulation is too short. */
export const lateEvents = ({ events }: SimulationInput, untilSeconds: number): readonly Issue[] =>
  givenList<WorldEvent>(events).flatMap((event, index) => {
    const atSeconds = givenNumber(givenObject<WorldEvent>(event).atSeconds) ?? 0
    if (!(atSeconds > untilSeconds)) return []
    const message = `it never happened: the simulation ends before, after ${untilSeconds} s; let it last longer (untilSeconds, --until)`
    return [{ code: 'event-not-due', path: `events[${index}]`, message, severity: 'warning' }]
  })
