import type { JsonNode } from './json'
import type { GoJson } from './jsonPrint'

/**
 * A decoded value, or Go's complaint about the wrong kind of JSON. Go reads on after a wrong kind and reports the first
 * one at the end; `fatal` errors (of types that decode themselves) end the reading at once and win.
 */
export type Decoded<T> = { readonly value: T } | { readonly error: string; readonly fatal?: true }

/** Reads a node into a value of one Go type. `null` leaves the type's zero value, as encoding/json does. */
export type Decode<T> = (node: JsonNode, source: string) => Decoded<T>

const wrongKind = (node: JsonNode, type: string): { readonly error: string } => ({
  error: `json: cannot unmarshal ${node.kind} into Go value of type ${type}`,
})

const wrongNumber = (node: JsonNode, type: string): { readonly error: string } => ({
  error: `json: cannot unmarshal ${node.kind}${node.kind === 'number' ? ` ${node.text}` : ''} into Go value of type ${type}`,
})

export const decodeString: Decode<string> = (node) =>
  node.kind === 'string' ? node : node.kind === 'null' ? { value: '' } : wrongKind(node, 'string')

export const decodeBool: Decode<boolean> = (node) =>
  node.kind === 'bool' ? node : node.kind === 'null' ? { value: false } : wrongKind(node, 'bool')

export const decodeFloat: Decode<number> = (node) => {
  if (node.kind === 'null') return { value: 0 }
  const value = node.kind === 'number' ? Number(node.text) : Number.NaN
  return Number.isFinite(value) ? { value } : wrongNumber(node, 'float64')
}

const wholeNumber = /^-?\d+$/

/** Go's int: digits only; `1.0` and `1e3` are refused. */
export const decodeInt: Decode<bigint> = (node) => {
  if (node.kind === 'null') return { value: 0n }
  if (node.kind !== 'number' || !wholeNumber.test(node.text) || node.text.length > 20) return wrongNumber(node, 'int')
  const value = BigInt(node.text)
  return BigInt.asIntN(64, value) === value ? { value } : wrongNumber(node, 'int')
}

/** The node's own text (json.RawMessage). */
export const decodeRaw: Decode<string> = (node, source) => ({ value: source.slice(node.start, node.end) })

/** The node itself, to be decoded later. */
export const decodeNode: Decode<JsonNode> = (node) => ({ value: node })

/** A slice; null is undefined (Go's nil slice). The first element that does not fit gives the error. */
export const decodeList =
  <T>(decodeItem: Decode<T>, type = '[]interface {}'): Decode<readonly T[] | undefined> =>
  (node, source) => {
    if (node.kind === 'null') return { value: undefined }
    if (node.kind !== 'array') return wrongKind(node, type)
    const items: T[] = []
    let error: string | undefined
    for (const item of node.items) {
      const decoded = decodeItem(item, source)
      if ('error' in decoded) {
        if (decoded.fatal) return decoded
        error ??= decoded.error
      } else items.push(decoded.value)
    }
    return error === undefined ? { value: items } : { error }
  }

/** A map with string keys; null is undefined. */
export const decodeMap =
  <T>(decodeItem: Decode<T>, type = 'map[string]interface {}'): Decode<Readonly<Record<string, T>> | undefined> =>
  (node, source) => {
    if (node.kind === 'null') return { value: undefined }
    if (node.kind !== 'object') return wrongKind(node, type)
    const record: Record<string, T> = Object.create(null)
    let error: string | undefined
    for (const [name, field] of node.fields) {
      const decoded = decodeItem(field, source)
      if ('error' in decoded) {
        if (decoded.fatal) return decoded
        error ??= decoded.error
      } else record[name] = decoded.value
    }
    return error === undefined ? { value: record } : { error }
  }

/** Go matches field names without regard to case. */
const folded = (name: string): string => name.toLowerCase().replaceAll('\u017f', 's')

/**
 * A struct. Fields that are missing or null have the zero value that `zero` gives; unknown fields are skipped.
 * `zero` must name every field.
 */
export const decodeStruct =
  <T extends object>(type: string, zero: T, fields: { readonly [K in keyof T]: Decode<T[K]> }): Decode<T> =>
  (node, source) => {
    if (node.kind === 'null') return { value: zero }
    if (node.kind !== 'object') return wrongKind(node, type)
    const value: T = { ...zero }
    const names = Object.keys(fields) as (keyof T & string)[]
    let error: string | undefined
    for (const [given, field] of node.fields) {
      const name = names.find((one) => one === given) ?? names.find((one) => folded(one) === folded(given))
      if (name === undefined || field.kind === 'null') continue
      const decoded = fields[name](field, source)
      if ('error' in decoded) {
        if (decoded.fatal) return decoded
        error ??= decoded.error
      } else value[name] = decoded.value
    }
    return error === undefined ? { value } : { error }
  }

/** Go's `interface{}`: any JSON, numbers as float64. */
export const decodeAny: Decode<GoJson> = (node, source) => {
  switch (node.kind) {
    case 'null':
      return { value: null }
    case 'bool':
    case 'string':
      return node
    case 'number':
      return decodeFloat(node, source)
    case 'array': {
      const list = decodeList(decodeAny)(node, source)
      return 'error' in list ? list : { value: list.value ?? null }
    }
    case 'object': {
      const map = decodeMap(decodeAny)(node, source)
      return 'error' in map ? map : { value: map.value ?? null }
    }
  }
}

/** readJson or readFirstJson, and then decode. */
export function decodeJson<T>(
  text: string,
  read: (text: string) => { readonly node: JsonNode } | { readonly error: string },
  decode: Decode<T>,
): Decoded<T> {
  const reading = read(text)
  return 'error' in reading ? reading : decode(reading.node, text)
}
