import { sameType } from '../types/goType'
import { asFloat, asInteger, isNumeric } from './numeric'
import {
  type Dict,
  isDict,
  isFunc,
  isList,
  isNamed,
  isNil,
  isPointer,
  isSized,
  isStruct,
  isTime,
  type List,
  type Spend,
  typeOf,
  type Value,
} from './value'

export type Equal = (left: Value, right: Value, spend: Spend) => boolean

/** `==`: numbers of all types compare by value, elements of arrays too; everything else must be of the same type. */
export const equal: Equal = (left, right, spend) => {
  if (isList(left) && isList(right) && (isAnyList(left) || isAnyList(right)) && comparableList(left, right)) {
    spend(1)
    return sameLength(left, right) && everyIndex(left.length, (i) => equal(left.at(i), right.at(i), spend))
  }
  return equalOfType(left, right, spend)
}

/** The same, but for arrays: they must be of the same type, and so must their elements. */
export const equalOfType: Equal = (left, right, spend) => {
  spend(1)
  if (isNumeric(left) && isNumeric(right)) {
    const floats = typeof left === 'number' || typeof right === 'number'
    return floats ? asFloat(left) === asFloat(right) : asInteger(left) === asInteger(right)
  }
  if (isNil(left) && isNil(right)) return true
  return deepEqual(left, right, spend)
}

const isAnyList = ({ type }: List): boolean => type.name === '[]interface {}'

/** Slices of built-in numbers and strings compare with `[]interface {}` element by element, others do not. */
const plainElements = ['interface {}', 'string', 'float64', 'int', 'int32', 'int64', 'uint8', 'uint64']

const comparableList = (left: List, right: List): boolean =>
  [left, right].every(({ type }) => type.kind === 'slice' && plainElements.includes(type.elem!.name))

const sameLength = (left: List, right: List): boolean => left.length === right.length

function everyIndex(length: number, holds: (index: number) => boolean): boolean {
  for (let i = 0; i < length; i++) if (!holds(i)) return false
  return true
}

/** reflect.DeepEqual: the same types all the way down. */
function deepEqual(left: Value, right: Value, spend: Spend): boolean {
  spend(1)
  if (left === null || right === null) return left === right
  const type = typeOf(left)!
  if (!sameType(type, typeOf(right)!)) return false
  if (typeof left !== 'object' || typeof right !== 'object') return left === right
  if (isSized(left) && isSized(right)) return left.int === right.int
  if (isNamed(left) && isNamed(right)) return left.text === right.text
  if (isTime(left) && isTime(right)) return left.instant.nanoseconds === right.instant.nanoseconds
  if (isFunc(left)) return false
  // The same object is equal to itself even where it holds a NaN.
  if (left === right) return true
  return deepEqualParts(left, right, spend)
}

function deepEqualParts(left: Value, right: Value, spend: Spend): boolean {
  if (isList(left) && isList(right)) {
    if (left.isNil !== right.isNil || !sameLength(left, right)) return false
    return everyIndex(left.length, (i) => deepEqual(left.at(i), right.at(i), spend))
  }
  if (isDict(left) && isDict(right)) return equalDicts(left, right, spend)
  if (isPointer(left) && isPointer(right)) return deepEqual(left.target, right.target, spend)
  if (!isStruct(left) || !isStruct(right)) return false
  const names = Object.keys(left.fields)
  if (left.zone || right.zone) return left.zone?.name === right.zone?.name
  return names.every((name) => deepEqual(left.fields[name] ?? null, right.fields[name] ?? null, spend))
}

function equalDicts(left: Dict, right: Dict, spend: Spend): boolean {
  if (left.entries.size !== right.entries.size) return false
  for (const [identity, { value }] of left.entries) {
    const other = right.entries.get(identity)
    if (!other || !deepEqual(value, other.value, spend)) return false
  }
  return true
}
