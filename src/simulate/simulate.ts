import type { EngineEvent } from '../model/decision'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { formatTime } from '../model/time'
import { reconcileRollout } from '../reconcile'
import type { RolloutDecision, RolloutObservation, RolloutOptions } from '../rollout/observation'
import { applyEvent } from './applyEvent'
import { readClock } from './clock'
import { applyChange, applyStatus } from './cluster/applyChange'
import { type ClusterObjects, objectKey } from './cluster/state'
import { eventQueue, type SecondsQueue } from './eventQueue'
import { observeRollout } from './observe'
import { observedPods, type PodGroups, type PodModel, runPods } from './pods'
import {
  answerAsk,
  quietRouter,
  type RouterModel,
  type RouterState,
  refusals,
  settleRouter,
  tellRouter,
} from './router'
import { startObjects } from './startObjects'
import { type Frame, frameOf, sameFrame } from './timeline'
import { waitsForPerson } from './waiting'
import type { WorldEvent } from './worldEvent'

export interface SimulationInput {
  /** The Rollout and what it refers to: Services, workloads, whatever exists. */
  readonly manifests: readonly KubeObject[]
  /** Which Rollout; needed only if there are several. */
  readonly name?: string
  readonly events?: readonly WorldEvent[]
  /** The last second. Default 3600; ten years at most. */
  readonly untilSeconds?: number
  /** RFC 3339; default 2030-01-01T00:00:00Z. */
  readonly startAt?: string
  readonly pods?: PodModel
  readonly router?: RouterModel
  readonly options?: RolloutOptions
  /** Look every second instead of only when something can happen: the same frames, slower. For comparisons. */
  readonly everySecond?: boolean
  /** Where a simulation that goes on and on is cut off, with an issue. Default 1,000,000. */
  readonly maxReconciles?: number
}

export interface Timeline {
  readonly frames: readonly Frame[]
  /** Events that the controller would emit, with their time. */
  readonly events: readonly (EngineEvent & { readonly atSeconds: number })[]
  /** What was wrong with the input, and commands that had no effect. */
  readonly issues: readonly Issue[]
  /** The cluster at the end. */
  readonly objects: ClusterObjects
  /** Reconciles that it took. */
  readonly reconciles: number
}

const mostRoundsPerSecond = 30
const mostRoundsPerDecision = 20
const longestSleepSeconds = 600

/**
 * Simulates a Rollout in a modelled cluster: observe, reconcile, apply, and on to the next second at which something can
 * happen. Nothing real is touched and no time passes.
 *
 * @example
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const { frames } = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 10 })
 * frames.at(-1)?.phase // => 'Healthy'
 */
export function simulate(input: SimulationInput): Timeline {
  const clock = readClock(input.startAt, input.untilSeconds)
  const { start } = clock
  const given = startObjects(input.manifests, input.name, formatTime(start))
  const { objects, key } = given
  const issues = [...clock.issues, ...given.issues]
  if (!key) return { frames: [], events: [], issues, objects, reconciles: 0 }
  const world: World = {
    input,
    key,
    start,
    objects,
    pods: observedPods(objects, input.pods ?? {}),
    router: quietRouter,
    frames: [],
    events: [],
    issues,
    reconciles: 0,
    created: 0,
    waiting: (input.events ?? []).filter((event) => event.whenPaused),
  }
  run(world, clock.untilSeconds)
  return {
    frames: world.frames,
    events: world.events,
    issues: world.issues,
    objects: world.objects,
    reconciles: world.reconciles,
  }
}

/** One simulation in the making; it never leaves this file. */
interface World {
  readonly input: SimulationInput
  readonly key: string
  readonly start: number
  objects: ClusterObjects
  pods: PodGroups
  router: RouterState
  readonly frames: Frame[]
  readonly events: (EngineEvent & { readonly atSeconds: number })[]
  readonly issues: Issue[]
  reconciles: number
  created: number
  /** Events that wait for the Rollout to be paused. */
  waiting: readonly WorldEvent[]
}

function run(world: World, until: number): void {
  const queue = eventQueue()
  queue.add(0, undefined)
  schedule(world, queue)
  for (let due = queue.next(); due && due.second <= until; due = queue.next()) {
    const { second } = due
    for (const event of due.events) act(world, event, second)
    const wakeUps = settle(world, second)
    actWhenPaused(world, second, queue)
    if (world.input.everySecond) queue.add(second + 1, undefined)
    for (const wakeUp of wakeUps) queue.add(wakeUp, undefined)
    const frame = frameOf(world.objects, world.key, world.router, second)
    const last = world.frames.at(-1)
    if (!last || !sameFrame(last, frame)) world.frames.push(frame)
    if (world.reconciles < (world.input.maxReconciles ?? 1_000_000)) continue
    const message = `cut off at second ${second}, after ${world.reconciles} reconciles: raise maxReconciles`
    world.issues.push({ code: 'too-long', path: 'maxReconciles', message, severity: 'warning' })
    return
  }
}

function schedule(world: World, queue: SecondsQueue): void {
  for (const [index, event] of (world.input.events ?? []).entries()) {
    if (event.whenPaused) continue
    const { atSeconds = 0 } = event
    if (Number.isFinite(atSeconds) && atSeconds >= 0) queue.add(atSeconds, event)
    else {
      const message = `expected seconds from 0 on, got ${atSeconds}: the event was left out`
      world.issues.push({ code: 'wrong-time', path: `events[${index}].atSeconds`, message })
    }
  }
}

function act(world: World, event: WorldEvent, second: number): void {
  const { objects, refused } = applyEvent(world.objects, world.key, event, formatTime(world.start + second))
  world.objects = objects
  if (refused === undefined) return
  world.issues.push({ code: 'command-refused', path: `events[${second}s]`, message: refused, severity: 'warning' })
}

/** A person who waits for the pause acts in the next second. */
function actWhenPaused(world: World, second: number, queue: SecondsQueue): void {
  const [first, ...rest] = world.waiting
  if (!first) return
  if (waitsForPerson(world.objects[world.key] as unknown as Rollout) === undefined) return
  world.waiting = rest
  queue.add(second + 1, first)
}

/** Reconcile and pods in turn until neither changes anything; returns when to look again. */
function settle(world: World, second: number): number[] {
  let wakeUps: number[] = []
  world.router = settleRouter(world.router, world.input.router ?? {}, second)
  for (let round = 0; round < mostRoundsPerSecond; round++) {
    const before = world.objects
    const decision = reconcileOnce(world, second)
    const pods = runPods(world.objects, world.pods, world.input.pods ?? {}, second)
    world.objects = pods.objects
    world.pods = pods.groups
    wakeUps = wakeUpsOf(decision, pods.nextSecond, second, world)
    if (world.objects === before) return wakeUps
  }
  return [...wakeUps, second + 1]
}

/**
 * A timer is looked at when it strikes and a second later, because several of them compare strictly. What waits longer
 * than the controller's resync asks for nothing, so nobody sleeps longer than that.
 */
function wakeUpsOf(decision: RolloutDecision, nextPod: number | undefined, second: number, world: World): number[] {
  const wakeUps = [second + longestSleepSeconds]
  if (nextPod !== undefined) wakeUps.push(nextPod)
  if (decision.requeueAfterSeconds !== undefined) {
    const at = second + Math.ceil(decision.requeueAfterSeconds)
    wakeUps.push(Math.max(second + 1, at), at + 1)
  }
  if (decision.requeueSoon) wakeUps.push(second + 1)
  const { commanded, effective, commandedAtSeconds } = world.router
  if (commanded !== null && effective !== commanded) {
    wakeUps.push(Math.max(second + 1, Math.ceil(commandedAtSeconds + (world.input.router?.lagSeconds ?? 0))))
  }
  return wakeUps
}

function reconcileOnce(world: World, second: number): RolloutDecision {
  const now = formatTime(world.start + second)
  const { decision, failures } = decide(world, now, second)
  const context = { now, uidOf: () => `simulated-${++world.created}` }
  let objects = world.objects
  for (const change of decision.changes) objects = applyChange(objects, change, context)
  world.objects = applyStatus(objects, world.key, decision.status)
  for (const event of decision.events) world.events.push({ ...event, atSeconds: second })
  const carriedOut = decision.changes.filter((change) => !('router' in change) || Object.keys(failures).length === 0)
  world.router = tellRouter(world.router, world.input.router ?? {}, carriedOut, second)
  return decision
}

/** Asks and answers with the same clock until the decision is complete. */
function decide(world: World, now: string, second: number): { decision: RolloutDecision; failures: Failures } {
  const router = world.input.router ?? {}
  let answers: NonNullable<RolloutObservation['answers']> = {}
  for (let round = 0; ; round++) {
    const observation = observeRollout(world.objects, world.key, now, world.input.options, answers)
    const decision = reconcileRollout(observation)
    world.reconciles++
    const failures = refusals(router, decision.changes, second)
    const isNews = Object.keys(failures).some((key) => answers.failures?.[key] === undefined)
    if ((!isNews && decision.asks.length === 0) || round >= mostRoundsPerDecision) {
      return { decision, failures: answers.failures ?? {} }
    }
    const replies = decision.asks.map((ask) => [ask.key, answerAsk(ask, world.router, router, second)] as const)
    answers = {
      replies: { ...answers.replies, ...Object.fromEntries(replies) },
      failures: { ...answers.failures, ...failures },
    }
  }
}

type Failures = NonNullable<NonNullable<RolloutObservation['answers']>['failures']>

/** Key of the simulated Rollout among the objects of a timeline. */
export const rolloutKey = (namespace: string, name: string): string => objectKey('Rollout', namespace, name)
