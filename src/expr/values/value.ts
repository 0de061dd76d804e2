import type { Instant } from '../../go/time/instant'
import type { Zone } from '../../go/time/zone'
import { fail } from '../failure'
import {
  anySlice,
  boolType,
  durationType,
  floatType,
  type GoType,
  intSlice,
  intType,
  locationPointer,
  monthType,
  stringMap,
  stringSlice,
  stringType,
  timeType,
} from '../types/goType'

/**
 * A value of the language. The common types are JavaScript's own: `null` is nil, a number is always a float64, a bigint
 * always an int, a string a byte string (see go/bytes). All others carry their type.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Sized
  | Named
  | List
  | Dict
  | Time
  | Func
  | Struct
  | Pointer

/** Integers that are no `int`: int64, uint8, time.Duration, ... */
export interface Sized {
  readonly type: GoType
  readonly int: bigint
}
/** A string of a declared type. */
export interface Named {
  readonly type: GoType
  readonly text: string
}
/**
 * A slice or an array. Ranges and byte slices are not spelled out, so that they cost nothing before somebody looks
 * inside.
 */
export interface List {
  readonly type: GoType
  readonly length: number
  readonly at: (index: number) => Value
  /** A nil slice: empty, and equal to nil. */
  readonly isNil?: true
  /** How many levels are inside; absent if there are none. */
  readonly depth?: number
  /** What it is cut from, so that a cut of a cut of a cut is one step away from the elements. */
  readonly cut?: { readonly from: List; readonly start: number }
}
/** A map. The keys of `entries` are the keys' identities, see values/keys. */
export interface Dict {
  readonly type: GoType
  readonly entries: ReadonlyMap<string, Entry>
  /** The keys of an `in [..]` that the optimizer made. */
  readonly isSet?: true
  /** A nil map: empty, and equal to nil. */
  readonly isNil?: true
  /** How many levels are inside; absent if there are none. */
  readonly depth?: number
}
export interface Entry {
  readonly key: Value
  readonly value: Value
}
export interface Time {
  readonly type: GoType
  readonly instant: Instant
}
export interface Func {
  readonly type: GoType
  readonly call: (inputs: readonly Value[]) => Value
  /** What a call costs where it is more than a moment. */
  readonly steps?: number
}
export interface Struct {
  readonly type: GoType
  readonly fields: Readonly<Record<string, Value>>
  /** Of a time.Location. */
  readonly zone?: Zone
}
export interface Pointer {
  readonly type: GoType
  readonly target: Value
  /** Tells it from other pointers to equal targets, as keys of maps do: where in the result it stands. */
  readonly address?: string
}

/** Takes steps from the budget of an evaluation; fails where none are left. */
export type Spend = (steps: number) => void

export const isSized = (value: Value): value is Sized => typeof value === 'object' && value !== null && 'int' in value
export const isNamed = (value: Value): value is Named => typeof value === 'object' && value !== null && 'text' in value
export const isList = (value: Value): value is List => typeof value === 'object' && value !== null && 'at' in value
export const isDict = (value: Value): value is Dict => typeof value === 'object' && value !== null && 'entries' in value
export const isTime = (value: Value): value is Time => typeof value === 'object' && value !== null && 'instant' in value
export const isFunc = (value: Value): value is Func => typeof value === 'object' && value !== null && 'call' in value
export const isStruct = (value: Value): value is Struct =>
  typeof value === 'object' && value !== null && 'fields' in value
export const isPointer = (value: Value): value is Pointer =>
  typeof value === 'object' && value !== null && 'target' in value

export function typeOf(value: Value): GoType | undefined {
  switch (typeof value) {
    case 'boolean':
      return boolType
    case 'number':
      return floatType
    case 'bigint':
      return intType
    case 'string':
      return stringType
    default:
      return value?.type
  }
}

/** `%T`: the type's name, `<nil>` for nil. */
export const typeName = (value: Value): string => typeOf(value)?.name ?? '<nil>'

/** The same in messages of failed type assertions. */
export const assertedName = (value: Value): string => typeOf(value)?.name ?? 'nil'

export function isNil(value: Value): boolean {
  if (value === null) return true
  return isList(value) || isDict(value) ? value.isNil === true : isPointer(value) && value.target === null
}

/** Whatever walks through a value can then recurse. Ours: upstream's stack grows. */
const mostDepth = 1000

/** Levels of a value that holds these; undefined if none of them holds anything itself. */
function depthOver(values: Iterable<Value>): number | undefined {
  let depth = 0
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue
    if (isList(value) || isDict(value)) depth = Math.max(depth, 1 + (value.depth ?? 0))
  }
  if (depth > mostDepth) return fail('value is nested too deeply', 'budget')
  return depth === 0 ? undefined : depth
}

export function listOf(items: readonly Value[], type: GoType = anySlice): List {
  const list = { type, length: items.length, at: (index: number) => items[index]! }
  const depth = depthOver(items)
  return depth === undefined ? list : { ...list, depth }
}

export const nilList = (type: GoType): List => ({ type, length: 0, at: () => null, isNil: true })

export const rangeList = (from: bigint, length: number): List => ({
  type: intSlice,
  length,
  at: (index) => from + BigInt(index),
})

export const stringList = (items: readonly string[] | undefined): List =>
  items ? listOf(items, stringSlice) : nilList(stringSlice)

/** Elements from..to of a list, without copying them. */
export function subList(list: List, from: number, to: number, type: GoType = list.type): List {
  if (list.isNil) return list
  const { from: whole, start } = list.cut ?? { from: list, start: 0 }
  const cut = { from: whole, start: start + from }
  return { type, length: to - from, at: (index) => whole.at(cut.start + index), depth: list.depth, cut }
}

/** All elements, paid for before they are spelled out. */
export function itemsOf(list: List, spend: Spend): readonly Value[] {
  spend(list.length)
  const items: Value[] = []
  for (let i = 0; i < list.length; i++) items.push(list.at(i))
  return items
}

/** A map with string keys. */
export function dictOf(pairs: Iterable<readonly [string, Value]>, type: GoType = stringMap): Dict {
  const entries = new Map<string, Entry>()
  for (const [key, value] of pairs) entries.set(key, { key, value })
  return mapOf(entries, type)
}

/** A map with keys of any type, by their identities. */
export function mapOf(entries: ReadonlyMap<string, Entry>, type: GoType): Dict {
  const depth = depthOver([...entries.values()].map(({ value }) => value))
  return depth === undefined ? { type, entries } : { type, entries, depth }
}

export const duration = (nanoseconds: bigint): Sized => ({ type: durationType, int: nanoseconds })
export const month = (number: number): Sized => ({ type: monthType, int: BigInt(number) })
export const time = (instant: Instant): Time => ({ type: timeType, instant })

export function location(zone: Zone): Pointer {
  return { type: locationPointer, target: { type: locationPointer.elem!, fields: {}, zone } }
}

export const isDuration = (value: Value): value is Sized => isSized(value) && value.type.name === durationType.name
