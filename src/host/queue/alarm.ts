import type { HostClock } from '../ports'
import { dueHeap } from './dueHeap'

/** Rings for each key when it is due. Silent until it is started, and after it was stopped. */
export interface Alarm {
  /** A key that is set twice rings once, at the earlier time. */
  readonly set: (key: string, afterMilliseconds: number) => void
  readonly start: () => void
  readonly stop: () => void
}

/** Timers of platforms take no longer waits. */
const longestTimerMilliseconds = 2 ** 31 - 1

/** One timer of the platform, for whatever is due next. */
export function alarm(clock: HostClock, ring: (key: string) => void): Alarm {
  const due = dueHeap()
  const timer = { isOn: false, at: Number.POSITIVE_INFINITY, cancel: () => {} }
  const setTimer = (): void => {
    const at = due.nextAt()
    if (!timer.isOn || at === undefined || at >= timer.at) return
    timer.cancel()
    timer.at = at
    const milliseconds = Math.max(1, Math.ceil(at - clock.now()))
    timer.cancel = clock.after(Math.min(milliseconds, longestTimerMilliseconds), () => {
      timer.at = Number.POSITIVE_INFINITY
      for (let key = due.takeUntil(clock.now()); key !== undefined; key = due.takeUntil(clock.now())) ring(key)
      setTimer()
    })
  }
  return {
    set(key, afterMilliseconds) {
      due.add(key, clock.now() + afterMilliseconds)
      setTimer()
    },
    start() {
      timer.isOn = true
      setTimer()
    },
    stop() {
      timer.isOn = false
      timer.cancel()
      timer.at = Number.POSITIVE_INFINITY
    },
  }
}
