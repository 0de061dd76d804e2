import { quoteTime } from '../quote'
import { dayOfYear, monthNames, weekdayNames, weekdayOf } from './civil'
import { type Fields, fieldsOf, type Instant } from './instant'
import { type Chunk, type Layout, layoutOf } from './layout'
import type { Offset } from './zone'

/** Time.Format of Go with any layout. */
export function formatInstant(instant: Instant, layout: Layout): string {
  const fields = fieldsOf(instant)
  return layout.chunks.map((chunk) => chunk.prefix + elementText(chunk, fields)).join('')
}

/** Time.String(): `2030-01-01 00:00:00 +0000 UTC`. */
export const printInstant = (instant: Instant): string => formatInstant(instant, printed)

/** Time.GoString(): `time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC)`. */
export function goString(instant: Instant): string {
  const { year, month, day, hour, minute, second, nanosecond } = fieldsOf(instant)
  const { name, region } = instant.zone
  const isNamed = region || (name !== 'UTC' && name !== 'Local')
  const place = isNamed ? `time.Location(${quoteTime(name)})` : `time.${name}`
  return `time.Date(${year}, time.${monthNames[month - 1]}, ${[day, hour, minute, second, nanosecond].join(', ')}, ${place})`
}

const printed = layoutOf('2006-01-02 15:04:05.999999999 -0700 MST')
export const rfc3339Nano = layoutOf('2006-01-02T15:04:05.999999999Z07:00')

const pad = (value: number, width: number, fill = '0'): string => {
  const digits = String(Math.abs(value)).padStart(width, fill)
  return value < 0 ? `-${digits}` : digits
}

function elementText({ element, text }: Chunk, fields: Fields): string {
  switch (element) {
    case undefined:
      return ''
    case 'longYear':
      return pad(fields.year, 4)
    case 'year':
      return pad(Math.abs(fields.year) % 100, 2)
    case 'longMonth':
      return monthNames[fields.month - 1]!
    case 'month':
      return monthNames[fields.month - 1]!.slice(0, 3)
    case 'numMonth':
      return String(fields.month)
    case 'zeroMonth':
      return pad(fields.month, 2)
    case 'zoneName':
      return zoneName(fields.offset)
    case 'offset':
      return offsetText(fields.offset.seconds, text)
    case 'fraction':
      return fractionText(fields.nanosecond, text)
    default:
      return dayText(element, fields) ?? clockText(element, fields)
  }
}

function dayText(element: string, { day, days }: Fields): string | undefined {
  const weekday = weekdayNames[weekdayOf(days)]!
  const texts: Readonly<Record<string, string>> = {
    longWeekday: weekday,
    weekday: weekday.slice(0, 3),
    day: String(day),
    underDay: pad(day, 2, ' '),
    zeroDay: pad(day, 2),
    underYearDay: pad(dayOfYear(days), 3, ' '),
    zeroYearDay: pad(dayOfYear(days), 3),
  }
  return texts[element]
}

function clockText(element: string, { hour, minute, second }: Fields): string {
  const hour12 = hour % 12 === 0 ? 12 : hour % 12
  const texts: Readonly<Record<string, string>> = {
    hour: pad(hour, 2),
    hour12: String(hour12),
    zeroHour12: pad(hour12, 2),
    minute: String(minute),
    zeroMinute: pad(minute, 2),
    second: String(second),
    zeroSecond: pad(second, 2),
    PM: hour >= 12 ? 'PM' : 'AM',
    pm: hour >= 12 ? 'pm' : 'am',
  }
  return texts[element] ?? ''
}

function zoneName({ abbreviation, seconds }: Offset): string {
  return abbreviation !== '' ? abbreviation : offsetText(Math.trunc(seconds / 60) * 60, '-0700')
}

function offsetText(seconds: number, layout: string): string {
  if (seconds === 0 && layout.startsWith('Z')) return 'Z'
  const colon = layout.includes(':') ? ':' : ''
  const size = Math.abs(seconds)
  const hours = pad(Math.floor(size / 3600), 2)
  const minutes = pad(Math.floor(size / 60) % 60, 2)
  const sign = seconds < 0 ? '-' : '+'
  const digits = layout.replace(/[^0-9]/g, '').length
  const tail = digits === 6 ? `${colon}${pad(size % 60, 2)}` : ''
  return digits === 2 ? `${sign}${hours}` : `${sign}${hours}${colon}${minutes}${tail}`
}

function fractionText(nanosecond: number, layout: string): string {
  const digits = pad(nanosecond, 9)
    .slice(0, layout.length - 1)
    .padEnd(layout.length - 1, '0')
  if (layout[1] === '0') return layout[0] + digits
  const trimmed = digits.replace(/0+$/, '')
  return trimmed === '' ? '' : layout[0] + trimmed
}
