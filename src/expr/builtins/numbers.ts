import { parseFloating, parseInteger, roundHalfAway, truncate, wrap64 } from '../../go/numbers'
import type { Builtin, Machine } from '../evaluate/machine'
import { fail } from '../failure'
import { isNumberKind } from '../types/goType'
import { compares } from '../values/arithmetic'
import { asFloat, asInteger, isIntegral, isNumeric } from '../values/numeric'
import { isList, isSized, itemsOf, type List, typeName, typeOf, type Value } from '../values/value'

const first = (inputs: readonly Value[]): Value => inputs[0] ?? null

/** Integers become floats, floats are rounded. */
const rounding =
  (name: string, round: (value: number) => number): Builtin =>
  (inputs) => {
    const value = first(inputs)
    if (typeof value === 'number') return round(value)
    return isIntegral(value) ? asFloat(value) : fail(`invalid argument for ${name} (type ${typeName(value)})`)
  }

const abs: Builtin = (inputs) => {
  const value = first(inputs)
  if (typeof value === 'number') return value < 0 ? -value : value
  if (typeof value === 'bigint') return value < 0n ? wrap64(-value) : value
  if (!isSized(value) || !isIntegral(value)) return fail(`invalid argument for abs (type ${typeName(value)})`)
  if (value.int >= 0n) return value
  return { ...value, int: BigInt.asIntN(value.type.kind === 'int32' ? 32 : 64, -value.int) }
}

const int: Builtin = (inputs, machine) => {
  const value = first(inputs)
  if (typeof value === 'string') machine.spend(8 + value.length / 8)
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return truncate(value)
  if (typeof value === 'string') {
    const parsed = parseInteger(value)
    return 'value' in parsed ? parsed.value : fail(`invalid operation: int(${value})`)
  }
  // Durations and months are integers too.
  if (isSized(value)) return asInteger(value)
  return value === null
    ? fail('reflect: call of reflect.Value.Type on zero Value')
    : fail(`invalid operation: int(${typeName(value)})`)
}

const float: Builtin = (inputs, machine) => {
  const value = first(inputs)
  if (typeof value === 'string') machine.spend(8 + value.length / 8)
  if (isNumeric(value)) return asFloat(value)
  if (typeof value !== 'string') return fail(`invalid operation: float(${typeName(value)})`)
  const parsed = parseFloating(value)
  return 'value' in parsed ? parsed.value : fail(`invalid operation: float(${value})`)
}

const isNumberLike = (value: Value): boolean => {
  const type = typeOf(value)
  return type !== undefined && isNumberKind(type.kind)
}

/** The largest or smallest number, also of nested arrays. A single argument that is neither is given back as it is. */
function extreme(name: string, operator: '<' | '>', inputs: readonly Value[], machine: Machine): Value {
  let best: Value = null
  const offer = (value: Value): void => {
    if (value !== null && (best === null || compares(operator, best, value))) best = value
  }
  for (const input of inputs) {
    machine.spend(1)
    if (isList(input)) {
      machine.spend(input.length * 3)
      for (const item of itemsOf(input, machine.spend)) offer(candidate(name, operator, input, item, machine))
    } else if (isNumberLike(input)) offer(input)
    else if (inputs.length === 1) return input
    else return fail(`invalid argument for ${name} (type ${typeName(input)})`)
  }
  return best
}

/** What an element of a list offers: a number, or the extreme of a nested list, which may be none. */
function candidate(name: string, operator: '<' | '>', list: List, item: Value, machine: Machine): Value {
  const refuse = (value: Value): never => fail(`invalid argument for ${name} (type ${typeName(value)})`)
  if (list.type.name === '[]interface {}' && machine.language.machine.skipsEmptyLists) {
    if (isNumeric(item)) return item
    return isList(item) ? extreme(name, operator, [item], machine) : refuse(item)
  }
  const nested = extreme(name, operator, [item], machine)
  return isNumeric(nested) ? nested : refuse(nested)
}

/** All numbers of the arguments as floats, nested arrays included. */
function floatsOf(name: string, inputs: readonly Value[], machine: Machine, found: number[] = []): number[] {
  for (const input of inputs) {
    machine.spend(1)
    if (isList(input)) floatsOf(name, itemsOf(input, machine.spend), machine, found)
    else if (isNumberLike(input)) found.push(asFloat(input))
    else fail(`invalid argument for ${name} (type ${typeName(input)})`)
  }
  return found
}

const mean: Builtin = (inputs, machine) => {
  const total = sumOf('mean', inputs, machine)
  return total.count === 0 ? 0 : total.sum / total.count
}

interface Total {
  readonly sum: number
  readonly count: number
}

/** Nested arrays are summed on their own first, which floats can tell. */
function sumOf(name: string, inputs: readonly Value[], machine: Machine): Total {
  let sum = 0
  let count = 0
  const add = (value: Value): void => {
    if (!isNumberLike(value)) fail(`invalid argument for ${name} (type ${typeName(value)})`)
    sum += asFloat(value)
    count += 1
  }
  for (const input of inputs) {
    machine.spend(1)
    if (!isList(input)) {
      add(input)
      continue
    }
    for (const item of itemsOf(input, machine.spend)) {
      if (!isList(item)) {
        add(item)
        continue
      }
      const nested = sumOf(name, [item], machine)
      sum += nested.sum
      count += nested.count
    }
  }
  return { sum, count }
}

const median: Builtin = (inputs, machine) => {
  const values = floatsOf('median', inputs, machine)
  machine.spend(values.length * 6)
  // NaN comes first.
  values.sort((left, right) =>
    Number.isNaN(left) ? (Number.isNaN(right) ? 0 : -1) : Number.isNaN(right) ? 1 : left - right,
  )
  const middle = values.length >> 1
  if (values.length === 0) return 0
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2
}

function integer(name: string, value: Value): bigint {
  return isIntegral(value)
    ? asInteger(value)
    : fail(`cannot use ${typeName(value)} as argument (type int) to call ${name}`)
}

const bits =
  (name: string, run: (left: bigint, right: bigint) => bigint): Builtin =>
  (inputs) => {
    const left = integer(name, first(inputs))
    return wrap64(run(left, integer(name, inputs[1] ?? null)))
  }

const shift = (name: string, run: (left: bigint, places: bigint) => bigint): Builtin =>
  bits(name, (left, places) => {
    if (places < 0n) return fail(`invalid operation: negative shift count ${places} (type int)`)
    return run(left, places > 64n ? 64n : places)
  })

export const numberBuiltins: Readonly<Record<string, Builtin>> = {
  abs,
  ceil: rounding('ceil', Math.ceil),
  floor: rounding('floor', Math.floor),
  round: rounding('round', roundHalfAway),
  int,
  float,
  max: (inputs, machine) => extreme('max', '<', inputs, machine),
  min: (inputs, machine) => extreme('min', '>', inputs, machine),
  mean,
  median,
  bitand: bits('bitand', (left, right) => left & right),
  bitor: bits('bitor', (left, right) => left | right),
  bitxor: bits('bitxor', (left, right) => left ^ right),
  bitnand: bits('bitnand', (left, right) => left & ~right),
  bitshl: shift('bitshl', (left, places) => left << places),
  bitshr: shift('bitshr', (left, places) => left >> places),
  bitushr: shift('bitushr', (left, places) => BigInt.asUintN(64, left) >> places),
  bitnot: (inputs) => ~integer('bitnot', first(inputs)),
}
