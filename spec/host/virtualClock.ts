import type { HostClock } from '../../src/host/index'

/** A clock that stands still until somebody advances it. */
export interface VirtualClock extends HostClock {
  /** Lets the time pass, timer by timer; after each one everything that is under way goes on until it waits for a timer. */
  readonly advance: (seconds: number) => Promise<void>
}

interface Timer {
  readonly at: number
  readonly call: () => void
}

export function virtualClock(start = Date.parse('2030-01-01T00:00:00Z')): VirtualClock {
  let time = start
  const timers = new Set<Timer>()
  /** Everything that needs no timer is done after some turns of the event loop. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    now: () => time,
    after: (milliseconds, call) => {
      const timer = { at: time + milliseconds, call }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(seconds) {
      const end = time + seconds * 1000
      await settle()
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0]
        if (!next) break
        timers.delete(next)
        time = Math.max(time, next.at)
        next.call()
        await settle()
      }
      time = end
    },
  }
}
