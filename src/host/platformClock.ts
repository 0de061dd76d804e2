import type { HostClock } from './ports'

interface Platform {
  /** Node, Bun and Deno. */
  readonly setImmediate?: (call: () => void) => unknown
}

/** The clock and the timers of the platform. */
export const platformClock: HostClock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds)
    return () => clearTimeout(timer)
  },
  breathe: () =>
    new Promise((resolve) => {
      const { setImmediate } = globalThis as Platform
      if (setImmediate) setImmediate(resolve)
      else setTimeout(resolve, 0)
    }),
}
