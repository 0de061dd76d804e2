import { truncate, wrap64 } from '../../go/numbers'
import { fail } from '../failure'
import { isInteger } from '../types/goType'
import { isSized, typeName, type Value } from './value'

/** Numbers of the built-in types; a duration or a month is none. */
export const isNumeric = (value: Value): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || (isSized(value) && isInteger(value.type))

export const isIntegral = (value: Value): boolean =>
  typeof value === 'bigint' || (isSized(value) && isInteger(value.type))

/** int(x) of an integer: a uint64 beyond the range of int wraps. */
export const asInteger = (value: Value): bigint =>
  typeof value === 'bigint' ? value : isSized(value) ? wrap64(value.int) : 0n

/** float64(x) of a number. */
export const asFloat = (value: Value): number =>
  typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : isSized(value) ? Number(value.int) : 0

/** An index, a bound of a range or of a slice. */
export function toInt(value: Value): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return truncate(value)
  return isIntegral(value) ? asInteger(value) : fail(`invalid operation: int(${typeName(value)})`)
}

export function toFloat(value: Value): number {
  return isNumeric(value) ? asFloat(value) : fail(`invalid operation: float(${typeName(value)})`)
}
