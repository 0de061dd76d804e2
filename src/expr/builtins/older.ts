import { wrap64 } from '../../go/numbers'
import { quote } from '../../go/quote'
import { assertString, type Builtin, type Machine } from '../evaluate/machine'
import { fetchMember } from '../evaluate/member'
import { sorted } from '../evaluate/sort'
import { attempt, fail } from '../failure'
import { isIntegerKind } from '../types/goType'
import { compares } from '../values/arithmetic'
import { lookUp } from '../values/keys'
import { asInteger, toInt } from '../values/numeric'
import {
  isDict,
  isList,
  isNamed,
  isPointer,
  isSized,
  isStruct,
  isTime,
  itemsOf,
  type List,
  listOf,
  typeName,
  typeOf,
  type Value,
} from '../values/value'
import { kindOf } from './collections'
import { lookupBuiltins } from './lookups'
import { numberBuiltins } from './numbers'

const first = (inputs: readonly Value[]): Value => inputs[0] ?? null

/** A string is as long as its bytes. */
const len: Builtin = (inputs, machine) => {
  const value = first(inputs)
  if (typeof value === 'string') return BigInt(value.length)
  return isNamed(value) ? BigInt(value.text.length) : lookupBuiltins.len!(inputs, machine)
}

/** Of the values themselves: arrays are not looked into. */
const extreme =
  (operator: '<' | '>'): Builtin =>
  (inputs) =>
    inputs.reduce((best, input) => (best === null || compares(operator, best, input) ? input : best), null)

type Summand = { readonly integer: bigint } | { readonly float: number }

/** Durations and months count as integers, unsigned integers do not. */
function summandOf(verb: string, item: Value): Summand {
  const value = pointed(item)
  if (typeof value === 'number') return { float: value }
  if (typeof value === 'bigint') return { integer: value }
  const kind = elementKind(value)
  if (isSized(value) && isIntegerKind(value.type.kind) && !kind.startsWith('u')) return { integer: value.int }
  return fail(`cannot ${verb} ${kind}`)
}

const elementKind = (value: Value): string => typeOf(value)?.kind ?? 'interface'

/** What a pointer to a plain value points to. */
function pointed(value: Value): Value {
  if (!isPointer(value) || value.target === null) return value
  return isStruct(value.target) || isList(value.target) || isDict(value.target) ? value : pointed(value.target)
}

const listToRead = (verb: string, inputs: readonly Value[]): List => {
  const list = first(inputs)
  return isList(list) ? list : fail(`cannot ${verb} ${kindOf(list)}`)
}

/** An integer as long as there are integers only. */
const sum: Builtin = (inputs, machine) => {
  let integers = 0n
  let floats: number | undefined
  for (const item of itemsOf(listToRead('sum', inputs), machine.spend)) {
    const one = summandOf('sum', item)
    if ('float' in one) floats = (floats ?? Number(integers)) + one.float
    else if (floats === undefined) integers = wrap64(integers + one.integer)
    else floats += Number(one.integer)
  }
  return floats ?? integers
}

const floatsOf = (verb: string, inputs: readonly Value[], machine: Machine): readonly number[] =>
  itemsOf(listToRead(verb, inputs), machine.spend).map((item) => {
    const one = summandOf(verb, item)
    return 'float' in one ? one.float : Number(one.integer)
  })

const mean: Builtin = (inputs, machine) => {
  const values = floatsOf('mean', inputs, machine)
  return values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length
}

const median: Builtin = (inputs, machine) =>
  numberBuiltins.median!([listOf(floatsOf('median', inputs, machine))], machine)

/** What an array is sorted by: an element itself, or a field of it. */
interface Sortable {
  readonly item: Value
  readonly by: Value
}

function fieldOf(item: Value, field: string): Value {
  const absent = (): never => fail('cannot deref <invalid reflect.Value>')
  if (isDict(item)) return pointed((lookUp(item, field) ?? absent()).value)
  if (isTime(item)) return absent()
  if (!isStruct(item)) return item
  return Object.hasOwn(item.fields, field) ? pointed(item.fields[field]!) : absent()
}

const typeToSort = (value: Value): string => typeOf(value)?.name ?? 'interface {}'

function sortables(list: List, field: string, { spend }: Machine): readonly Sortable[] {
  let type: string | undefined
  return itemsOf(list, spend).map((raw): Sortable => {
    const item = pointed(raw)
    const by = fieldOf(item, field)
    const own = typeToSort(by)
    type ??= own
    return own === type ? { item, by } : fail(`cannot sort array of different types (${own} and ${type})`)
  })
}

/** Signed integers, floats and strings have an order. */
function isLess(left: Value, right: Value): boolean {
  if (typeof left === 'number') return left < (right as number)
  if (typeof left === 'string') return left < (right as string)
  if (isNamed(left)) return left.text < (right as typeof left).text
  const kind = elementKind(left)
  const signed = typeof left === 'bigint' || (isSized(left) && !kind.startsWith('u'))
  if (!signed) return fail(`sort: unsupported type ${kind}`)
  return integerOf(left) < integerOf(right)
}

const integerOf = (value: Value): bigint => (isSized(value) ? value.int : asInteger(value))

const refusedText = (value: Value): never =>
  fail(`invalid argument for sort (expected string, got ${value === null ? '%!s(<nil>)' : typeName(value)})`)

function isDescending(order: Value): boolean {
  if (typeof order !== 'string') return refusedText(order)
  if (order === 'asc' || order === 'desc') return order === 'desc'
  return fail(`invalid argument for sort (expected "asc" or "desc", got ${quote(order)})`)
}

function sortedBy(list: List, field: string, order: Value | undefined, machine: Machine): Value {
  const descending = order !== undefined && isDescending(order)
  const less = (one: Sortable, other: Sortable): boolean =>
    descending ? isLess(other.by, one.by) : isLess(one.by, other.by)
  return listOf(sorted(sortables(list, field, machine), less, machine.spend).map(({ item }) => item))
}

const sort: Builtin = (inputs, machine) => sortedBy(listToRead('sort', inputs), '', inputs[1], machine)

const sortBy: Builtin = (inputs, machine) => {
  const list = listToRead('sort', inputs)
  const field = inputs[1] ?? null
  return sortedBy(list, typeof field === 'string' ? field : refusedText(field), inputs[2], machine)
}

/** Durations and months are none. */
const int: Builtin = (inputs, machine) => {
  const value = first(inputs)
  const refused = value === null || (isSized(value) && value.type.path !== undefined)
  return refused ? fail(`invalid operation: int(${typeName(value)})`) : numberBuiltins.int!(inputs, machine)
}

/** An index, or nil wherever that fails. */
const get: Builtin = (inputs, machine) => {
  const outcome = attempt(() => fetchMember(first(inputs), inputs[1] ?? null, machine))
  if ('value' in outcome) return outcome.value
  return outcome.failure.code === 'budget' ? fail(outcome.failure.message, 'budget') : null
}

const mostRepeats = 1_000_000n

const repeat: Builtin = (inputs, machine) => {
  const times = toInt(inputs[1] ?? null)
  if (times > mostRepeats) return fail('memory budget exceeded', 'budget')
  const part = assertString(first(inputs))
  if (times < 0n) return fail('strings: negative Repeat count')
  machine.spend((part.length * Number(times)) / 16)
  return part.repeat(Number(times))
}

/** Builtins that the older library has, but computes differently. */
export const olderBuiltins: Readonly<Record<string, Builtin>> = {
  len,
  max: extreme('<'),
  min: extreme('>'),
  sum,
  mean,
  median,
  sort,
  sortBy,
  int,
  get,
  repeat,
}
