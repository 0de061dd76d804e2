import { toBytes } from '../../go/bytes'
import { type GoJson, isGoList, isGoObject, printValue, sortedKeys } from '../../go/json/jsonPrint'

/**
 * A value on the way through a path. Numbers in documents are floats, numbers written in the path are ints: the two do
 * not compare. A wildcard takes a text apart into bytes (`uint8`). `invalid` is the document `null` itself, of which
 * Go's reflection knows nothing.
 */
export type PathValue =
  | { readonly type: 'json'; readonly json: GoJson }
  | { readonly type: 'int' | 'uint8'; readonly value: number }
  | { readonly type: 'invalid' }

/** The document of a path. */
export const documentOf = (json: GoJson): PathValue => (json === null ? { type: 'invalid' } : { type: 'json', json })

/** The value as a document of its own, as the body of a range sees it. */
export const plainOf = (value: PathValue): PathValue =>
  value.type === 'json' && value.json === null ? { type: 'invalid' } : value

/** Go's name of the value's type. */
export function typeName(value: PathValue): string {
  if (value.type !== 'json') return value.type === 'invalid' ? '<nil>' : value.type
  if (value.json === null) return '<nil>'
  if (isGoList(value.json)) return '[]interface {}'
  if (isGoObject(value.json)) return 'map[string]interface {}'
  return { string: 'string', number: 'float64', boolean: 'bool' }[typeof value.json as 'string' | 'number' | 'boolean']
}

/** `%v` of the value. */
export function printPathValue(value: PathValue): string {
  if (value.type === 'invalid') return '<invalid reflect.Value>'
  return value.type === 'json' ? printValue(value.json) : String(value.value)
}

/** Elements of a list, values of an object (by key), bytes of a text. */
export function childrenOf(value: PathValue): readonly PathValue[] {
  const json = value.type === 'json' ? value.json : null
  if (isGoList(json)) return json.map((item) => ({ type: 'json', json: item }))
  if (isGoObject(json)) return sortedKeys(json).map((key) => ({ type: 'json', json: json[key]! }))
  if (typeof json !== 'string') return []
  return [...toBytes(json)].map((byte) => ({ type: 'uint8', value: byte.charCodeAt(0) }))
}
