import type { HostClock } from '../ports'
import { alarm } from './alarm'
import { type BackOff, type BackOffOptions, backOff } from './backOff'

/** When to look at a key again; `trouble`: soon, and the later the more often it was in trouble in a row. */
export type Verdict =
  /** `restMilliseconds`: not before that either, even if it is added again. */
  | { readonly kind: 'done'; readonly afterSeconds?: number; readonly restMilliseconds?: number }
  | { readonly kind: 'trouble' }

export interface QueueOptions extends BackOffOptions {
  readonly clock: HostClock
  /** Works on one key. One key never overlaps itself. If it rejects, the key is in trouble. */
  readonly work: (key: string) => Promise<Verdict>
  /** Keys that are worked on at the same time. */
  readonly concurrency: number
}

export interface KeyedQueue {
  /** Looks at the key as soon as there is room; once, however often it is said before that. */
  readonly add: (key: string) => void
  readonly start: () => void
  /** Begins nothing new; resolves once nothing is worked on any more. */
  readonly stop: () => Promise<void>
  /**
   * Resolves once nothing is worked on and nothing will be begun now: what is due later does not count, and what is
   * ready does not where the queue was stopped.
   */
  readonly idle: () => Promise<void>
  readonly isIdle: () => boolean
  readonly counts: () => QueueCounts
}

export interface QueueCounts {
  readonly ready: number
  readonly running: number
  readonly retries: number
  /** Milliseconds that the key at the head of the queue has waited. */
  readonly oldestMilliseconds: number
}

/**
 * A queue of keys, first come, first served. A key that is added while it is worked on is worked on once more
 * afterwards.
 */
export function keyedQueue({ clock, work, concurrency, ...options }: QueueOptions): KeyedQueue {
  const ready = new Map<string, number>()
  const [running, again] = [new Set<string>(), new Set<string>()]
  const restsUntil = new Map<string, number>()
  const [state, retry] = [{ is: 'new' as 'new' | 'started' | 'stopped' }, backOff(options)]
  const isIdle = (): boolean => running.size === 0 && (ready.size === 0 || state.is === 'stopped')
  const quiet = quietness(isIdle)

  const add = (key: string): void => {
    const rest = (restsUntil.get(key) ?? 0) - clock.now()
    if (running.has(key)) again.add(key)
    else if (rest > 0) later.set(key, rest)
    else if (!ready.has(key)) ready.set(key, clock.now())
    dispatch()
  }
  const later = alarm(clock, add)
  const dispatch = (): void => {
    while (state.is === 'started' && running.size < concurrency) {
      const [key] = ready.keys()
      if (key === undefined) return
      ready.delete(key)
      running.add(key)
      void workOn(key)
    }
  }
  const workOn = async (key: string): Promise<void> => {
    const verdict = await work(key).catch(() => inTrouble)
    running.delete(key)
    restsUntil.delete(key)
    const { afterMilliseconds, restMilliseconds = 0 } = plannedBy(verdict, key, retry)
    if (restMilliseconds > 0) restsUntil.set(key, clock.now() + restMilliseconds)
    if (afterMilliseconds !== undefined) later.set(key, afterMilliseconds)
    if (again.delete(key)) add(key)
    dispatch()
    quiet.tell()
  }
  return {
    add,
    start() {
      state.is = 'started'
      dispatch()
      later.start()
    },
    stop() {
      state.is = 'stopped'
      later.stop()
      quiet.tell()
      return quiet.once()
    },
    idle: quiet.once,
    isIdle,
    counts: () => ({ ...waitingIn(ready, clock), running: running.size, retries: retry.retries() }),
  }
}

/** How many keys are ready, and how long the first of them has waited. */
function waitingIn(
  ready: ReadonlyMap<string, number>,
  clock: HostClock,
): Pick<QueueCounts, 'ready' | 'oldestMilliseconds'> {
  const now = clock.now()
  const [oldest = now] = ready.values()
  return { ready: ready.size, oldestMilliseconds: now - oldest }
}

const inTrouble: Verdict = { kind: 'trouble' }

interface Plan {
  readonly afterMilliseconds?: number
  readonly restMilliseconds?: number
}

function plannedBy(verdict: Verdict, key: string, retry: BackOff): Plan {
  if (verdict.kind === 'trouble') return { afterMilliseconds: retry.nextMilliseconds(key) }
  retry.forget(key)
  const { afterSeconds, restMilliseconds } = verdict
  return { restMilliseconds, ...(afterSeconds !== undefined && { afterMilliseconds: afterSeconds * 1000 }) }
}

interface Quietness {
  readonly once: () => Promise<void>
  readonly tell: () => void
}

/** Those who wait until all is quiet. */
function quietness(isQuiet: () => boolean): Quietness {
  const waiters = new Set<() => void>()
  return {
    once: () => (isQuiet() ? Promise.resolve() : new Promise((resolve) => waiters.add(resolve))),
    tell() {
      if (!isQuiet()) return
      for (const resolve of waiters) resolve()
      waiters.clear()
    },
  }
}
