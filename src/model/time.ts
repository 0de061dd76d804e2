/** The only file of src/ that reads or prints dates. Instants inside the engine are whole or fractional UTC seconds. */

const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/

/** Seconds since 1970 of an RFC 3339 text, or undefined for other texts. Fractions are kept. */
export function parseTime(text: string | null | undefined): number | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined
  return parsePlain(text) ?? parseAny(text)
}

function parseAny(text: string): number | undefined {
  const parts = pattern.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second, fraction, zone] = parts
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const milliseconds = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  const date = new Date(milliseconds)
  if (Number(year) < 100) date.setUTCFullYear(Number(year))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined
  return date.getTime() / 1000 - zoneSeconds(zone!) + (fraction ? Number(fraction) : 0)
}

const daySeconds = 86_400

/**
 * Parses the most common forms, `2030-01-31T23:59:59Z` and `2030-01-31T23:59:59.25Z`, digit by digit, which is much
 * faster than the pattern.
 */
function parsePlain(text: string): number | undefined {
  const last = text.length - 1
  if (last < 19 || text.charCodeAt(10) !== letterT || text.charCodeAt(last) !== letterZ) return undefined
  if (text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash) return undefined
  if (text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon) return undefined
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  // NaN fails every comparison; the 31st and the end of February are left to the pattern.
  const lastDay = month === 2 ? 28 : 30
  if (
    !(
      month >= 1 &&
      month <= 12 &&
      day >= 1 &&
      day <= lastDay &&
      hour <= 23 &&
      minute <= 59 &&
      second <= 59 &&
      year >= 0
    )
  )
    return undefined
  const seconds = daysBefore(year, month) * daySeconds + (day - 1) * daySeconds + hour * 3600 + minute * 60 + second
  if (last === 19) return seconds
  const fraction = fractionOf(text, last)
  return fraction === undefined ? undefined : seconds + fraction
}

const [dash, point, colon, letterT, letterZ] = [0x2d, 0x2e, 0x3a, 0x54, 0x5a]

/** Up to nine digits between the point and the Z. */
function fractionOf(text: string, last: number): number | undefined {
  if (text.charCodeAt(19) !== point || last < 21 || last > 29) return undefined
  let digits = 0
  let scale = 1
  for (let at = 20; at < last; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return undefined
    digits = digits * 10 + digit
    scale *= 10
  }
  // Both are whole numbers, so the quotient is the double nearest to the fraction, as `Number` reads it.
  return digits / scale
}

/** NaN if there are no two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Days from 1970-01-01 to the first of a month. The year starts in March, so that the leap day is its last day. */
function daysBefore(year: number, month: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const monthsSinceMarch = (month + 9) % 12
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return shifted * 365 + leapDays + Math.floor((153 * monthsSinceMarch + 2) / 5) - 719_468
}

function zoneSeconds(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const sign = zone[0] === '-' ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60)
}

/** RFC 3339 in UTC with whole seconds, as Kubernetes writes times. The year must lie in 0..9999. */
export function formatTime(seconds: number): string {
  const whole = Math.floor(seconds)
  if (whole >= 0 && whole < lastPlainSeconds) return formatPlain(whole)
  const date = new Date(whole * 1000)
  return Number.isNaN(date.getTime()) ? '0001-01-01T00:00:00Z' : `${date.toISOString().slice(0, 19)}Z`
}

/** 2400-03-01: between 1970 and then no year before the calendar's era is needed. */
const lastPlainSeconds = 13_574_649_600

/** Prints what `Date` prints, in a fraction of the time. */
function formatPlain(whole: number): string {
  const days = Math.floor(whole / daySeconds)
  const second = whole - days * daySeconds
  // Days since 0000-03-01, so that the leap day ends a year; then since the beginning of the year.
  const since = days + 719_468
  const ofEra = since % 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const dayOfYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthSinceMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthSinceMarch + 2) / 5) + 1
  const month = monthSinceMarch < 10 ? monthSinceMarch + 3 : monthSinceMarch - 9
  const year = Math.floor(since / 146_097) * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`
  return `${year}-${two(month)}-${two(day)}T${clock}Z`
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
