import type { LanguageLine } from '../language'
import {
  anySlice,
  anyType,
  assignable,
  floatType,
  type GoType,
  intType,
  isInteger,
  isIntegerKind,
  isNumberKind,
  sliceOf,
  stringMap,
} from './goType'
import {
  arrayOf,
  assignableTo,
  deref,
  elemOf,
  is,
  isUnknown,
  type Nature,
  natureOf,
  type TypeClass,
  unknown,
} from './nature'

/** How a line of the library checks the types of values in advance. */
export interface NatureRules {
  /** As errors name it. */
  readonly print: (nature: Nature) => string
  readonly is: (nature: Nature, wanted: TypeClass) => boolean
  readonly elemOf: (nature: Nature) => Nature
  /** What is behind a pointer, wherever the checker follows one besides the operands of operators. */
  readonly reach: (nature: Nature) => Nature
  /** nil, in errors about its fields. */
  readonly nil: string
  /** The error of a field of a value without fields is that of an index by a string. */
  readonly readsFieldsAsIndex: boolean
  /** `$env.len` is the builtin. */
  readonly environmentHasBuiltins: boolean
  /** `$env` itself. */
  readonly environment: Nature
  /** `all(xs, nil)` is refused as soon as the predicate is seen. */
  readonly refusesNilPredicates: boolean
  /** Arguments are looked at even where there are too many or too few of them. */
  readonly checksSurplus: boolean
  /** nil passes for any argument until the call is made. */
  readonly passesNil: boolean
  /** An integer of one type passes for one of another type until the call is made. */
  readonly takesInteger: (input: GoType, given: GoType) => boolean
  /** Nothing is looked at in `get` of something unknown. */
  readonly opensGet: boolean
  /** A field that a struct lacks is called a method also where it is an argument. */
  readonly seesMethodsInArguments: boolean
  /** A list that a loop makes of such elements. */
  readonly listOf: (elem: Nature) => Nature
  /** What is left of a nature behind an operator or a loop: the older line forgets the elements of an array literal. */
  readonly bare: (nature: Nature) => Nature
  /** Bounds of a slice of something unknown and keys of `$env` are looked at, too. */
  readonly checksEverywhere: boolean
  /** nil is a key of any map: it represents the key type's zero value. */
  readonly nilIsKey: boolean
  readonly comparable: (left: Nature, right: Nature) => boolean
  /** Of an arithmetic operation on two numbers. */
  readonly promoted: (left: Nature, right: Nature) => Nature
  /** Of `c ? one : other`, neither of which is nil. */
  readonly either: (one: Nature, other: Nature) => Nature
  /** Of `left ?? right`, neither of which is nil. */
  readonly orElse: (left: Nature, right: Nature) => Nature
}

const newer: NatureRules = {
  print: ({ type }) => type?.name ?? 'unknown',
  is,
  elemOf,
  reach: deref,
  nil: 'nil',
  readsFieldsAsIndex: false,
  environmentHasBuiltins: false,
  environment: unknown,
  refusesNilPredicates: false,
  checksSurplus: true,
  passesNil: false,
  takesInteger: isInteger,
  opensGet: false,
  seesMethodsInArguments: false,
  listOf: (elem) => arrayOf(elem, anySlice),
  bare: (nature) => nature,
  checksEverywhere: false,
  nilIsKey: false,
  comparable: (left, right) => {
    if (isUnknown(left) || isUnknown(right) || left.isNil || right.isNil) return true
    const both = (['number', 'duration', 'time', 'array'] as const).some((one) => is(left, one) && is(right, one))
    return both || assignableTo(left, right)
  },
  promoted: (left, right) => natureOf(is(left, 'float') || is(right, 'float') ? floatType : intType),
  either: (one, other) => {
    if (!assignableTo(one, other)) return unknown
    if (is(one, 'array') && is(other, 'array')) {
      const [left, right] = [elemOf(one), elemOf(other)]
      if (!assignableTo(left, right) || !assignableTo(right, left)) return natureOf(anySlice)
    }
    return one
  },
  orElse: (left, right) => (assignableTo(right, left) ? left : unknown),
}

/** The older line looks at kinds, where a duration is an integer and a month as well. */
const kinds: Partial<Readonly<Record<TypeClass, (type: GoType) => boolean>>> = {
  integer: ({ kind }) => isIntegerKind(kind),
  number: ({ kind }) => isNumberKind(kind),
}

const ofKind: NatureRules['is'] = (nature, wanted) => {
  const test = kinds[wanted]
  return test && nature.type ? test(nature.type) : is(nature, wanted)
}

const known = ({ type }: Nature): GoType => type ?? anyType

const bare = (nature: Nature): Nature => (nature.type ? natureOf(nature.type) : nature)

const older: NatureRules = {
  print: ({ type, isNil }) => type?.name ?? (isNil ? '<nil>' : anyType.name),
  is: ofKind,
  elemOf: ({ type }) => natureOf(type?.elem ?? anyType),
  reach: (nature) => nature,
  nil: '<nil>',
  readsFieldsAsIndex: true,
  environmentHasBuiltins: true,
  environment: natureOf(stringMap),
  refusesNilPredicates: true,
  checksSurplus: false,
  passesNil: true,
  takesInteger: (input, given) => isIntegerKind(input.kind) && input.kind !== given.kind,
  opensGet: true,
  seesMethodsInArguments: true,
  listOf: (elem) => natureOf(sliceOf(known(elem))),
  bare,
  checksEverywhere: true,
  nilIsKey: true,
  comparable: (left, right) => {
    if (isUnknown(left) || isUnknown(right) || left.isNil || right.isNil) return true
    return left.type!.kind === right.type!.kind || (ofKind(left, 'number') && ofKind(right, 'number'))
  },
  promoted: (left, right) => {
    if (left.type!.kind === right.type!.kind) return left
    return natureOf(is(left, 'float') || is(right, 'float') ? floatType : intType)
  },
  either: (one, other) => (assignable(known(one), known(other)) ? bare(one) : unknown),
  orElse: (left, right) => (assignable(known(right), known(left)) ? bare(left) : unknown),
}

export const natureRules: Readonly<Record<LanguageLine, NatureRules>> = { 'expr 1.15': older, 'expr 1.17': newer }
