import type { HostClock } from '../ports'
import { dueHeap } from './dueHeap'

/** When to look at a key again; `trouble`: soon, and the later the more often it was in trouble in a row. */
export type Verdict =
  /** `restMilliseconds`: not before that either, whoever asks for it. */
  | { readonly kind: 'done'; readonly afterSeconds?: number; readonly restMilliseconds?: number }
  | { readonly kind: 'trouble' }

export interface QueueOptions {
  readonly clock: HostClock
  /** Works on one key. One key never overlaps itself. If it rejects, the key is in trouble. */
  readonly work: (key: string) => Promise<Verdict>
  /** Keys that are worked on at the same time. */
  readonly concurrency: number
  /** Wait after the first trouble, and the longest one; each trouble in a row doubles it. */
  readonly firstRetryMilliseconds: number
  readonly longestRetryMilliseconds: number
  /** A number in [0, 1): how much of a fifth is taken off a wait, so that what failed together is not tried again together. */
  readonly jitter: () => number
}

export interface KeyedQueue {
  /** Looks at the key as soon as there is room; once, however often it is said before that. */
  readonly add: (key: string) => void
  readonly addAfter: (key: string, milliseconds: number) => void
  readonly start: () => void
  /** Begins nothing new; resolves once nothing is worked on any more. */
  readonly stop: () => Promise<void>
  /** Resolves once nothing is ready and nothing worked on; what is due later does not count. */
  readonly idle: () => Promise<void>
  readonly counts: () => QueueCounts
}

export interface QueueCounts {
  readonly ready: number
  readonly running: number
  readonly retries: number
  /** Milliseconds that the key at the head of the queue has waited. */
  readonly oldestMilliseconds: number
}

/** Timers of platforms take no longer waits. */
const longestTimerMilliseconds = 2 ** 31 - 1

/**
 * A queue of keys, first come, first served. A key that is added while it is worked on is worked on once more afterwards.
 */
export function keyedQueue({ clock, work, concurrency, ...options }: QueueOptions): KeyedQueue {
  const ready = new Map<string, number>()
  const running = new Set<string>()
  const again = new Set<string>()
  const troubles = new Map<string, number>()
  const restsUntil = new Map<string, number>()
  const later = dueHeap()
  const waiters = new Set<() => void>()
  const state = { isStarted: false, retries: 0, timerAt: Number.POSITIVE_INFINITY, cancelTimer: () => {} }

  const settle = (): void => {
    if (running.size > 0 || (state.isStarted && ready.size > 0)) return
    for (const resolve of waiters) resolve()
    waiters.clear()
  }
  const add = (key: string): void => {
    const rest = (restsUntil.get(key) ?? 0) - clock.now()
    if (running.has(key)) again.add(key)
    else if (rest > 0) addAfter(key, rest)
    else if (!ready.has(key)) ready.set(key, clock.now())
    dispatch()
  }
  const addAfter = (key: string, milliseconds: number): void => {
    if (milliseconds <= 0) add(key)
    else later.add(key, clock.now() + milliseconds)
    setTimer()
  }
  const setTimer = (): void => {
    const at = later.nextAt()
    if (!state.isStarted || at === undefined || at >= state.timerAt) return
    state.cancelTimer()
    state.timerAt = at
    const milliseconds = Math.max(1, Math.ceil(at - clock.now()))
    state.cancelTimer = clock.after(Math.min(milliseconds, longestTimerMilliseconds), () => {
      state.timerAt = Number.POSITIVE_INFINITY
      for (let key = later.takeUntil(clock.now()); key !== undefined; key = later.takeUntil(clock.now())) add(key)
      setTimer()
    })
  }
  const dispatch = (): void => {
    while (state.isStarted && running.size < concurrency) {
      const [key] = ready.keys()
      if (key === undefined) return
      ready.delete(key)
      running.add(key)
      void workOn(key)
    }
  }
  const workOn = async (key: string): Promise<void> => {
    const verdict = await work(key).catch((): Verdict => ({ kind: 'trouble' }))
    running.delete(key)
    restsUntil.delete(key)
    if (verdict.kind === 'trouble') addAfter(key, retryMilliseconds(key))
    else {
      troubles.delete(key)
      if (verdict.restMilliseconds) restsUntil.set(key, clock.now() + verdict.restMilliseconds)
      if (verdict.afterSeconds !== undefined) addAfter(key, verdict.afterSeconds * 1000)
    }
    if (again.delete(key)) add(key)
    dispatch()
    settle()
  }
  const retryMilliseconds = (key: string): number => {
    const before = troubles.get(key) ?? 0
    troubles.set(key, before + 1)
    state.retries++
    const wait = options.firstRetryMilliseconds * 2 ** Math.min(before, 40)
    return Math.min(wait, options.longestRetryMilliseconds) * (1 - options.jitter() / 5)
  }
  return {
    add,
    addAfter,
    start() {
      state.isStarted = true
      dispatch()
      setTimer()
    },
    stop() {
      state.isStarted = false
      state.cancelTimer()
      state.timerAt = Number.POSITIVE_INFINITY
      return running.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.add(resolve))
    },
    idle: () =>
      running.size === 0 && ready.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.add(resolve)),
    counts() {
      const [oldest] = ready.values()
      return {
        ready: ready.size,
        running: running.size,
        retries: state.retries,
        oldestMilliseconds: oldest === undefined ? 0 : clock.now() - oldest,
      }
    },
  }
}
