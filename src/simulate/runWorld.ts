import { act, actWhenDue } from './act'
import { timedEvents } from './beginWorld'
import { eventQueue, type SecondsQueue } from './eventQueue'
import { invalidSpecIssue } from './outcome'
import { noteObjects } from './pastObjects'
import { settle } from './settle'
import { type Frame, frameOf, sameFrame } from './timeline'
import { longestSleepSeconds, type PlannedLook } from './wakeUps'
import { tellGeneration, untoldGeneration } from './workloads'
import type { World } from './world'
import type { PlannedEvent } from './worldEvent'

/** What is due, from the input's events on. */
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
  // Whoever waits for a pause from a time on looks then.
  for (const { event } of world.waiting) {
    const { atSeconds = 0 } = event
    if (Number.isFinite(atSeconds) && atSeconds > 0) queue.add({ second: atSeconds })
  }
  return queue
}

/**
 * Lets time pass up to and with a second, or until `isOver` says of a frame that it is enough. False where the
 * simulation was cut off: it would go on and on.
 */
export function passTime(
  world: World,
  queue: SecondsQueue,
  until: number,
  isOver: (frame: Frame) => boolean = () => false,
): boolean {
  for (let due = queue.nextUntil(until); due; due = queue.nextUntil(until)) {
    world.second = due.second
    passSecond(world, queue, due.events, due.wakeUps)
    if (world.isStopped || isCutOff(world)) return false
    const frame = world.frames.at(-1)
    if (frame && isOver(frame)) return true
  }
  return true
}

/** Lets somebody act, and everybody react, in the current second. */
export function passSecond(
  world: World,
  queue: SecondsQueue,
  events: readonly PlannedEvent[],
  wakeUps: readonly PlannedLook[],
): void {
  for (const event of events) act(world, event)
  world.objects = tellGeneration(world.objects, world.key)
  for (const wakeUp of settle(world, dueKeys(world, wakeUps))) queue.add(wakeUp)
  actWhenDue(world, queue)
  const rollout = world.objects[world.key]
  if (rollout && untoldGeneration(world.objects, rollout) !== undefined) queue.add({ second: world.second + 1 })
  if (world.input.everySecond) queue.add({ second: world.second + 1 })
  noteFrame(world)
  noteObjects(world)
}

function isCutOff(world: World): boolean {
  if (isOvergrown(world)) return true
  if (world.reconciles < (world.input.maxReconciles ?? 1_000_000)) return false
  const message = `cut off at second ${world.second}, after ${world.reconciles} reconciles: raise maxReconciles`
  world.issues.push({ code: 'too-long', path: 'maxReconciles', message, severity: 'warning' })
  return true
}

/** A sound Rollout makes a few objects an update, and the oldest go. */
const mostNewObjects = 2000

/** Growth without end would never come back: the run is cut off, and says so. */
function isOvergrown(world: World): boolean {
  if (world.created <= mostNewObjects) return false
  const grown = Object.keys(world.objects).length - world.givenObjects
  if (grown <= mostNewObjects) return false
  const message = `cut off at second ${world.second}: ${grown} objects were made and are still there`
  world.issues.push({ code: 'too-many-objects', path: 'objects', message })
  return true
}

/** Whose time has come. A resync only counts where nobody looked meanwhile. */
function dueKeys(world: World, wakeUps: readonly PlannedLook[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { key, isResync } of wakeUps) {
    if (key === undefined) continue
    const slept = world.second - (world.looks.get(key)?.second ?? 0)
    if (!isResync || slept >= longestSleepSeconds) keys.add(key)
  }
  return keys
}

/** An invalid spec is said once, however often the controller looks at it. */
function noteRefusal(world: World): void {
  const issue = invalidSpecIssue(world.objects[world.key], world.looks.get(world.key)?.error)
  if (!issue || world.issues.some(({ code, message }) => code === issue.code && message === issue.message)) return
  world.issues.push(issue)
}

/** What a second ends with; a second that is looked at again has one frame only. */
function noteFrame(world: World): void {
  noteRefusal(world)
  const frame = frameOf(world)
  if (world.frames.at(-1)?.atSeconds === frame.atSeconds) world.frames.pop()
  const last = world.frames.at(-1)
  if (!last || !sameFrame(last, frame)) world.frames.push(frame)
}
