import type { LanguageLine } from '../language'
import {
  anyMap,
  anySlice,
  anyType,
  boolType,
  durationType,
  errorType,
  floatSlice,
  floatType,
  funcOf,
  type GoType,
  groupMap,
  integerKinds,
  intSlice,
  intType,
  type Kind,
  locationPointer,
  type Signature,
  stringSlice,
  stringType,
  timeType,
} from '../types/goType'

/** What stands at each place of a builtin that loops over an array; a `?` marks what can be left out. */
export type LoopArgument = 'value' | 'value?' | 'predicate' | 'predicate?'

export const loops: Readonly<Record<string, readonly LoopArgument[]>> = {
  all: ['value', 'predicate'],
  none: ['value', 'predicate'],
  any: ['value', 'predicate'],
  one: ['value', 'predicate'],
  filter: ['value', 'predicate'],
  map: ['value', 'predicate'],
  count: ['value', 'predicate?'],
  sum: ['value', 'predicate?'],
  find: ['value', 'predicate'],
  findIndex: ['value', 'predicate'],
  findLast: ['value', 'predicate'],
  findLastIndex: ['value', 'predicate'],
  groupBy: ['value', 'predicate'],
  sortBy: ['value', 'predicate', 'value?'],
  reduce: ['value', 'predicate', 'value?'],
}

/** The loops' types as seen by `sum(xs, nil)` and by their bare names. */
const test = funcOf({ inputs: [anyType], outputs: [boolType] })
const pick = funcOf({ inputs: [anyType], outputs: [anyType] })
const fold = funcOf({ inputs: [anyType, anyType], outputs: [anyType] })
const loop = (predicate: GoType, output: GoType, ...rest: readonly GoType[]): readonly Signature[] => [
  { inputs: [anySlice, predicate, ...rest], outputs: [output] },
]

const signature = (inputs: readonly GoType[], output: GoType): Signature => ({ inputs, outputs: [output] })
const ofStrings = (count: number, output: GoType): Signature => signature(Array(count).fill(stringType), output)

/**
 * Builtins with typed overloads: the first one that fits is taken, and where none does the message is about the last
 * one. That is why `split()` complains about the three-argument form.
 */
const overloads: Readonly<Record<string, readonly Signature[]>> = {
  all: loop(test, boolType),
  none: loop(test, boolType),
  any: loop(test, boolType),
  one: loop(test, boolType),
  filter: loop(test, anySlice),
  map: loop(pick, anySlice),
  count: loop(test, intType),
  sum: loop(test, intType),
  find: loop(test, anyType),
  findIndex: loop(test, intType),
  findLast: loop(test, anyType),
  findLastIndex: loop(test, intType),
  groupBy: loop(pick, groupMap),
  sortBy: loop(test, anySlice, stringType),
  reduce: loop(fold, anyType, anyType),
  type: [signature([anyType], stringType)],
  string: [signature([anyType], stringType)],
  trim: [ofStrings(1, stringType), ofStrings(2, stringType)],
  trimPrefix: [ofStrings(2, stringType), ofStrings(1, stringType)],
  trimSuffix: [ofStrings(2, stringType), ofStrings(1, stringType)],
  upper: [ofStrings(1, stringType)],
  lower: [ofStrings(1, stringType)],
  split: [ofStrings(2, stringSlice), signature([stringType, stringType, intType], stringSlice)],
  splitAfter: [ofStrings(2, stringSlice), signature([stringType, stringType, intType], stringSlice)],
  replace: [signature([stringType, stringType, stringType, intType], stringType), ofStrings(3, stringType)],
  repeat: [signature([stringType, intType], stringType)],
  join: [
    signature([stringSlice, stringType], stringType),
    signature([anySlice, stringType], stringType),
    signature([anySlice], stringType),
    signature([stringSlice, stringType], stringType),
    signature([stringSlice], stringType),
  ],
  indexOf: [ofStrings(2, intType)],
  lastIndexOf: [ofStrings(2, intType)],
  hasPrefix: [ofStrings(2, boolType)],
  hasSuffix: [ofStrings(2, boolType)],
  toJSON: [signature([anyType], stringType)],
  fromJSON: [signature([stringType], anyType)],
  toBase64: [ofStrings(1, stringType)],
  fromBase64: [ofStrings(1, stringType)],
  duration: [{ inputs: [stringType], outputs: [durationType, errorType] }],
  timezone: [{ inputs: [stringType], outputs: [locationPointer, errorType] }],
  sort: [
    ...[anySlice, intSlice, floatSlice, stringSlice].map((list) => signature([list, stringType], anySlice)),
    ...[anySlice, floatSlice, stringSlice, intSlice].map((list) => signature([list], anySlice)),
  ],
  bitand: [signature([intType, intType], intType)],
  bitor: [signature([intType, intType], intType)],
  bitxor: [signature([intType, intType], intType)],
  bitnand: [signature([intType, intType], intType)],
  bitshl: [signature([intType, intType], intType)],
  bitshr: [signature([intType, intType], intType)],
  bitushr: [signature([intType, intType], intType)],
  bitnot: [signature([intType], intType)],
}

export interface OneArgumentRule {
  readonly accepts: readonly Kind[]
  readonly result: GoType | 'argument' | 'element'
  /** `%` represents the argument's type. */
  readonly refusal: string
}

const numbers: readonly Kind[] = ['float64', ...integerKinds]
const lists: readonly Kind[] = ['interface', 'slice', 'array']
const maps: readonly Kind[] = ['interface', 'map']
const ofNumber = (name: string, result: GoType | 'argument', ...more: readonly Kind[]): OneArgumentRule => ({
  accepts: ['interface', ...numbers, ...more],
  result,
  refusal: `invalid argument for ${name} (type %)`,
})

/** Builtins that take exactly one argument and look at its kind only. */
const oneArgument: Readonly<Record<string, OneArgumentRule>> = {
  len: { accepts: [...lists, 'map', 'string'], result: intType, refusal: 'invalid argument for len (type %)' },
  abs: ofNumber('abs', 'argument'),
  ceil: ofNumber('ceil', floatType),
  floor: ofNumber('floor', floatType),
  round: ofNumber('round', floatType),
  int: ofNumber('int', intType, 'string'),
  float: ofNumber('float', floatType, 'string'),
  first: { accepts: lists, result: 'element', refusal: 'cannot get first element from %' },
  last: { accepts: lists, result: 'element', refusal: 'cannot get last element from %' },
  keys: { accepts: maps, result: anySlice, refusal: 'cannot get keys from %' },
  values: { accepts: maps, result: anySlice, refusal: 'cannot get values from %' },
  toPairs: { accepts: maps, result: anySlice, refusal: 'cannot transform % to pairs' },
  fromPairs: { accepts: lists, result: anyMap, refusal: 'cannot transform % from pairs' },
  reverse: { accepts: lists, result: anySlice, refusal: 'cannot reverse %' },
  uniq: { accepts: lists, result: anySlice, refusal: 'cannot uniq %' },
  flatten: { accepts: lists, result: anySlice, refusal: 'cannot flatten %' },
}

/** Takes numbers, as many as you like. */
export interface AggregateRule {
  readonly numbers: readonly Kind[]
  /** The first argument of these leaves the result open. */
  readonly open: readonly Kind[]
}

const numbersAndLists: AggregateRule = { numbers, open: lists }

/** A fixed number of arguments, each looked at by its kind. */
export interface PlacesRule {
  readonly counts: readonly number[]
  readonly places: readonly {
    readonly accepts: readonly Kind[]
    readonly refusal: (types: readonly string[]) => string
  }[]
  readonly result: GoType
}

export const wrongCount = (expected: string, got: number): string =>
  `invalid number of arguments (expected ${expected}, got ${got})`

/** How the calls of builtins are checked. */
export interface BuiltinSignatures {
  readonly overloads: Readonly<Record<string, readonly Signature[]>>
  readonly oneArgument: Readonly<Record<string, OneArgumentRule>>
  readonly aggregates: Readonly<Record<string, AggregateRule>>
  readonly places: Readonly<Record<string, PlacesRule>>
}

const newer: BuiltinSignatures = {
  overloads,
  oneArgument,
  aggregates: { max: numbersAndLists, min: numbersAndLists, mean: numbersAndLists, median: numbersAndLists },
  places: {},
}

const without = <T>(table: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(table).filter(([name]) => !names.includes(name)))

const ofList = (result: GoType, refusal: string): OneArgumentRule => ({ accepts: lists, result, refusal })
const numbersOnly: AggregateRule = { numbers, open: ['interface'] }
const sortable = { accepts: lists, refusal: ([list]: readonly string[]) => `cannot sort ${list}` }
/** Of `sortBy`, the error about a wrong order has the type of the field. */
const sortText = (place: number): PlacesRule['places'][number] => ({
  accepts: ['string', 'interface'],
  refusal: (types) => `invalid argument for sort (expected string, got ${types[place]})`,
})

const older: BuiltinSignatures = {
  overloads: {
    ...without(overloads, ['sum', 'sortBy', 'sort']),
    now: [signature([], timeType)],
    date: [ofStrings(1, timeType), ofStrings(2, timeType), ofStrings(3, timeType)],
  },
  oneArgument: {
    ...oneArgument,
    round: { ...oneArgument.round!, refusal: 'invalid argument for floor (type %)' },
    sum: ofList(anyType, 'cannot sum %'),
    mean: ofList(floatType, 'cannot avg %'),
    median: ofList(floatType, 'cannot median %'),
  },
  aggregates: { max: numbersOnly, min: numbersOnly },
  places: {
    sort: { counts: [1, 2], places: [sortable, sortText(1)], result: anySlice },
    sortBy: { counts: [2, 3], places: [sortable, sortText(1), sortText(1)], result: anySlice },
  },
}

export const signatures: Readonly<Record<LanguageLine, BuiltinSignatures>> = { 'expr 1.15': older, 'expr 1.17': newer }

/** Builtins with rules of their own, see check/builtins. */
const special: readonly string[] = ['concat', 'take', 'now', 'date', 'get']

const names: ReadonlySet<string> = new Set([
  ...Object.keys(overloads),
  ...Object.keys(oneArgument),
  ...Object.keys(newer.aggregates),
  ...special,
])

export const isBuiltin = (name: string): boolean => names.has(name)

/** What the bare name of a builtin represents where nobody calls it. */
const untyped = funcOf({ inputs: [anySlice], outputs: [anyType, errorType], variadic: true })

export function builtinType(name: string, line: LanguageLine): GoType {
  if (line === 'expr 1.15') return untyped
  const first = Object.hasOwn(overloads, name) ? overloads[name]![0] : undefined
  return first ? funcOf(first) : untyped
}
