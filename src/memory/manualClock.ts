import type { HostClock } from '../host/ports'
import { parseTime } from '../model/time'

/** A clock for tests: it stands still until somebody advances it. */
export interface ManualClock extends HostClock {
  /**
   * Lets seconds pass, timer by timer in their order. After each one, everything goes on that waits for nothing but a
   * promise; what waits for a network does not.
   */
  readonly advance: (seconds: number) => Promise<void>
}

interface Timer {
  readonly at: number
  readonly call: () => void
}

/**
 * A clock for tests of hosts. `start`: RFC 3339; anything else is 1970.
 *
 * @example
 * import { manualClock } from 'rollout-engine/memory'
 * const clock = manualClock('2030-01-01T00:00:00Z')
 * const rings: number[] = []
 * clock.after(1500, () => rings.push(clock.now()))
 * await clock.advance(2)
 * rings // => [1893456001500]
 */
export function manualClock(start: string): ManualClock {
  const state = { time: (parseTime(start) ?? 0) * 1000 }
  const timers = new Set<Timer>()
  return {
    now: () => state.time,
    after: (milliseconds, call) => {
      const timer = { at: state.time + Math.max(0, milliseconds), call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(seconds) {
      const end = state.time + seconds * 1000
      await afterPromises()
      for (let next = nextOf(timers, end); next; next = nextOf(timers, end)) {
        timers.delete(next)
        state.time = Math.max(state.time, next.at)
        next.call()
        await afterPromises()
      }
      state.time = Math.max(state.time, end)
    },
  }
}

/** The event loop turns to a timer only when no promise has anything left to do. */
const afterPromises = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** Of several at the same time the one that was set first. */
function nextOf(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  let next: Timer | undefined
  for (const timer of timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer
  return next
}
