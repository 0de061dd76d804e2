import type { ClusterObjects } from '../cluster/objects'
import { noteSecond, objectsAt } from './history'
import type { Timeline } from './simulation'
import type { World } from './world'

/** `at` is not a field that is listed, so that timelines are compared, cloned and printed as data. */
export function withAt(timeline: Omit<Timeline, 'at'>): Timeline {
  const at = (seconds: number): ClusterObjects => objectsAt(timeline, seconds)
  return Object.defineProperty(timeline, 'at', { value: at, enumerable: false }) as Timeline
}

/** Notes down what the second that ends made of the objects. */
export function noteObjects(world: World): void {
  noteSecond(world.history, world.second, world.noted, world.objects)
  world.noted = world.objects
}
