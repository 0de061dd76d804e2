import { civilOf, daysOf } from './civil'
import { type Offset, offsetAt, type Zone } from './zone'

/** time.Time: an instant in nanoseconds since 1970, seen in a time zone. */
export interface Instant {
  readonly nanoseconds: bigint
  readonly zone: Zone
}

/** Calendar and clock of an instant in its zone. */
export interface Fields {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  /** Local days since 1970-01-01. */
  readonly days: number
  readonly offset: Offset
}

const billion = 1_000_000_000n

export function unixSeconds(instant: Instant): number {
  const floor = instant.nanoseconds - BigInt(nanosecondOf(instant))
  return Number(floor / billion)
}

export function nanosecondOf({ nanoseconds }: Instant): number {
  return Number(((nanoseconds % billion) + billion) % billion)
}

export function fieldsOf(instant: Instant): Fields {
  const seconds = unixSeconds(instant)
  const offset = offsetAt(instant.zone, seconds)
  const local = seconds + offset.seconds
  const days = Math.floor(local / 86_400)
  const rest = local - days * 86_400
  const second = rest % 60
  const minute = ((rest - second) / 60) % 60
  const hour = Math.floor(rest / 3600)
  return { ...civilOf(days), hour, minute, second, nanosecond: nanosecondOf(instant), days, offset }
}

export interface ClockTime {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
}

export const midnight: ClockTime = { hour: 0, minute: 0, second: 0, nanosecond: 0 }

/** time.Date: the instant of a local date and time; what is beyond its range carries over. */
export function instantOf(year: number, month: number, day: number, clock: ClockTime, zone: Zone): Instant {
  const local = daysOf(year, month, day) * 86_400 + clock.hour * 3600 + clock.minute * 60 + clock.second
  // Around a change of the offset the first guess can lie on its other side. An offset of zero is taken as it is.
  const guess = offsetAt(zone, local).seconds
  const seconds = guess === 0 ? local : local - offsetAt(zone, local - guess).seconds
  return { nanoseconds: BigInt(seconds) * billion + BigInt(clock.nanosecond), zone }
}

/** Go's zero time, year 1. */
export const zeroNanoseconds = BigInt(daysOf(1, 1, 1)) * 86_400n * billion
