import { wrap64 } from '../../go/numbers'
import { civilOf, dayOfYear, isoWeek, weekdayOf } from '../../go/time/civil'
import { formatInstant, goString, printInstant } from '../../go/time/format'
import { fieldsOf, instantOf, unixSeconds, zeroNanoseconds } from '../../go/time/instant'
import { layoutOf } from '../../go/time/layout'
import { changesIn, utc, type Zone } from '../../go/time/zone'
import { fail } from '../failure'
import { byteSlice, int64Type, weekdayType } from '../types/goType'
import { saturate } from '../values/arithmetic'
import {
  duration,
  isDuration,
  isList,
  isPointer,
  isSized,
  isStruct,
  isTime,
  location,
  month,
  type Time,
  time,
  type Value,
} from '../values/value'
import { binaryOf, strictText } from './encode'

export type TimeMethod = (receiver: Time, inputs: readonly Value[]) => Value

const field =
  (name: 'year' | 'day' | 'hour' | 'minute' | 'second' | 'nanosecond'): TimeMethod =>
  ({ instant }) =>
    BigInt(fieldsOf(instant)[name])

const otherTime = (inputs: readonly Value[]): bigint => {
  const [other = null] = inputs
  return isTime(other) ? other.instant.nanoseconds : 0n
}
const unitOf = (inputs: readonly Value[]): bigint => {
  const [unit = null] = inputs
  return isDuration(unit) ? unit.int : 0n
}
const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '')
const intOf = (value: Value | undefined): number => (typeof value === 'bigint' ? Number(value) : 0)
const int64 = (int: bigint): Value => ({ type: int64Type, int: wrap64(int) })

const bytes = (text: string): Value => ({
  type: byteSlice,
  length: text.length,
  at: (index) => ({ type: byteSlice.elem!, int: BigInt(text.charCodeAt(index)) }),
})

function bytesText(value: Value | undefined): string {
  if (value === undefined || !isList(value)) return ''
  let text = ''
  for (let i = 0; i < value.length; i++) {
    const byte = value.at(i)
    text += String.fromCharCode(isSized(byte) ? Number(byte.int) : 0)
  }
  return text
}

const inZone = ({ instant }: Time, zone: Zone): Value => time({ ...instant, zone })

/** Multiples are counted from year 1. */
function truncated({ instant }: Time, unit: bigint, round: boolean): Value {
  const { nanoseconds, zone } = instant
  if (unit <= 0n) return time(instant)
  const since = nanoseconds - zeroNanoseconds
  const rest = ((since % unit) + unit) % unit
  const up = round && rest * 2n >= unit
  return time({ nanoseconds: nanoseconds - rest + (up ? unit : 0n), zone })
}

function addDate({ instant }: Time, inputs: readonly Value[]): Value {
  const fields = fieldsOf(instant)
  const [years, months, days] = inputs.map(intOf)
  const beyond = [years, months, days].some((part) => Math.abs(part ?? 0) > 1e9)
  // So far away that Go's own seconds overflow.
  if (beyond) return fail('time is out of range')
  const date = [fields.year + (years ?? 0), fields.month + (months ?? 0), fields.day + (days ?? 0)] as const
  return time(instantOf(...date, fields, instant.zone))
}

function locate(receiver: Time, inputs: readonly Value[]): Value {
  const [place = null] = inputs
  const target = isPointer(place) ? place.target : null
  if (target === null || !isStruct(target)) return fail('time: missing Location in call to Time.In')
  return inZone(receiver, target.zone ?? utc)
}

/** When the offset that is in force began; year 1 in UTC, where it always was. */
function zoneBegin({ instant }: Time): Value {
  const { zone } = instant
  if (!zone.region) return time({ nanoseconds: zeroNanoseconds, zone: utc })
  const seconds = unixSeconds(instant)
  const { year } = civilOf(Math.floor(seconds / 86_400))
  const changes = [...changesIn(zone, year - 1), ...changesIn(zone, year)].filter((change) => change <= seconds)
  if (changes.length === 0) return fail(`when the offset of ${zone.name} began is not known here`)
  return time({ nanoseconds: BigInt(Math.max(...changes)) * 1_000_000_000n, zone })
}

/** What a method with several results gives is the first one. */
export const timeMethods: Readonly<Record<string, TimeMethod>> = {
  Add: ({ instant }, inputs) => time({ ...instant, nanoseconds: instant.nanoseconds + unitOf(inputs) }),
  AddDate: addDate,
  After: ({ instant }, inputs) => instant.nanoseconds > otherTime(inputs),
  AppendFormat: ({ instant }, [start, layout]) =>
    bytes(bytesText(start) + formatInstant(instant, layoutOf(textOf(layout)))),
  AppendText: ({ instant }, [start]) => bytes(bytesText(start) + strictText(instant, 'AppendText')),
  AppendBinary: ({ instant }, [start]) => bytes(bytesText(start) + binaryOf(instant)),
  Before: ({ instant }, inputs) => instant.nanoseconds < otherTime(inputs),
  Compare: ({ instant }, inputs) => {
    const other = otherTime(inputs)
    return instant.nanoseconds < other ? -1n : instant.nanoseconds > other ? 1n : 0n
  },
  Day: field('day'),
  Equal: ({ instant }, inputs) => instant.nanoseconds === otherTime(inputs),
  Format: ({ instant }, [layout]) => formatInstant(instant, layoutOf(textOf(layout))),
  GoString: ({ instant }) => goString(instant),
  GobEncode: ({ instant }) => bytes(binaryOf(instant)),
  Hour: field('hour'),
  ISOWeek: ({ instant }) => BigInt(isoWeek(fieldsOf(instant).days).year),
  In: locate,
  IsDST: ({ instant }) => fieldsOf(instant).offset === instant.zone.summer?.offset,
  IsZero: ({ instant }) => instant.nanoseconds === zeroNanoseconds,
  Local: (receiver) => inZone(receiver, { ...utc, name: 'Local' }),
  Location: ({ instant }) => location(instant.zone),
  MarshalBinary: ({ instant }) => bytes(binaryOf(instant)),
  MarshalJSON: ({ instant }) => bytes(`"${strictText(instant, 'MarshalJSON')}"`),
  MarshalText: ({ instant }) => bytes(strictText(instant, 'MarshalText')),
  Minute: field('minute'),
  Month: ({ instant }) => month(fieldsOf(instant).month),
  Nanosecond: field('nanosecond'),
  Round: (receiver, inputs) => truncated(receiver, unitOf(inputs), true),
  Second: field('second'),
  String: ({ instant }) => printInstant(instant),
  Sub: ({ instant }, inputs) => duration(saturate(instant.nanoseconds - otherTime(inputs))),
  Truncate: (receiver, inputs) => truncated(receiver, unitOf(inputs), false),
  UTC: (receiver) => inZone(receiver, utc),
  Unix: ({ instant }) => int64(BigInt(unixSeconds(instant))),
  UnixMicro: ({ instant }) => int64(floorTo(instant.nanoseconds, 1_000n)),
  UnixMilli: ({ instant }) => int64(floorTo(instant.nanoseconds, 1_000_000n)),
  UnixNano: ({ instant }) => int64(instant.nanoseconds),
  Weekday: ({ instant }) => ({ type: weekdayType, int: BigInt(weekdayOf(fieldsOf(instant).days)) }),
  Year: field('year'),
  YearDay: ({ instant }) => BigInt(dayOfYear(fieldsOf(instant).days)),
  Zone: ({ instant }) => fieldsOf(instant).offset.abbreviation,
  ZoneBounds: zoneBegin,
}

function floorTo(nanoseconds: bigint, unit: bigint): bigint {
  const rest = ((nanoseconds % unit) + unit) % unit
  return (nanoseconds - rest) / unit
}
