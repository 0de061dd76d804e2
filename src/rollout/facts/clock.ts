import { formatTime, parseTime } from '../../model/time'

/**
 * The clock of one reconcile. It notes whether anybody read it: a decision that did not read the clock is the same at
 * any time.
 */
export interface Clock {
  readonly now: string
  wasRead: boolean
  /** The seconds and the printed text, once asked for. */
  seconds: number | undefined
  text: string | undefined
}

interface WithClock {
  readonly clock: Clock
}

export const clockAt = (now: string): Clock => ({ now, wasRead: false, seconds: undefined, text: undefined })

/** Seconds since 1970. */
export function secondsNow({ clock }: WithClock): number {
  clock.wasRead = true
  clock.seconds ??= parseTime(clock.now) ?? 0
  return clock.seconds
}

/** RFC 3339 in whole seconds, as the controller prints times. */
export function textNow(facts: WithClock): string {
  facts.clock.text ??= formatTime(secondsNow(facts))
  return facts.clock.text
}
