import { runeCount } from '../../go/bytes'
import type { Builtin } from '../evaluate/machine'
import { assertString } from '../evaluate/machine'
import { fetchMember } from '../evaluate/member'
import { boundMethod } from '../evaluate/methods'
import { attempt, fail } from '../failure'
import { isIntegerKind, uint8Type } from '../types/goType'
import { lookUp } from '../values/keys'
import { asInteger, toInt } from '../values/numeric'
import {
  isDict,
  isList,
  isNamed,
  isSized,
  isStruct,
  isTime,
  type List,
  subList,
  typeName,
  typeOf,
  type Value,
} from '../values/value'
import { kindOf } from './collections'

const first = (inputs: readonly Value[]): Value => inputs[0] ?? null

const len: Builtin = (inputs, machine) => {
  const value = first(inputs)
  const text = typeof value === 'string' ? value : isNamed(value) ? value.text : undefined
  if (text !== undefined) {
    machine.spend(text.length / 64)
    return BigInt(runeCount(text))
  }
  if (isList(value)) return BigInt(value.length)
  return isDict(value) ? BigInt(value.entries.size) : fail(`invalid argument for len (type ${typeName(value)})`)
}

const names: Readonly<Record<string, string>> = {
  bool: 'bool',
  float64: 'float',
  string: 'string',
  array: 'array',
  slice: 'array',
  map: 'map',
  func: 'func',
  struct: 'struct',
}

function typeText(value: Value): string {
  const type = typeOf(value)
  if (!type) return 'nil'
  if (type.path !== undefined) return type.path
  if (isIntegerKind(type.kind)) return type.kind.startsWith('u') ? 'uint' : 'int'
  return names[type.kind] ?? 'unknown'
}

/** The element at one end, nil if there is none or nothing to have one. */
const end =
  (index: bigint): Builtin =>
  (inputs, machine) => {
    const outcome = attempt(() => fetchMember(first(inputs), index, machine))
    if ('value' in outcome) return outcome.value
    const { message, code } = outcome.failure
    return code === 'budget' ? fail(message, code) : null
  }

const get: Builtin = (inputs) => {
  const [from = null, key = null] = inputs
  if (inputs.length < 2) return fail(`invalid number of arguments (expected 2, got ${inputs.length})`)
  if (from === null) return null
  const method = typeof key === 'string' ? boundMethod(from, key) : undefined
  if (method) return method
  if (isDict(from)) return lookUp(from, key)?.value ?? null
  const text = typeof from === 'string' ? from : isNamed(from) ? from.text : undefined
  if (text !== undefined || isList(from)) {
    const length = BigInt(text?.length ?? (from as List).length)
    const index = toInt(key)
    const at = index < 0n ? length + index : index
    if (at < 0n || at >= length) return null
    return isList(from) ? from.at(Number(at)) : { type: uint8Type, int: BigInt(text!.charCodeAt(Number(at))) }
  }
  if (!isStruct(from) && !isTime(from)) return null
  const name = assertString(key)
  return isStruct(from) && Object.hasOwn(from.fields, name) ? from.fields[name]! : null
}

/** The first elements, at most as many as there are. */
function take(inputs: readonly Value[]): Value {
  const [list = null, count = null] = inputs
  if (!isList(list)) return fail(`cannot take from ${kindOf(list)}`)
  const signed = typeof count === 'bigint' || (isSized(count) && !count.type.kind.startsWith('u'))
  if (!signed) return fail(`cannot take ${kindOf(count)} elements`)
  if (list.type.kind === 'array') return fail('reflect.Value.Slice: slice of unaddressable array')
  const most = typeof count === 'bigint' ? count : asInteger(count)
  if (most < 0n) return fail('reflect.Value.Slice: slice index out of bounds')
  return subList(list, 0, most > BigInt(list.length) ? list.length : Number(most))
}

export const lookupBuiltins: Readonly<Record<string, Builtin>> = {
  len,
  type: (inputs) => typeText(first(inputs)),
  first: end(0n),
  last: end(-1n),
  get,
  take,
}
