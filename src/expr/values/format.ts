import { formatDuration } from '../../go/duration'
import { formatGeneral } from '../../go/printNumber'
import { monthNames, weekdayNames } from '../../go/time/civil'
import { printInstant } from '../../go/time/format'
import { durationType, monthType, weekdayType } from '../types/goType'
import {
  type Dict,
  type Entry,
  isDict,
  isFunc,
  isList,
  isNamed,
  isPointer,
  isSized,
  isStruct,
  isTime,
  itemsOf,
  type Sized,
  type Spend,
  type Value,
} from './value'

/**
 * `%v`: `[1 2]`, `map[a:1]`, `<nil>`, `2030-01-01 00:00:00 +0000 UTC`. Addresses of functions and pointers are not
 * known and print as `0x0`.
 */
export function format(value: Value, spend: Spend): string {
  const text = formatPlain(value)
  spend(isTime(value) ? 60 : typeof value === 'object' ? 10 : typeof value === 'number' ? 4 : 1)
  spend((text?.length ?? 0) / 16)
  if (text !== undefined) return text
  if (isList(value))
    return `[${itemsOf(value, spend)
      .map((item) => format(item, spend))
      .join(' ')}]`
  if (isDict(value)) {
    spend(value.entries.size)
    const entries = sortedEntries(value).map((entry) => `${format(entry.key, spend)}:${format(entry.value, spend)}`)
    return `map[${entries.join(' ')}]`
  }
  // Structs of the cloud's library end with an empty one of their own.
  const fields = isStruct(value) ? Object.values(value.fields).map((field) => format(field, spend)) : []
  return `{${[...fields, '{}'].join(' ')}}`
}

/** What prints without looking inside. */
function formatPlain(value: Value): string | undefined {
  if (value === null) return '<nil>'
  if (typeof value === 'number') return formatGeneral(value)
  if (typeof value !== 'object') return String(value)
  if (isSized(value)) return formatSized(value)
  if (isNamed(value)) return value.text
  if (isTime(value)) return printInstant(value.instant)
  if (isFunc(value)) return '0x0'
  if (isPointer(value)) return formatPointer(value.target)
  return isStruct(value) && value.zone ? `{${value.zone.name} [] []  0 0 <nil>}` : undefined
}

function formatSized({ type, int }: Sized): string {
  switch (type.name) {
    case durationType.name:
      return formatDuration(int)
    case monthType.name:
      return monthNames[Number(int) - 1] ?? `%!Month(${int})`
    case weekdayType.name:
      return weekdayNames[Number(int)] ?? `%!Weekday(${int})`
    default:
      return String(int)
  }
}

function formatPointer(target: Value): string {
  if (target === null) return '<nil>'
  return isStruct(target) && target.zone ? target.zone.name : '0x0'
}

/** As Go prints a map: by key, nil first, then by type. */
export function sortedEntries({ entries }: Dict): readonly Entry[] {
  return [...entries.values()].sort((left, right) => compareKeys(left.key, right.key))
}

function compareKeys(left: Value, right: Value): number {
  const [one, other] = [rank(left), rank(right)]
  if (one !== other) return one - other
  if (typeof left === 'number' && typeof right === 'number' && left !== right) {
    return Number.isNaN(left) ? -1 : left < right || Number.isNaN(right) ? (Number.isNaN(right) ? 1 : -1) : 1
  }
  const [a, b] = [comparableKey(left), comparableKey(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Go orders keys of several types by where the types are in memory: texts, sized integers, `int`, floats, booleans, the
 * others.
 */
const ranks: readonly string[] = ['string', 'sized', 'bigint', 'number', 'boolean', 'object']
const basicIntegers: readonly string[] = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64']

function rank(key: Value): number {
  if (key === null || (isPointer(key) && key.target === null)) return -1
  const isSizedInteger = typeof key === 'object' && isSized(key) && basicIntegers.includes(key.type.name)
  return ranks.indexOf(isSizedInteger ? 'sized' : typeof key)
}

const comparableKey = (key: Value): string | bigint | boolean | number =>
  key === null ? '' : typeof key === 'object' ? (isSized(key) ? key.int : (formatPlain(key) ?? '')) : key
