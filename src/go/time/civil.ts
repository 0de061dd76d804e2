/** The proleptic Gregorian calendar. Days are counted from 1970-01-01. */
export interface CivilDate {
  readonly year: number
  /** 1..12 */
  readonly month: number
  readonly day: number
}

const floorDivide = (left: number, right: number): number => Math.floor(left / right)
const modulo = (left: number, right: number): number => ((left % right) + right) % right

/** Day number of a date; months and days beyond their range carry over. */
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month - 1
  const y = year + floorDivide(shifted, 12)
  const m = modulo(shifted, 12)
  const before = y - 1
  const leaps = floorDivide(before, 4) - floorDivide(before, 100) + floorDivide(before, 400)
  return before * 365 + leaps - 719_162 + daysBeforeMonth(y, m) + day - 1
}

const cumulative = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const

export const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** `month` counts from 0. */
function daysBeforeMonth(year: number, month: number): number {
  return cumulative[month]! + (month > 1 && isLeap(year) ? 1 : 0)
}

export const daysInMonth = (year: number, month: number): number =>
  daysBeforeMonth(year, month) - daysBeforeMonth(year, month - 1)

export function civilOf(days: number): CivilDate {
  // The average year has 365.2425 days: the guess is off by one year at most.
  let year = Math.floor(days / 365.2425) + 1970
  if (daysOf(year, 1, 1) > days) year -= 1
  else if (daysOf(year + 1, 1, 1) <= days) year += 1
  const dayOfYear = days - daysOf(year, 1, 1)
  let month = 12
  while (month > 1 && daysBeforeMonth(year, month - 1) > dayOfYear) month -= 1
  return { year, month, day: dayOfYear - daysBeforeMonth(year, month - 1) + 1 }
}

export const dayOfYear = (days: number): number => days - daysOf(civilOf(days).year, 1, 1) + 1

/** 0 = Sunday. */
export const weekdayOf = (days: number): number => modulo(days + 4, 7)

/** ISO 8601 year and week. */
export function isoWeek(days: number): { readonly year: number; readonly week: number } {
  const thursday = days + 3 - modulo(weekdayOf(days) - 1, 7)
  const { year } = civilOf(thursday)
  return { year, week: floorDivide(thursday - daysOf(year, 1, 1), 7) + 1 }
}

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
export const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
