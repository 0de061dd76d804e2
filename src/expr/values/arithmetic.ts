import { wrap64 } from '../../go/numbers'
import { power } from '../../go/power'
import { fail } from '../failure'
import { asFloat, asInteger, isIntegral, isNumeric, toFloat } from './numeric'
import { duration, isDuration, isSized, isTime, type Time, time, typeName, type Value } from './value'

type IntegerOperation = (left: bigint, right: bigint) => bigint
type FloatOperation = (left: number, right: number) => number

const refuse = (operator: string, left: Value, right: Value): never =>
  fail(`invalid operation: ${typeName(left)} ${operator} ${typeName(right)}`)

/** Integers stay integers (and wrap at 64 bits); one float makes both floats. Undefined if not both are numbers. */
function numeric(left: Value, right: Value, ints: IntegerOperation, floats: FloatOperation): Value | undefined {
  if (!isNumeric(left) || !isNumeric(right)) return undefined
  if (typeof left === 'number' || typeof right === 'number') return floats(asFloat(left), asFloat(right))
  return wrap64(ints(asInteger(left), asInteger(right)))
}

const move = ({ instant }: Time, nanoseconds: bigint): Value =>
  time({ ...instant, nanoseconds: instant.nanoseconds + nanoseconds })

export function add(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return left + right
  const sum = numeric(
    left,
    right,
    (a, b) => a + b,
    (a, b) => a + b,
  )
  if (sum !== undefined) return sum
  if (isTime(left) && isDuration(right)) return move(left, right.int)
  if (isDuration(left) && isTime(right)) return move(right, left.int)
  if (isDuration(left) && isDuration(right)) return duration(wrap64(left.int + right.int))
  return refuse('+', left, right)
}

export function subtract(left: Value, right: Value): Value {
  const difference = numeric(
    left,
    right,
    (a, b) => a - b,
    (a, b) => a - b,
  )
  if (difference !== undefined) return difference
  if (isTime(left) && isTime(right)) return duration(saturate(left.instant.nanoseconds - right.instant.nanoseconds))
  if (isTime(left) && isDuration(right)) return move(left, wrap64(-right.int))
  if (isDuration(left) && isDuration(right)) return duration(wrap64(left.int - right.int))
  return refuse('-', left, right)
}

/** Time.Sub: what does not fit into a duration becomes the longest one. */
export function saturate(nanoseconds: bigint): bigint {
  const largest = 2n ** 63n - 1n
  if (nanoseconds > largest) return largest
  return nanoseconds < -largest - 1n ? -largest - 1n : nanoseconds
}

export function multiply(left: Value, right: Value): Value {
  const product = numeric(
    left,
    right,
    (a, b) => a * b,
    (a, b) => a * b,
  )
  if (product !== undefined) return product
  const known = (value: Value): boolean => isNumeric(value) || isDuration(value)
  if (!known(left) || !known(right)) return refuse('*', left, right)
  // A float makes a float even of a duration.
  if (typeof left === 'number' || typeof right === 'number') return asFloat(left) * asFloat(right)
  return duration(wrap64(asInteger(left) * asInteger(right)))
}

export function divide(left: Value, right: Value): Value {
  return isNumeric(left) && isNumeric(right) ? asFloat(left) / asFloat(right) : refuse('/', left, right)
}

export function modulo(left: Value, right: Value): Value {
  if (!isIntegral(left) || !isIntegral(right)) return refuse('%', left, right)
  const divisor = asInteger(right)
  return divisor === 0n ? fail('runtime error: integer divide by zero') : asInteger(left) % divisor
}

export const exponent = (left: Value, right: Value): Value => {
  const base = toFloat(left)
  return power(base, toFloat(right))
}

export function negate(value: Value): Value {
  if (typeof value === 'number') return -value
  if (typeof value === 'bigint') return wrap64(-value)
  if (!isSized(value) || !isIntegral(value)) return fail(`invalid operation: - ${typeName(value)}`)
  const { type, int } = value
  const bits = Number(/\d+$/.exec(type.kind)?.[0] ?? 64)
  return { type, int: type.kind.startsWith('u') ? BigInt.asUintN(bits, -int) : BigInt.asIntN(bits, -int) }
}

/** Order of two values: negative, 0 or positive; NaN if they are not ordered; undefined if they cannot be compared. */
export function order(left: Value, right: Value): number | undefined {
  if (isNumeric(left) && isNumeric(right)) {
    if (typeof left === 'number' || typeof right === 'number') return compare(asFloat(left), asFloat(right))
    return compare(asInteger(left), asInteger(right))
  }
  if (typeof left === 'string' && typeof right === 'string') return compare(left, right)
  if (isTime(left) && isTime(right)) return compare(left.instant.nanoseconds, right.instant.nanoseconds)
  return isDuration(left) && isDuration(right) ? compare(left.int, right.int) : undefined
}

const compare = <T extends string | number | bigint>(left: T, right: T): number =>
  left < right ? -1 : left > right ? 1 : left === right ? 0 : Number.NaN

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
}

export function compares(operator: string, left: Value, right: Value): boolean {
  const found = order(left, right)
  return found === undefined ? refuse(operator, left, right) : comparisons[operator]!(found)
}

export const less = (left: Value, right: Value): boolean => compares('<', left, right)
