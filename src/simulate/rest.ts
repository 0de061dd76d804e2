import type { Due, SecondsQueue } from './eventQueue'
import { sightOf } from './sight'
import { longestSleepSeconds } from './wakeUps'
import type { Look, World } from './world'

/**
 * A resync of a world at rest: nothing has changed since the Rollout's last reconcile, and time alone changes nothing.
 * The reconcile is counted and the next resync planned; deciding again would show the same. False if the second has to
 * be processed.
 */
export function restsThrough(world: World, queue: SecondsQueue, { events, wakeUps }: Due): boolean {
  const look = world.looks.get(world.key)
  if (!look?.isAtRest || events.length > 0 || !isResync(world, wakeUps)) return false
  if (!worldIsAtRest(world) || !seesTheSame(world, look)) return false
  for (const { isQuiet } of world.looks.values()) if (!isQuiet) return false
  if (world.second - look.second < longestSleepSeconds) return true
  world.reconciles++
  world.looks.set(world.key, { ...look, second: world.second })
  queue.add({ second: world.second + longestSleepSeconds, key: world.key, isResync: true })
  return true
}

const isResync = ({ key }: World, wakeUps: Due['wakeUps']): boolean =>
  wakeUps.every((wakeUp) => wakeUp.isResync === true && wakeUp.key === key)

const seesTheSame = (world: World, look: Look): boolean => {
  const { objects, router, pods } = world
  return look.seen === sightOf(world) && look.router === router && look.pods === pods.groups && pods.seen === objects
}

/** Nothing else is under way, and nobody watches every second. */
const worldIsAtRest = ({ input, pods, router, models, waiting, waitingForHealth, crashAfterChanges }: World): boolean =>
  !input.everySecond &&
  pods.nextSecond === undefined &&
  router.onTheWay.length === 0 &&
  router.split === undefined &&
  models.length === 0 &&
  waiting.length === 0 &&
  waitingForHealth.length === 0 &&
  crashAfterChanges === undefined
