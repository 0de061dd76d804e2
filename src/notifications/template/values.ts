import { isJsonObject, ownValue } from '../../model/json'
import { fail } from './failure'

/**
 * A value of a template: JSON as Go decodes it (numbers are float64), `bigint` for Go's int, `undefined` for what is
 * not there.
 */
export type Value = unknown

export type Fields = Readonly<Record<string, Value>>

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value)
export const isMap = (value: Value): value is Fields => isJsonObject(value)
export const isNil = (value: Value): boolean => value === undefined || value === null

/** Go's name of a value's type, for error texts. */
export function typeName(value: Value): string {
  if (isNil(value)) return '<nil>'
  if (isList(value)) return '[]interface {}'
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'float64'
    default:
      return 'map[string]interface {}'
  }
}

/** Empty values are false. */
export function truth(value: Value): boolean {
  if (isList(value)) return value.length > 0
  if (isMap(value)) return Object.keys(value).length > 0
  return value === undefined || value === null ? false : Boolean(value)
}

/** What is not in a map is not a value, and has no fields either; null is one, and has none. */
export function fieldOf(value: Value, name: string): Value {
  if (value === undefined) return undefined
  if (value === null) return fail(`nil pointer evaluating interface {}.${name}`)
  if (isMap(value)) return ownValue(value, name)
  return fail(`can't evaluate field ${name} in type ${typeName(value)}`)
}

/** Keys as Go sorts them. */
export const keysOf = (map: Fields): readonly string[] =>
  Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort((left, right) => (left < right ? -1 : 1))

/** A text, or the error of Go where something else is given. */
export function textArgument(value: Value): string {
  if (typeof value === 'string') return value
  return isNil(value)
    ? fail('invalid value; expected string')
    : fail(`wrong type for value; expected string; got ${typeName(value)}`)
}

/** An int, as `index` and `slice` want it. */
export function intArgument(value: Value): number {
  if (typeof value !== 'bigint') return fail(`cannot index slice/array with type ${typeName(value)}`)
  return Number(value)
}
