import { act, actWhenDue } from './act'
import { timedEvents } from './beginWorld'
import type { PlannedLook } from './eventQueue'
import { eventQueue, type SecondsQueue } from './eventQueue'
import type { Frame } from './frame'
import { frameOf } from './frameOf'
import { stepModels } from './models/stepModels'
import { invalidSpecIssue } from './outcome'
import { noteObjects } from './pastObjects'
import { looksAtPods, mostPodObjects } from './podObjects'
import { restsThrough } from './rest'
import { sameFrame } from './sameFrame'
import { settle } from './settle'
import { sightOf } from './sight'
import { longestSleepSeconds } from './wakeUps'
import { tellGeneration, untoldGeneration } from './workloads'
import type { World } from './world'
import type { PlannedEvent } from './worldEvent'

/** The queue of due times, starting with the input's events. */
export function firstQueue(world: World): SecondsQueue {
  const queue = eventQueue()
  queue.add({ second: 0 })
  for (const planned of timedEvents(world.input)) {
    const { atSeconds = 0 } = planned.event
    if (Number.isFinite(atSeconds) && atSeconds >= 0) queue.add({ second: atSeconds, event: planned })
    else {
      const message = `expected seconds from 0 on, got ${atSeconds}: the event was left out`
      world.issues.push({ code: 'wrong-time', path: `${planned.path}.atSeconds`, message })
    }
  }
  // Events that wait for a pause from a time on are checked then.
  for (const { event } of world.waiting) {
    const { atSeconds = 0 } = event
    if (Number.isFinite(atSeconds) && atSeconds > 0) queue.add({ second: atSeconds })
  }
  return queue
}

/**
 * Advances to a second (inclusive), or until `isOver` is true for a frame. False if the simulation was stopped because
 * it would never end.
 */
export function passTime(
  world: World,
  queue: SecondsQueue,
  until: number,
  isOver: (frame: Frame) => boolean = () => false,
): boolean {
  for (let due = queue.nextUntil(until); due; due = queue.nextUntil(until)) {
    world.second = due.second
    const wakeUps = due.wakeUps.filter((wakeUp) => isStillDue(world, wakeUp))
    const isIdle = wakeUps.length === 0 && due.events.length === 0
    if (!isIdle && !restsThrough(world, queue, { ...due, wakeUps })) passSecond(world, queue, due.events, wakeUps)
    if (world.isStopped || isCutOff(world)) return false
    const frame = world.frames.at(-1)
    if (frame && isOver(frame)) return true
  }
  return true
}

/** Carries out an action in the current second, and all reactions to it. */
export function passSecond(
  world: World,
  queue: SecondsQueue,
  events: readonly PlannedEvent[],
  wakeUps: readonly PlannedLook[],
): void {
  for (const event of events) act(world, event)
  world.objects = tellGeneration(world.objects, world.key)
  for (const wakeUp of settle(world, dueKeys(wakeUps))) queue.add(wakeUp)
  actWhenDue(world, queue)
  const rollout = world.objects[world.key]
  if (rollout && untoldGeneration(world.objects, rollout) !== undefined) queue.add({ second: world.second + 1 })
  if (world.input.everySecond) queue.add({ second: world.second + 1 })
  noteFrame(world)
  stepModels(world, queue)
  noteObjects(world)
}

/** A day of a Rollout whose decisions undo each other, every second; a sound one takes a few per change. */
const mostReconciles = 1_000_000

function isCutOff(world: World): boolean {
  if (isOvergrown(world) || isCrowded(world)) return true
  if (world.reconciles < (world.input.maxReconciles ?? mostReconciles)) return false
  const message = `cut off at second ${world.second}, after ${world.reconciles} reconciles: raise maxReconciles`
  world.issues.push({ code: 'too-long', path: 'maxReconciles', message, severity: 'warning' })
  return true
}

/** A healthy Rollout creates a few objects per update, and the oldest are deleted. */
const mostNewObjects = 2000

/** Endless growth would never finish: the run is stopped with an issue. */
function isOvergrown(world: World): boolean {
  if (world.created <= mostNewObjects) return false
  const grown = Object.keys(world.objects).length - world.givenObjects
  if (grown <= mostNewObjects) return false
  const message = `cut off at second ${world.second}: ${grown} objects were made and are still there`
  world.issues.push({ code: 'too-many-objects', path: 'objects', message })
  return true
}

/** Pods that a Rollout looks at one by one are objects: too many of them would never come back. */
function isCrowded(world: World): boolean {
  let pods = 0
  for (const groups of Object.values(world.pods.groups)) for (const { count } of groups) pods += count
  if (pods <= mostPodObjects || !looksAtPods(world)) return false
  const message = `cut off at second ${world.second}: restarts and metadata of ${pods} pods are more than can be modelled, ${mostPodObjects}`
  world.issues.push({ code: 'too-many-pods', path: 'objects', message })
  return true
}

/** Objects that are due. */
function dueKeys(wakeUps: readonly PlannedLook[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { key } of wakeUps) if (key !== undefined) keys.add(key)
  return keys
}

/** A resync is not needed where the object was reconciled in between; and waits and deadlines change. */
function isStillDue({ looks, second, queueWaits }: World, wakeUp: PlannedLook): boolean {
  const { key, isResync, isTimer, isDeadline } = wakeUp
  if (key === undefined) return true
  if (isTimer) return queueWaits.get(key)?.end === wakeUp
  const last = looks.get(key)
  if (!last) return true
  if (isResync) return second - last.second >= longestSleepSeconds
  return !isDeadline || last.wakeUps.includes(wakeUp)
}

/** An invalid spec is reported once, however often the controller reconciles it. */
function noteRefusal(world: World): void {
  const issue = invalidSpecIssue(world.objects[world.key], world.looks.get(world.key)?.error)
  if (!issue || world.issues.some(({ code, message }) => code === issue.code && message === issue.message)) return
  world.issues.push(issue)
}

/** Nothing changed since the last frame was compared that a frame shows. Models may change the room for pods. */
function showsTheSame(world: World): boolean {
  const { objects, router, looks, key, pods, shown } = world
  const now = { token: sightOf(world), router, look: looks.get(key), room: pods.room }
  world.shown = now
  return (
    objects[key]?.kind === 'Rollout' &&
    now.token === shown?.token &&
    now.router === shown.router &&
    now.look === shown.look &&
    now.room === shown.room
  )
}

/** The state at the end of a second; a second that is processed again has only one frame. */
function noteFrame(world: World): void {
  noteRefusal(world)
  if (showsTheSame(world)) return
  const frame = frameOf(world)
  if (world.frames.at(-1)?.atSeconds === frame.atSeconds) world.frames.pop()
  const last = world.frames.at(-1)
  if (!last || !sameFrame(last, frame)) world.frames.push(frame)
}
