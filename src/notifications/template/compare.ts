import { fail } from './failure'
import { isList, isMap, isNil, type Value } from './values'

// eq, ne, lt and the like: Go compares values of one type only.

const incompatible = (): never => fail('incompatible types for comparison')

/** Whether the first equals one of the others. */
export function equal([first, ...others]: readonly Value[]): boolean {
  if (others.length === 0) return fail('missing argument for comparison')
  return others.some((other) => same(first, other))
}

function same(left: Value, right: Value): boolean {
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right)
  if (isCompound(left) || isCompound(right)) return fail('non-comparable types')
  return typeof left === typeof right ? left === right : incompatible()
}

const isCompound = (value: Value): boolean => isList(value) || isMap(value)

/** Less than zero, zero or more, as the first is less than the second. */
export function order([left, right, ...more]: readonly Value[]): number {
  if (more.length > 0 || right === undefined) return fail('comparisons of order take two arguments')
  if (typeof left !== typeof right) return incompatible()
  if (typeof left === 'string') return compared(left, right as string)
  if (typeof left === 'number') return compared(left, right as number)
  if (typeof left === 'bigint') return compared(left, right as bigint)
  return fail('invalid type for comparison')
}

function compared<T extends string | number | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0
}
