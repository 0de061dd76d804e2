import type { Issue } from '../model/issue'
import { isWalkableList } from '../model/json'
import { lateEvents } from './act'
import { beginWorld } from './beginWorld'
import type { SecondsQueue } from './eventQueue'
import type { Frame } from './frame'
import { frameOf } from './frameOf'
import { laterFields } from './laterFields'
import type { Reducers } from './reducers'
import { firstQueue, passSecond, passTime } from './runWorld'
import type { SimulationInput, Timeline } from './simulation'
import { timelineOf } from './timelineOf'
import type { Watch } from './tracedTurn'
import type { World } from './world'
import type { Manifest, SimulatedCommand, WorldDeed } from './worldEvent'

/** The end of an advance; made by `until`. */
export interface Until {
  readonly isOver: (frame: Frame) => boolean
  readonly withinSeconds: number
}

const defaultLimitSeconds = 3600

/**
 * For `advance`: until a frame meets the condition. If none does within the limit (default one hour), all of that time
 * passes.
 *
 * @example
 * import { until } from 'rollout-engine/simulate'
 * until(({ phase }) => phase === 'Healthy').withinSeconds // => 3600
 */
export const until = (isOver: (frame: Frame) => boolean, withinSeconds: number = defaultLimitSeconds): Until => ({
  isOver,
  withinSeconds,
})

/** A simulated world to step through. It shares nothing with its forks. */
export interface SimulatedWorld {
  /** Seconds since the start. */
  readonly second: number
  /** The current state of the Rollout. */
  readonly state: Frame
  /** Advances the time and returns the state then; with `until`, undefined if no frame met the condition in time. */
  advance(seconds: number): Frame
  advance(until: Until): Frame | undefined
  /** `kubectl apply` of one object or several, now. */
  apply(manifests: Manifest | readonly Manifest[]): Frame
  /** Carries out a user's command now. */
  command(command: SimulatedCommand, toRevision?: number): Frame
  /** Carries out any other event now: a new image, a scale, a fault. */
  act(deed: WorldDeed): Frame
  /** The state in a past second; undefined for the future. */
  at(second: number): Frame | undefined
  /** Everything up to now, as `simulate` gives it. */
  timeline(): Timeline
  /** A copy of the world; the two are independent from then on. */
  fork(): SimulatedWorld
}

/**
 * A world in its first second. `events` of the input happen in their time; `untilSeconds` is ignored, because the
 * caller advances the time. Input that cannot be simulated gives a world in which nothing happens: its timeline has the
 * issues.
 *
 * @example
 * import { createWorld, until } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy, template }
 * const world = createWorld({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }] })
 * world.advance(10)
 * world.act({ image: 'web:2' })
 * const other = world.fork()
 * world.command('promote').phase // => 'Healthy'
 * other.command('abort').phase // => 'Degraded'
 */
export function createWorld(input: SimulationInput): SimulatedWorld {
  return openWorld(input, undefined).world
}

/** The same, and calls `watch` for every turn of the world and of its forks. */
export const createWorldWatched = (input: SimulationInput, watch: Watch, reducers?: Reducers): SimulatedWorld =>
  openWorld(input, watch, reducers).world

/** A world with a watcher that ends when the input says: events after that are issues. */
export function openStory(input: SimulationInput, watch: Watch | undefined, reducers?: Reducers): OpenWorld {
  return openWorld(input, watch, reducers, (untilSeconds) => lateEvents(input, untilSeconds))
}

type OpenWorld = { readonly world: SimulatedWorld; readonly untilSeconds: number }

/** The same with a watcher, and the end time of the input. */
function openWorld(
  input: SimulationInput,
  watch: Watch | undefined,
  reducers?: Reducers,
  doubts: (untilSeconds: number) => readonly Issue[] = () => [],
): OpenWorld {
  const begun = beginWorld(input, watch, reducers)
  if ('refused' in begun) return { world: deadWorld(begun.refused), untilSeconds: 0 }
  for (const issue of doubts(begun.untilSeconds)) begun.world.issues.push(issue)
  const queue = firstQueue(begun.world)
  const isGoing = passTime(begun.world, queue, 0)
  return { world: handleOf(begun.world, queue, 0, isGoing), untilSeconds: begun.untilSeconds }
}

function handleOf(world: World, queue: SecondsQueue, startSecond: number, startsGoing: boolean): SimulatedWorld {
  let now = startSecond
  let isGoing = startsGoing
  const pass = (to: number, isOver?: (frame: Frame) => boolean): void => {
    if (isGoing) isGoing = passTime(world, queue, to, isOver)
    now = to
  }
  const advance = (target: number | Until): Frame | undefined => {
    if (typeof target === 'number') {
      pass(now + secondsFrom(target))
      return frameNow(world, now)
    }
    let found: Frame | undefined
    const isOver = (frame: Frame): boolean => {
      if (target.isOver(frame)) found = frame
      return found !== undefined
    }
    if (isOver(frameNow(world, now))) return found
    pass(now + secondsFrom(target.withinSeconds), isOver)
    if (found) now = world.second
    return found
  }
  const act = (deed: WorldDeed): Frame => {
    world.second = now
    if (isGoing) passSecond(world, queue, [{ event: deed, path: `events[${now}s]` }], [])
    return frameNow(world, now)
  }
  const steps = {
    second: undefined,
    state: undefined,
    advance: advance as SimulatedWorld['advance'],
    act,
    apply: (manifests: Manifest | readonly Manifest[]) =>
      act({ apply: isWalkableList(manifests) ? manifests : [manifests as Manifest] }),
    command: (command: SimulatedCommand, toRevision?: number) =>
      act({ command, ...(toRevision !== undefined && { toRevision }) }),
    at: (second: number) =>
      second > now ? undefined : world.frames.filter(({ atSeconds }) => atSeconds <= second).at(-1),
    timeline: () => timelineOf(world, now),
    fork: () => handleOf(copyOf(world), queue.copy(), now, isGoing),
  }
  return withNow(steps, { second: () => now, state: () => frameNow(world, now) })
}

const withNow = laterFields<Pick<SimulatedWorld, 'second' | 'state'>>('second', 'state')

const secondsFrom = (seconds: number): number => (Number.isFinite(seconds) ? Math.max(0, Math.trunc(seconds)) : 0)

const frameNow = (world: World, now: number): Frame => ({ ...frameOf(world), atSeconds: now })

/** Objects and frames are values: only growing lists are copied. */
const copyOf = (world: World): World => ({
  ...world,
  frames: [...world.frames],
  trace: [...world.trace],
  events: [...world.events],
  deeds: [...world.deeds],
  history: world.history.copy(),
  issues: [...world.issues],
  assumed: [...world.assumed],
  resources: world.resources.copy(),
  standingReplies: { ...world.standingReplies },
  standingCleanUps: { ...world.standingCleanUps },
  applied: new Map(world.applied),
  looks: new Map(world.looks),
  queueWaits: new Map(world.queueWaits),
  overwritten: new Map(world.overwritten),
})

const nothing: Frame = {
  atSeconds: 0,
  phase: '',
  message: '',
  stepIndex: null,
  weight: null,
  pods: [],
  active: null,
  abort: false,
  runs: [],
  experiments: {},
  destinations: [],
  routes: [],
  workload: null,
  stable: null,
  roles: {},
  effectiveWeight: null,
  verifiedWeight: null,
  replicas: 0,
  waitsFor: null,
  blockers: [],
  wakeUps: [],
  room: null,
}

/** For input that cannot be simulated. */
function deadWorld(refused: Timeline): SimulatedWorld {
  const message = refused.issues.find(({ severity }) => severity !== 'warning')?.message ?? ''
  const state = (): Frame => ({ ...nothing, message })
  return {
    second: 0,
    state: state(),
    advance: ((target: number | Until) =>
      typeof target === 'number' ? state() : undefined) as SimulatedWorld['advance'],
    act: state,
    apply: state,
    command: state,
    at: () => undefined,
    timeline: () => refused,
    fork: () => deadWorld(refused),
  }
}
