import { quoteTime } from '../quote'
import { daysInMonth, isLeap } from './civil'
import { type Instant, instantOf } from './instant'
import type { Layout } from './layout'
import { type Found, scanElement } from './scan'
import { fixedZone, type Offset, offsetAt, utc, type Zone } from './zone'

export type InstantReading = { readonly instant: Instant } | { readonly error: () => string }

/**
 * time.ParseInLocation of Go (time.Parse with UTC), with its error texts, which are written only where they are wanted.
 */
export function parseInstant({ text: layout, chunks }: Layout, value: string, zone: Zone = utc): InstantReading {
  const failed = (layoutPart: string, valuePart: string, message?: string): InstantReading => {
    const reason = (): string =>
      message ?? ` as ${quoteTime(layout)}: cannot parse ${quoteTime(valuePart)} as ${quoteTime(layoutPart)}`
    return { error: () => `parsing time ${quoteTime(value)}${reason()}` }
  }
  let found: Partial<Found> = {}
  let rest = value
  for (const [i, { prefix, element, text }] of chunks.entries()) {
    const behind = skip(rest, prefix)
    if (!behind.matched) return failed(prefix, behind.rest)
    rest = behind.rest
    if (element === undefined) break
    const scanned = scanElement(element, text, rest, chunks[i + 1]?.element === 'fraction')
    if (!scanned) return failed(text, rest)
    if (scanned.outOfRange !== undefined) return failed(text, rest, `: ${scanned.outOfRange} out of range`)
    found = { ...found, ...scanned.found }
    rest = scanned.rest
  }
  if (rest !== '') return failed('', rest, `: extra text: ${quoteTime(rest)}`)
  const date = dateOf(found)
  if (typeof date === 'string') return failed('', '', date)
  return { instant: locate(found, date, zone) }
}

/** Literal text of a layout; a space represents any number of spaces. */
function skip(value: string, prefix: string): { readonly rest: string; readonly matched: boolean } {
  let rest = value
  for (let at = 0; at < prefix.length; at++) {
    if (prefix[at] === ' ') {
      if (rest !== '' && rest[0] !== ' ') return { rest, matched: false }
      while (prefix[at + 1] === ' ') at++
      rest = rest.replace(/^ +/, '')
      continue
    }
    if (rest[0] !== prefix[at]) return { rest, matched: false }
    rest = rest.slice(1)
  }
  return { rest, matched: true }
}

interface MonthDay {
  readonly month: number
  readonly day: number
}

/** Month and day, or what is wrong with them. */
function dateOf(found: Partial<Found>): MonthDay | string {
  const year = found.year ?? 0
  if (found.yearDay === undefined) {
    const { month = 1, day = 1 } = found
    return day < 1 || day > daysInMonth(year, month) ? ': day out of range' : { month, day }
  }
  if (found.yearDay < 1 || found.yearDay > (isLeap(year) ? 366 : 365)) return ': day-of-year out of range'
  let month = 1
  let day = found.yearDay
  while (day > daysInMonth(year, month)) day -= daysInMonth(year, month++)
  if (found.month !== undefined && found.month !== month) return ': day-of-year does not match month'
  return found.day !== undefined && found.day !== day ? ': day-of-year does not match day' : { month, day }
}

function locate(found: Partial<Found>, date: MonthDay, zone: Zone): Instant {
  const { year = 0, hour = 0, minute = 0, second = 0, nanosecond = 0, half, offsetSeconds, zoneName } = found
  const hour24 = half === 'PM' && hour < 12 ? hour + 12 : half === 'AM' && hour === 12 ? 0 : hour
  const clock = { hour: hour24, minute, second, nanosecond }
  const inZone = (where: Zone): Instant => instantOf(year, date.month, date.day, clock, where)
  if (found.utc) return inZone(utc)
  if (offsetSeconds !== undefined) {
    const instant = inZone(fixedZone(zoneName ?? '', offsetSeconds))
    const local = offsetAt(zone, Number(instant.nanoseconds / 1_000_000_000n))
    const same = local.seconds === offsetSeconds && (zoneName === undefined || local.abbreviation === zoneName)
    return same ? { ...instant, zone } : instant
  }
  if (zoneName === undefined) return inZone(zone)
  const named = namedOffset(zone, zoneName)
  const plain = inZone(utc)
  if (named) return { nanoseconds: plain.nanoseconds - BigInt(named.seconds) * 1_000_000_000n, zone }
  // An unknown name: the clock counts as UTC and only the name is kept (`GMT+3` keeps its hours too).
  const hours = /^GMT([+-][0-9]+)$/.exec(zoneName)?.[1]
  return { ...plain, zone: fixedZone(zoneName, Number(hours ?? 0) * 3600) }
}

function namedOffset(zone: Zone, name: string): Offset | undefined {
  if (zone.standard.abbreviation === name) return zone.standard
  return zone.summer?.offset.abbreviation === name ? zone.summer.offset : undefined
}
