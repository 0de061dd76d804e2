/** A time as Kubernetes' types hold it: UTC seconds since 1970 and nanoseconds. */
export interface GoTime {
  readonly seconds: number
  readonly nanoseconds: number
}

// Go's reader is laxer than RFC 3339: one digit for the hour, a comma before the fraction, offsets up to 24:60.
const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/

/** 0001-01-01T00:00:00Z, which Go takes for "no time". */
const zeroSeconds = -62_135_596_800

/** What `time.Parse(time.RFC3339, text)` reads, or undefined if it refuses. Digits beyond nanoseconds are cut off. */
export function parseGoTime(text: string): GoTime | undefined {
  const parts = pattern.exec(text)
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined
  const offsetHours = Number(parts[9] ?? 0)
  const offsetMinutes = Number(parts[10] ?? 0)
  if (offsetHours > 24 || offsetMinutes > 60) return undefined
  const offsetSeconds = (parts[8] === '-' ? -1 : 1) * (offsetHours * 3600 + offsetMinutes * 60)
  return {
    seconds: daysBefore(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offsetSeconds,
    nanoseconds: Number((parts[7] ?? '').slice(0, 9).padEnd(9, '0')),
  }
}

export const isZeroTime = (time: GoTime): boolean => time.seconds === zeroSeconds && time.nanoseconds === 0

/** RFC 3339 in UTC with whole seconds, as `metav1.Time` prints itself. A zone can carry the year out of 0..9999. */
export function formatGoTime({ seconds }: GoTime): string {
  const days = Math.floor(seconds / 86_400)
  const secondOfDay = seconds - days * 86_400
  const { year, month, day } = dateOf(days)
  const yearText = (year < 0 ? '-' : '') + String(Math.abs(year)).padStart(4, '0')
  const time = [Math.floor(secondOfDay / 3600), Math.floor(secondOfDay / 60) % 60, secondOfDay % 60].map(twoDigits)
  return `${yearText}-${twoDigits(month)}-${twoDigits(day)}T${time.join(':')}Z`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const daysIn = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!

const daysBeforeYear = (year: number): number => {
  const past = year - 1
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 719_162
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
function daysBefore(year: number, month: number, day: number): number {
  let days = daysBeforeYear(year) + day - 1
  for (let earlier = 1; earlier < month; earlier++) days += daysIn(year, earlier)
  return days
}

function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  let year = Math.floor(days / 365.2425) + 1970
  if (daysBeforeYear(year) > days) year--
  else if (daysBeforeYear(year + 1) <= days) year++
  let month = 1
  let left = days - daysBeforeYear(year)
  while (left >= daysIn(year, month)) left -= daysIn(year, month++)
  return { year, month, day: left + 1 }
}
