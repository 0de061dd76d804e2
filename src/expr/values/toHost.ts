import { fromBytes } from '../../go/bytes'
import { formatDuration } from '../../go/duration'
import { formatInstant, rfc3339Nano } from '../../go/time/format'
import { fail } from '../failure'
import { durationType } from '../types/goType'
import { format } from './format'
import { isStringKeyed } from './keys'
import {
  isDict,
  isFunc,
  isList,
  isNamed,
  isPointer,
  isSized,
  isStruct,
  isTime,
  itemsOf,
  type Spend,
  type Value,
} from './value'

const mostDepth = 1000

/**
 * A value as a host wants it: integers as numbers where they are exact (else bigint), times as RFC 3339, durations as
 * `1h30m0s`, maps as records, functions as their type's name.
 */
export const toHost = (value: Value, spend: Spend): unknown => write(value, 0, spend)

function write(value: Value, depth: number, spend: Spend): unknown {
  spend(1 + (typeof value === 'string' ? value.length / 16 : 0))
  if (depth > mostDepth) return fail('value is nested too deeply', 'budget')
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'string') return fromBytes(value)
  if (typeof value === 'bigint') return whole(value)
  if (isSized(value))
    return value.type.name === durationType.name ? fromBytes(formatDuration(value.int)) : whole(value.int)
  if (isNamed(value)) return fromBytes(value.text)
  if (isTime(value)) {
    spend(60)
    return formatInstant(value.instant, rfc3339Nano)
  }
  if (isFunc(value)) return value.type.name
  if (isPointer(value))
    return isStruct(value.target) ? fromBytes(format(value, spend)) : write(value.target, depth + 1, spend)
  if (isList(value)) return itemsOf(value, spend).map((item) => write(item, depth + 1, spend))
  if (!isDict(value)) return record(Object.entries(value.fields), depth, spend)
  const name = (key: Value): string => (typeof key === 'string' ? key : format(key, spend))
  const entries = [...value.entries.values()]
  spend(entries.length * 4)
  return record(
    entries.map((entry) => [isStringKeyed(value.type) ? String(entry.key) : name(entry.key), entry.value] as const),
    depth,
    spend,
  )
}

const whole = (int: bigint): number | bigint => {
  const number = Number(int)
  return Number.isSafeInteger(number) ? number : int
}

/** Names may be `__proto__`: fromEntries defines them as own properties anyway. */
const record = (entries: readonly (readonly [string, Value])[], depth: number, spend: Spend): unknown =>
  Object.fromEntries(entries.map(([name, value]) => [fromBytes(name), write(value, depth + 1, spend)]))
