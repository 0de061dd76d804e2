import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { formatTime } from '../model/time'
import { applyEvent } from './applyEvent'
import { type Assumptions, assumeMissing, assumptionIssue } from './assume/assume'
import { readClock } from './clock'
import { collectGarbage } from './cluster/garbage'
import { newestTime, startIssues } from './dump/dumpTime'
import { missingFromDump } from './dump/missingFromDump'
import { eventQueue, type SecondsQueue } from './eventQueue'
import { explainExperiment } from './explainExperiment'
import { applyFault } from './faults'
import { observedPods, withoutGivenPods } from './givenPods'
import { idleCommand } from './idleCommand'
import { readMetrics } from './metrics'
import { invalidSpecIssue, outcomeOf } from './outcome'
import { withPods } from './podObjects'
import { quietRouter } from './router'
import { firstResources } from './routerResources'
import { settle } from './settle'
import type { SimulationInput, Timeline } from './simulation'
import { slipsOf } from './slips'
import { type StartObjects, startObjects } from './startObjects'
import { frameOf, sameFrame } from './timeline'
import { noteTurn, type Watch } from './trace'
import { waitsForPerson } from './waiting'
import { longestSleepSeconds, type WakeUp } from './wakeUps'
import { wellFormedInput } from './wellFormed'
import { tellGeneration, untoldGeneration } from './workloads'
import type { World } from './world'
import type { WorldEvent } from './worldEvent'

/**
 * Simulates a Rollout, with its Experiments and AnalysisRuns, or an Experiment alone, in a modelled cluster: observe, reconcile, apply, and on to the
 * next second at which something can happen. Nothing real is touched and no time passes.
 *
 * @example
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const { frames } = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 10 })
 * frames.at(-1)?.phase // => 'Healthy'
 */
export function simulate(input: SimulationInput): Timeline {
  return simulateWatched(input, undefined)
}

/** Simulates, and tells `watch` of every turn: the property kit judges each of them, the timeline holds only seconds. */
export function simulateWatched(story: SimulationInput, watch: Watch | undefined): Timeline {
  const { input, issues: wrongTypes } = wellFormedInput(story)
  const newest = newestTime(input.manifests)
  const clock = readClock(input.startAt ?? newest, input.untilSeconds)
  const given = startObjects(input.manifests, input.name, formatTime(clock.start))
  const { key } = given
  const { objects, assumed, metrics: unknownMetrics } = withMissing(given, input, formatTime(clock.start))
  const { metrics, issues: metricIssues } = readMetrics(input.series, objects, unknownMetrics)
  const assumptions = assumed.map((one) => assumptionIssue(one, objects))
  const issues = [
    ...wrongTypes,
    ...clock.issues,
    ...given.issues,
    ...dumpIssues(given, newest, input.startAt),
    ...(key === undefined ? [] : slipsOf(input, objects, key)),
    ...assumptions,
    ...metricIssues,
  ]
  const cannotTell = metricIssues.some(({ code }) => code === 'conditions-unknown')
  if (!key || cannotTell) {
    return { frames: [], events: [], issues, assumed, outcome: 'not-simulated', objects, resources: [], reconciles: 0 }
  }
  const world: World = {
    input,
    key,
    namespace: objects[key]?.metadata.namespace ?? '',
    start: clock.start,
    second: 0,
    objects: withoutGivenPods(objects),
    pods: {
      ...observedPods({ objects, model: input.pods ?? {}, startSeconds: clock.start }),
      worn: {},
      second: 0,
      seen: undefined,
      nextSecond: undefined,
    },
    router: quietRouter,
    standingReplies: {},
    metrics,
    frames: [],
    trace: [],
    watch,
    seenByWatch: undefined,
    events: [],
    issues,
    assumed: [...assumed],
    resources: [firstResources(objects)],
    reconciles: 0,
    created: 0,
    givenObjects: Object.keys(objects).length,
    waiting: (input.events ?? []).filter((event) => event.whenPaused),
    crashAfterChanges: undefined,
    looks: new Map(),
  }
  run(world, clock.untilSeconds)
  const why = explainExperiment(world.objects, key, formatTime(clock.start + clock.untilSeconds))
  return {
    ...(why === undefined ? {} : { experimentEnd: why }),
    frames: world.frames,
    ...(input.trace && { trace: world.trace }),
    events: world.events,
    issues: world.issues,
    assumed: world.assumed,
    outcome: outcomeOf(world.objects[key], world.looks.get(key)?.error),
    objects: withPods(world),
    resources: world.resources,
    reconciles: world.reconciles,
  }
}

/** Of a Rollout that was read from a cluster while it was under way. */
const dumpIssues = (
  { objects, key }: StartObjects,
  newest: string | undefined,
  startAt: string | undefined,
): Issue[] =>
  key === undefined || objects[key]?.kind === 'Experiment'
    ? []
    : [...missingFromDump(objects, key), ...startIssues(objects[key] as KubeObject, newest, startAt)]

const withMissing = ({ objects, key }: StartObjects, { missing }: SimulationInput, now: string): Assumptions =>
  key === undefined || missing === 'strict' || objects[key]?.kind === 'Experiment'
    ? { objects, assumed: [], metrics: new Set() }
    : assumeMissing(objects, key, now)

function run(world: World, until: number): void {
  const queue = eventQueue()
  queue.add({ second: 0 })
  schedule(world, queue)
  for (let due = queue.next(); due && due.second <= until; due = queue.next()) {
    world.second = due.second
    for (const event of due.events) act(world, event)
    world.objects = tellGeneration(world.objects, world.key)
    for (const wakeUp of settle(world, dueKeys(world, due.wakeUps))) queue.add(wakeUp)
    actWhenPaused(world, queue)
    const rollout = world.objects[world.key]
    if (rollout && untoldGeneration(world.objects, rollout) !== undefined) queue.add({ second: world.second + 1 })
    if (world.input.everySecond) queue.add({ second: world.second + 1 })
    noteFrame(world)
    if (isOvergrown(world)) return
    if (world.reconciles < (world.input.maxReconciles ?? 1_000_000)) continue
    const message = `cut off at second ${world.second}, after ${world.reconciles} reconciles: raise maxReconciles`
    world.issues.push({ code: 'too-long', path: 'maxReconciles', message, severity: 'warning' })
    return
  }
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

function schedule(world: World, queue: SecondsQueue): void {
  for (const [index, event] of (world.input.events ?? []).entries()) {
    if (event.whenPaused) continue
    const { atSeconds = 0 } = event
    if (Number.isFinite(atSeconds) && atSeconds >= 0) queue.add({ second: atSeconds, event })
    else {
      const message = `expected seconds from 0 on, got ${atSeconds}: the event was left out`
      world.issues.push({ code: 'wrong-time', path: `events[${index}].atSeconds`, message })
    }
  }
}

/** Whose time has come. A resync only counts where nobody looked meanwhile. */
function dueKeys(world: World, wakeUps: readonly WakeUp[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { key, isResync } of wakeUps) {
    if (key === undefined) continue
    const slept = world.second - (world.looks.get(key)?.second ?? 0)
    if (!isResync || slept >= longestSleepSeconds) keys.add(key)
  }
  return keys
}

function act(world: World, event: WorldEvent): void {
  if (applyFault(world, event)) {
    noteTurn(world, 'world', [], false, event)
    return
  }
  const before = world.objects[world.key]
  const { objects, refused } = applyEvent(world.objects, world.key, event, formatTime(world.start + world.second))
  noteDeletion(world, objects)
  noteTurn(world, 'world', [], refused !== undefined, event)
  const idle = idleCommand(before, event)
  if (idle !== undefined) {
    const path = `events[${world.second}s]`
    world.issues.push({ code: 'command-without-effect', path, message: idle, severity: 'warning' })
  }
  if (refused === undefined) return
  const path = `events[${world.second}s]`
  world.issues.push({ code: 'command-refused', path, message: refused, severity: 'warning' })
}

/** What the controller says when the Rollout goes; Kubernetes collects what it owned. */
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

/** A person who waits for the pause acts in the next second. */
function actWhenPaused(world: World, queue: SecondsQueue): void {
  const [first, ...rest] = world.waiting
  if (!first || !world.objects[world.key]) return
  if (waitsForPerson(world.objects[world.key] as unknown as Rollout) === undefined) return
  world.waiting = rest
  queue.add({ second: world.second + 1, event: first })
}

/** An invalid spec is said once, however often the controller looks at it. */
function noteRefusal(world: World): void {
  const issue = invalidSpecIssue(world.objects[world.key], world.looks.get(world.key)?.error)
  if (!issue || world.issues.some(({ code, message }) => code === issue.code && message === issue.message)) return
  world.issues.push(issue)
}

function noteFrame(world: World): void {
  noteRefusal(world)
  const frame = frameOf(world)
  const last = world.frames.at(-1)
  if (!last || !sameFrame(last, frame)) world.frames.push(frame)
}
