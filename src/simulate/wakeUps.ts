import { isCompletedPhase } from '../model/analysisPhases'
import type { Decision } from '../model/decision'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import { parseTime } from '../model/time'
import type { WakeUp } from '../model/wakeUp'
import { pausedDeadlineOf } from '../rollout/pausedDeadline'
import { controllerStart } from './controllerClock'
import type { PlannedLook } from './eventQueue'
import { waitInQueue } from './queueWaits'
import type { World } from './world'

/** Waits longer than the controller's resync request nothing, so no object waits longer than that. */
export const longestSleepSeconds = 600

const longestRetrySeconds = 10

/**
 * How long a failing object waits in the controller's queue: 1 ms, 2 ms, 4 ms and so on, at most 10 s, until it
 * succeeds. Ten tries are made within the first second; they see the same and count as one here. The later ones come
 * 1, 2, 4, 8 and 10 s apart.
 *
 * Source: behaviour 3.1; upstream's utils/queue/queue.go (per-item exponential limiter, 1 ms to 10 s), and
 * utils/controller/controller.go, which forgets the failures of an object that succeeds.
 */
const retrySeconds = (failedSeconds: number): number =>
  Math.min(longestRetrySeconds, 2 ** Math.max(0, Math.min(failedSeconds - 2, 10)))

type Timers = Pick<Decision<unknown, unknown, unknown>, 'requeueAfterSeconds' | 'requeueSoon' | 'wakeUps'>

/** Waits that end exactly when they say so. Others request up to one second more than they need. */
const exactWaits: ReadonlySet<WakeUp['code']> = new Set(['measurement', 'pauseStepEnds'])

/** A wait that ends in this second may be over before. */
const mayEndBefore = (wakeUps: readonly WakeUp[], afterSeconds: number): boolean =>
  wakeUps.some((wakeUp) => !exactWaits.has(wakeUp.code) && Math.ceil(wakeUp.afterSeconds) === afterSeconds)

/**
 * When a reducer needs another reconcile after a decision in this second: when its wait in the queue ends; a second
 * before the time that it asked for, where it may ask for more than it needs, as the progress deadline does; with whole
 * seconds also a second after it, because several timers compare strictly.
 */
export function wakeUpsOf(
  { requeueAfterSeconds, requeueSoon, wakeUps: asked }: Timers,
  key: string,
  world: World,
  failedSeconds: number,
): readonly PlannedLook[] {
  const second = world.second
  const object = world.objects[key]
  if (!object) return []
  const deadlines: number[] = []
  const wakeUps: PlannedLook[] = []
  if (requeueAfterSeconds !== undefined) {
    const afterSeconds = Math.ceil(requeueAfterSeconds)
    waitInQueue(world, key, afterSeconds)
    if (!world.input.wholeSeconds && afterSeconds > 1 && mayEndBefore(asked, afterSeconds))
      deadlines.push(second + afterSeconds - 1)
    // Whoever compares strictly asks for nothing when the time is there.
    if (world.input.wholeSeconds) wakeUps.push({ second: second + afterSeconds + 1, key })
  }
  if (requeueSoon) waitInQueue(world, key, retrySeconds(failedSeconds))
  const wait = world.queueWaits.get(key)
  if (wait?.since === second) wakeUps.push(wait.end)
  const isOver = object.kind === 'AnalysisRun' && isCompletedPhase(asKind('AnalysisRun', object).status?.phase)
  if (isOver) deadlines.push(...endsOfLife(object, world))
  else {
    deadlines.push(...pausedDeadlines(object, world))
    wakeUps.push({ second: second + longestSleepSeconds, key, isResync: true })
  }
  for (const at of deadlines) wakeUps.push({ second: at, key, isDeadline: true })
  return wakeUps
}

/** A deadline that strikes during a pause is seen at the controller's next look, for which it does not ask. */
function pausedDeadlines(object: KubeObject, world: World): number[] {
  const { input, second } = world
  if (object.kind !== 'Rollout') return []
  const deadline = pausedDeadlineOf(asKind('Rollout', object), input.options?.controller)
  if (deadline === undefined) return []
  const at = Math.floor(deadline - controllerStart(world))
  return [at, at + 1].filter((struck) => struck > second)
}

/** A run whose time to live is over is deleted in the controller's next reconcile, which it does not request. */
function endsOfLife(object: KubeObject, world: World): number[] {
  const { spec, status } = asKind('AnalysisRun', object)
  const completedSeconds = parseTime(status?.completedAt)
  if (completedSeconds === undefined) return []
  return Object.values(spec?.ttlStrategy ?? {})
    .map((seconds) => Math.floor(completedSeconds - controllerStart(world)) + (seconds ?? Number.NaN) + 1)
    .filter((at) => Number.isFinite(at) && at > world.second)
}

/** When pods change by themselves, or traffic follows the router. */
export function worldWakeUps({ pods, router, stale, second, key }: World): PlannedLook[] {
  const wakeUps: PlannedLook[] = pods.nextSecond === undefined ? [] : [{ second: pods.nextSecond }]
  // The late events arrive.
  if (stale && stale.untilSeconds > second) wakeUps.push({ second: stale.untilSeconds, key })
  if (router.split && router.split.untilSeconds > second) wakeUps.push({ second: router.split.untilSeconds })
  const [next] = router.onTheWay
  if (next) wakeUps.push({ second: Math.ceil(next.atSeconds) })
  return wakeUps
}
