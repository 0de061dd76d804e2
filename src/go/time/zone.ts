import { civilOf, daysOf, weekdayOf } from './civil'
import { zoneRules } from './zoneRules.generated'

/** A time zone: UTC, a fixed offset, or a region with a rule for summer time. */
export interface Zone {
  /** What time.Location prints: `UTC`, `Europe/Zurich`, or the abbreviation of a fixed offset. */
  readonly name: string
  readonly standard: Offset
  /** It comes from the tz database: before today's rules it had others. */
  readonly region?: true
  readonly summer?: { readonly offset: Offset; readonly from: YearlyDay; readonly to: YearlyDay }
}

export interface Offset {
  readonly abbreviation: string
  readonly seconds: number
}

/** A moment of every year, in seconds of local time. */
interface YearlyDay {
  readonly days: (year: number) => number
  readonly seconds: number
}

export const utc: Zone = { name: 'UTC', standard: { abbreviation: 'UTC', seconds: 0 } }
export const fixedZone = (abbreviation: string, seconds: number): Zone => ({
  name: abbreviation,
  standard: { abbreviation, seconds },
})

const ruleOf: ReadonlyMap<string, string> = new Map(
  zoneRules.flatMap(([rule, names]) => names.split(' ').map((name) => [name, rule] as const)),
)

/**
 * time.LoadLocation. Regions follow the rule that is in force today (tz database): instants before a region's last
 * change of law can be off by the difference.
 */
export function loadZone(name: string): { readonly zone: Zone } | { readonly error: string } {
  if (name === '' || name === 'UTC') return { zone: utc }
  if (name === 'Local') return { zone: { ...utc, name: 'Local' } }
  if (name.includes('..') || name.startsWith('/') || name.startsWith('\\')) {
    return { error: 'time: invalid location name' }
  }
  const rule = ruleOf.get(name)
  return rule === undefined ? { error: `unknown time zone ${name}` } : { zone: parseRule(name, rule) }
}

/** A rule in the form of POSIX' TZ variable: `CET-1CEST,M3.5.0,M10.5.0/3`; M3.5.0 is the last Sunday of March. */
function parseRule(name: string, rule: string): Zone {
  const [zones = '', from, to] = rule.split(',')
  const parts = /^(<[^>]+>|[A-Za-z]+)([-+0-9:]+)(?:(<[^>]+>|[A-Za-z]+)([-+0-9:]+)?)?$/.exec(zones)
  if (!parts) return { ...utc, name }
  const standard = { abbreviation: bare(parts[1]!), seconds: -clock(parts[2]!) }
  const region = true
  if (!parts[3] || !from || !to) return { name, standard, region }
  const seconds = parts[4] ? -clock(parts[4]) : standard.seconds + 3600
  const offset = { abbreviation: bare(parts[3]), seconds }
  return { name, standard, region, summer: { offset, from: yearlyDay(from), to: yearlyDay(to) } }
}

const bare = (abbreviation: string): string => abbreviation.replace(/[<>]/g, '')

function clock(text: string): number {
  const negative = text.startsWith('-')
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[-+]/, '').split(':').map(Number)
  const size = hours * 3600 + minutes * 60 + seconds
  return negative ? -size : size
}

function yearlyDay(text: string): YearlyDay {
  const [date = '', time = '2'] = text.split('/')
  const seconds = clock(time)
  const [month = 1, week = 1, weekday = 0] = date.slice(1).split('.').map(Number)
  return { days: (year) => weekdayOfMonth(year, month, week, weekday), seconds }
}

/** The n-th such weekday of a month, 5 = the last one. */
function weekdayOfMonth(year: number, month: number, week: number, weekday: number): number {
  const first = daysOf(year, month, 1)
  const day = first + ((weekday - weekdayOf(first) + 7) % 7) + (week - 1) * 7
  return day >= daysOf(year, month + 1, 1) ? day - 7 : day
}

/** The offset that is in force at a number of seconds since 1970. */
export function offsetAt(zone: Zone, unixSeconds: number): Offset {
  const { standard, summer } = zone
  if (!summer) return standard
  const { year } = civilOf(Math.floor(unixSeconds / 86_400))
  const [from = 0, to = 0] = changesIn(zone, year)
  const inside = from < to ? unixSeconds >= from && unixSeconds < to : unixSeconds >= from || unixSeconds < to
  return inside ? summer.offset : standard
}

/** When summer time begins and ends in a year, in seconds since 1970; none where there is no summer time. */
export function changesIn({ standard, summer }: Zone, year: number): readonly number[] {
  if (!summer) return []
  const from = summer.from.days(year) * 86_400 + summer.from.seconds - standard.seconds
  return [from, summer.to.days(year) * 86_400 + summer.to.seconds - summer.offset.seconds]
}
