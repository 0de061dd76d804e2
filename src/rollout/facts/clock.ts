import { formatTime, parseTime } from '../../model/time'

/**
 * The clock of one reconcile. It notes whether anybody read it: a decision that did not read the clock is the same at
 * any time.
 */
export interface Clock {
  readonly now: string
  wasRead: boolean
}

interface WithClock {
  readonly clock: Clock
}

export const clockAt = (now: string): Clock => ({ now, wasRead: false })

/** Seconds since 1970. */
export function secondsNow({ clock }: WithClock): number {
  clock.wasRead = true
  return parseTime(clock.now) ?? 0
}

/** RFC 3339 in whole seconds, as the controller prints times. */
export const textNow = (facts: WithClock): string => formatTime(secondsNow(facts))
