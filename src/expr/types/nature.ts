import {
  anyType,
  assignable,
  dereferenced,
  durationType,
  type GoType,
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
  /** The builtin function that the name of one represents. */
  readonly builtin?: string
}

export const unknown: Nature = {}
export const nil: Nature = { isNil: true }
export const natureOf = (type: GoType): Nature => ({ type })
export const arrayOf = (inner: Nature, type: GoType): Nature => ({ type, inner })

export const isUnknown = ({ type, isNil }: Nature): boolean =>
  type === undefined ? !isNil : type.name === anyType.name

export function deref(nature: Nature): Nature {
  return nature.type?.kind === 'ptr' ? natureOf(dereferenced(nature.type)) : nature
}

/** Elements of an array or a map, as far as anything is known of them. */
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

/** The classes of types that operators and builtins ask for. */
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
