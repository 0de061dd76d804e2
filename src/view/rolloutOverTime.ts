import type { Rollout } from '../model/rollout'
import { objectsAt, secondsOfChange } from '../simulate/history'
import type { Timeline } from '../simulate/simulation'

/**
 * The simulated Rollout as its strategy stood at a second: an applied manifest may bring other steps. `given` stands
 * for a Rollout that is gone in the end.
 */
export function rolloutOverTime(
  timeline: Pick<Timeline, 'history' | 'objects'>,
  key: string,
  given: Rollout,
): (atSeconds: number) => Rollout {
  const last = (timeline.objects[key] as Rollout | undefined) ?? given
  const changes = secondsOfChange(timeline, (path) => isStrategy(path, key))
  const starts = [Number.NEGATIVE_INFINITY, ...changes]
  const states = starts.map((fromSeconds, index) => ({ fromSeconds, rollout: stateAt(fromSeconds, index) }))
  return (atSeconds) => states.filter(({ fromSeconds }) => fromSeconds <= atSeconds).at(-1)?.rollout ?? last

  function stateAt(seconds: number, index: number): Rollout {
    if (index === starts.length - 1) return last
    return (objectsAt(timeline, seconds)[key] as Rollout | undefined) ?? last
  }
}

/** The whole object, its spec or its strategy. */
function isStrategy(path: readonly string[], key: string): boolean {
  const [object, part, field] = path
  return object === key && (part === undefined || (part === 'spec' && (field === undefined || field === 'strategy')))
}
