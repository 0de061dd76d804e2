import type { ClusterObjects } from '../cluster/objects'
import { noteSecond, objectsAt, type SecondPatches } from './history'
import { type LaterList, laterList, mostNotesOf } from './laterList'
import type { Timeline } from './simulation'
import type { World } from './world'

/** `at` is not a field that is listed, so that timelines are compared, cloned and printed as data. */
export function withAt(timeline: Omit<Timeline, 'at'>): Timeline {
  const at = (seconds: number): ClusterObjects => objectsAt(timeline, seconds)
  return Object.defineProperty(timeline, 'at', { value: at, enumerable: false }) as Timeline
}

/** The objects before and after a second. */
export interface PassedSecond {
  readonly atSeconds: number
  readonly before: ClusterObjects
  readonly after: ClusterObjects
}

/** The changes of each second of a world that starts with these objects. */
export const historyFrom = (objects: ClusterObjects): LaterList<PassedSecond, SecondPatches> =>
  laterList<PassedSecond, SecondPatches>(
    [],
    (seconds, { atSeconds, before, after }) => noteSecond(seconds, atSeconds, before, after),
    mostNotesOf(Object.keys(objects).length),
  )

/** Notes down what the second that ends made of the objects. */
export function noteObjects(world: World): void {
  const { second: atSeconds, noted: before, objects: after } = world
  if (before === after) return
  world.history.note({ atSeconds, before, after })
  world.noted = after
}
