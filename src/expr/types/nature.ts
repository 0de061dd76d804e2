import {
  anyType,
  assignable,
  dereferenced,
  durationType,
  floatType,
  type GoType,
  intType,
  isFloat,
  isInteger,
  sameType,
  timeType,
} from './goType'

/** What is known about an expression's value before it is evaluated. Without a type (and not nil) nothing is known. */
export interface Nature {
  readonly type?: GoType
  readonly isNil?: true
  /** Elements of an array whose type alone (`[]interface {}`) says less; the result of a predicate. */
  readonly inner?: Nature
  /** How nil reads in errors, if not as `unknown`. */
  readonly shown?: string
  /** The builtin function that the name of one stands for. */
  readonly builtin?: string
}

export const unknown: Nature = {}
export const nil: Nature = { isNil: true }
export const natureOf = (type: GoType): Nature => ({ type })
export const arrayOf = (inner: Nature, type: GoType): Nature => ({ type, inner })

export const isUnknown = ({ type, isNil }: Nature): boolean =>
  type === undefined ? !isNil : type.name === anyType.name

export const printNature = ({ type, shown }: Nature): string => type?.name ?? shown ?? 'unknown'

export function deref(nature: Nature): Nature {
  return nature.type?.kind === 'ptr' ? natureOf(dereferenced(nature.type)) : nature
}

/** Elements of an array or a map. */
export function elemOf({ type, inner }: Nature): Nature {
  switch (type?.kind) {
    case 'slice':
    case 'array':
      return inner ?? natureOf(type.elem!)
    case 'map':
    case 'ptr':
      return natureOf(type.elem!)
    default:
      return unknown
  }
}

const nilKinds: readonly string[] = ['ptr', 'interface', 'func', 'map', 'slice']

export function assignableTo(from: Nature, to: Nature): boolean {
  if (from.isNil && to.type && nilKinds.includes(to.type.kind)) return true
  if (!from.type || !to.type) return false
  if (from.type.kind !== to.type.kind && to.type.kind !== 'interface') return false
  return assignable(from.type, to.type)
}

/** The classes of types that operators ask for. */
const tests = {
  bool: (type: GoType) => type.kind === 'bool',
  string: (type: GoType) => type.kind === 'string',
  integer: isInteger,
  number: (type: GoType) => isInteger(type) || isFloat(type),
  float: isFloat,
  array: (type: GoType) => type.kind === 'slice' || type.kind === 'array',
  map: (type: GoType) => type.kind === 'map',
  struct: (type: GoType) => type.kind === 'struct',
  func: (type: GoType) => type.kind === 'func',
  bytes: (type: GoType) => type.name === '[]uint8',
  time: (type: GoType) => sameType(type, timeType),
  duration: (type: GoType) => sameType(type, durationType),
} as const

export type TypeClass = keyof typeof tests

export const is = ({ type }: Nature, wanted: TypeClass): boolean => type !== undefined && tests[wanted](type)

/** One side is unknown, the other one unknown too or of one of these classes. */
export function maybe(left: Nature, right: Nature, classes: readonly TypeClass[]): boolean {
  const one = isUnknown(left)
  const other = isUnknown(right)
  if (one && other) return true
  if (one) return classes.some((wanted) => is(right, wanted))
  return other && classes.some((wanted) => is(left, wanted))
}

export function comparable(left: Nature, right: Nature): boolean {
  if (isUnknown(left) || isUnknown(right) || left.isNil || right.isNil) return true
  const both = (['number', 'duration', 'time', 'array'] as const).some((one) => is(left, one) && is(right, one))
  return both || assignableTo(left, right)
}

export const promoted = (left: Nature, right: Nature): Nature =>
  natureOf(is(left, 'float') || is(right, 'float') ? floatType : intType)
