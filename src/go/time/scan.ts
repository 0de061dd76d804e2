import { monthNames, weekdayNames } from './civil'
import type { Element } from './layout'

/** What one element of a layout found in a value. `rest` is the value behind it. */
export interface Scanned {
  readonly rest: string
  readonly found?: Partial<Found>
  /** What lies outside its range, e.g. `month`. */
  readonly outOfRange?: string
}

export interface Found {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly yearDay: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  readonly half: 'AM' | 'PM'
  readonly utc: true
  readonly offsetSeconds: number
  readonly zoneName: string
}

const isDigit = (text: string, at: number): boolean => text[at] !== undefined && text[at]! >= '0' && text[at]! <= '9'

/** A number of one or two digits; exactly two where `fixed`. */
function number2(value: string, fixed: boolean): { readonly value: number; readonly rest: string } | undefined {
  if (!isDigit(value, 0)) return undefined
  if (isDigit(value, 1)) return { value: Number(value.slice(0, 2)), rest: value.slice(2) }
  return fixed ? undefined : { value: Number(value[0]), rest: value.slice(1) }
}

interface NumberRule {
  readonly name: 'month' | 'day' | 'hour' | 'minute' | 'second'
  readonly fixed: boolean
  readonly least: number
  readonly most: number
}

const anyDay = { name: 'day', least: 0, most: 99 } as const
const numbers: Readonly<Partial<Record<Element, NumberRule>>> = {
  numMonth: { name: 'month', fixed: false, least: 1, most: 12 },
  zeroMonth: { name: 'month', fixed: true, least: 1, most: 12 },
  // Whether the month has such a day is seen at the end.
  day: { ...anyDay, fixed: false },
  underDay: { ...anyDay, fixed: false },
  zeroDay: { ...anyDay, fixed: true },
  hour: { name: 'hour', fixed: false, least: 0, most: 23 },
  hour12: { name: 'hour', fixed: false, least: 0, most: 12 },
  zeroHour12: { name: 'hour', fixed: true, least: 0, most: 12 },
  minute: { name: 'minute', fixed: false, least: 0, most: 59 },
  zeroMinute: { name: 'minute', fixed: true, least: 0, most: 59 },
  second: { name: 'second', fixed: false, least: 0, most: 59 },
  zeroSecond: { name: 'second', fixed: true, least: 0, most: 59 },
}

/**
 * Reads one element; undefined if the value does not fit at all. `followedByFraction`: the layout's next element is
 * one.
 */
export function scanElement(
  element: Element,
  text: string,
  value: string,
  followedByFraction: boolean,
): Scanned | undefined {
  const rule = numbers[element]
  if (rule) return scanNumber(rule, element, value, followedByFraction)
  switch (element) {
    case 'year':
    case 'longYear':
      return scanYear(element, value)
    case 'underYearDay':
    case 'zeroYearDay':
      return scanYearDay(element, value)
    case 'longMonth':
    case 'month':
      return scanName(monthNames, element === 'month', value, (month) => ({ month: month + 1 }))
    case 'longWeekday':
    case 'weekday':
      return scanName(weekdayNames, element === 'weekday', value, () => ({}))
    case 'PM':
    case 'pm': {
      const half = value.slice(0, 2)
      const valid = element === 'PM' ? half === 'AM' || half === 'PM' : half === 'am' || half === 'pm'
      return valid ? { rest: value.slice(2), found: { half: half.toUpperCase() as 'AM' | 'PM' } } : undefined
    }
    case 'offset':
      return scanOffset(text, value)
    case 'zoneName':
      return scanZoneName(value)
    default:
      return scanFraction(text, value)
  }
}

function scanNumber(
  rule: NumberRule,
  element: Element,
  value: string,
  followedByFraction: boolean,
): Scanned | undefined {
  const trimmed = element === 'underDay' && value[0] === ' ' ? value.slice(1) : value
  const read = number2(trimmed, rule.fixed)
  if (!read) return undefined
  const found = { [rule.name]: read.value } as Partial<Found>
  if (read.value < rule.least || read.value > rule.most) return { rest: read.rest, outOfRange: rule.name }
  const fraction = rule.name === 'second' && /^[.,][0-9]+/.exec(read.rest)
  if (!fraction || followedByFraction) return { rest: read.rest, found }
  const rest = read.rest.slice(fraction[0].length)
  return { rest, found: { ...found, nanosecond: nanoseconds(fraction[0]) } }
}

const nanoseconds = (fraction: string): number => Number(fraction.slice(1, 10).padEnd(9, '0'))

function scanYear(element: 'year' | 'longYear', value: string): Scanned | undefined {
  if (element === 'longYear') {
    const digits = value.slice(0, 4)
    return /^[0-9]{4}$/.test(digits) ? { rest: value.slice(4), found: { year: Number(digits) } } : undefined
  }
  const digits = value.slice(0, 2)
  // A sign counts as a digit here: Go reads the two bytes as an integer.
  if (!/^([0-9]{2}|[+-][0-9])$/.test(digits)) return undefined
  const year = Number(digits)
  return { rest: value.slice(2), found: { year: year >= 69 ? year + 1900 : year + 2000 } }
}

function scanYearDay(element: 'underYearDay' | 'zeroYearDay', value: string): Scanned | undefined {
  const trimmed = element === 'underYearDay' ? value.replace(/^ {1,2}/, '') : value
  const digits = /^[0-9]{1,3}/.exec(trimmed)?.[0]
  if (digits === undefined || (element === 'zeroYearDay' && digits.length !== 3)) return undefined
  return { rest: trimmed.slice(digits.length), found: { yearDay: Number(digits) } }
}

function scanName(
  names: readonly string[],
  short: boolean,
  value: string,
  meaning: (index: number) => Partial<Found>,
): Scanned | undefined {
  const texts = short ? names.map((name) => name.slice(0, 3)) : names
  const index = texts.findIndex((name) => value.slice(0, name.length).toLowerCase() === name.toLowerCase())
  if (index < 0) return undefined
  return { rest: value.slice(texts[index]!.length), found: meaning(index) }
}

function scanOffset(text: string, value: string): Scanned | undefined {
  if (text.startsWith('Z') && value.startsWith('Z')) return { rest: value.slice(1), found: { utc: true } }
  if (value.length < text.length) return undefined
  for (let i = 1; i < text.length; i++) if (text[i] === ':' && value[i] !== ':') return undefined
  const rest = value.slice(text.length)
  const starts = (text.includes(':') ? [1, 4, 7] : [1, 3, 5]).filter((start) => start < text.length)
  const parts = starts.map((start) => value.slice(start, start + 2))
  const readable = parts.findIndex((part) => !/^[0-9]{2}$/.test(part))
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(0, readable < 0 ? 3 : readable).map(Number)
  // A part that is too large counts more than one that is not a number, and than a missing sign.
  if (seconds > 60) return { rest, outOfRange: 'time zone offset second' }
  if (minutes > 60) return { rest, outOfRange: 'time zone offset minute' }
  if (hours > 24) return { rest, outOfRange: 'time zone offset hour' }
  if (readable >= 0 || (value[0] !== '+' && value[0] !== '-')) return undefined
  const size = hours * 3600 + minutes * 60 + seconds
  return { rest, found: { offsetSeconds: value[0] === '-' ? -size : size } }
}

function scanZoneName(value: string): Scanned | undefined {
  if (value.startsWith('UTC')) return { rest: value.slice(3), found: { utc: true } }
  const length = zoneNameLength(value)
  return length > 0 ? { rest: value.slice(length), found: { zoneName: value.slice(0, length) } } : undefined
}

function zoneNameLength(value: string): number {
  if (value.length < 3) return 0
  if (value.startsWith('ChST') || value.startsWith('MeST')) return 4
  if (value.startsWith('GMT')) return 3 + signedOffsetLength(value.slice(3))
  if (value[0] === '+' || value[0] === '-') return signedOffsetLength(value)
  const upper = /^[A-Z]{0,6}/.exec(value)![0].length
  if (upper === 3) return 3
  if (upper === 4) return value[3] === 'T' || value.startsWith('WITA') ? 4 : 0
  return upper === 5 && value[4] === 'T' ? 5 : 0
}

function signedOffsetLength(value: string): number {
  const match = /^[+-]([0-9]+)/.exec(value)
  return match && Number(match[1]) <= 23 ? match[0].length : 0
}

function scanFraction(text: string, value: string): Scanned | undefined {
  const fraction = /^[.,][0-9]+/.exec(value)?.[0]
  if (text[1] === '9') {
    if (fraction === undefined) return { rest: value }
    return { rest: value.slice(fraction.length), found: { nanosecond: nanoseconds(fraction) } }
  }
  if (fraction === undefined || fraction.length < text.length) return undefined
  return { rest: value.slice(text.length), found: { nanosecond: nanoseconds(fraction.slice(0, text.length)) } }
}
