import type { HostClock } from './ports'

/** The clock and the timers of the platform. */
export const platformClock: HostClock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds)
    return () => clearTimeout(timer)
  },
}
