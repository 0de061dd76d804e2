import type { ClusterObjects } from '../cluster/objects'
import { objectsAt } from './history'
import type { Timeline } from './simulation'
import type { World } from './world'

/** `at` is not a field that is listed, so that timelines are compared, cloned and printed as data. */
export function withAt(timeline: Omit<Timeline, 'at'>): Timeline {
  const at = (seconds: number): ClusterObjects => objectsAt(timeline, seconds)
  return Object.defineProperty(timeline, 'at', { value: at, enumerable: false }) as Timeline
}

/** Notes down what the second that ends made of the objects. */
export function noteObjects(world: World): void {
  const { second: atSeconds, noted: before, objects: after } = world
  if (before === after) return
  world.history.note({ atSeconds, before, after })
  world.noted = after
}
