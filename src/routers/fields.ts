import { isJsonObject, ownValue } from '../model/json'
import type { KubeObject } from '../model/meta'
import type { Failed } from './routerCall'

type Fields = Readonly<Record<string, unknown>>

/** Go's name of the type that a JSON value has after decoding, as error texts print it. */
export function goTypeOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
      return Number.isSafeInteger(value) ? 'int64' : 'float64'
    default:
      if (Array.isArray(value)) return '[]interface{}'
      return isJsonObject(value) ? 'map[string]interface{}' : '<nil>'
  }
}

const wrongType = (path: readonly string[], value: unknown, expected: string): Failed => ({
  failed: `.${path.join('.')} accessor error: ${print(value)} is of the type ${goTypeOf(value)}, expected ${expected}`,
})

const print = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

type Reached = { readonly found: false } | { readonly found: true; readonly value: unknown } | Failed

/** Follows a path of objects. A step through anything but an object fails, a missing step is just not found. */
function reach(fields: unknown, path: readonly string[]): Reached {
  let at: unknown = fields
  for (const [depth, key] of path.entries()) {
    if (!isJsonObject(at)) return wrongType(path.slice(0, depth + 1), at, 'map[string]interface{}')
    const next = ownValue(at as Fields, key)
    // The API server drops null properties, so null never occurs.
    if (next === undefined || next === null) return { found: false }
    at = next
  }
  return { found: true, value: at }
}

export type Read<T> = { readonly value: T | undefined } | Failed

/** The list at a path; `value` is absent if nothing is there; fails if there is another type. */
export function listAt(fields: unknown, ...path: string[]): Read<readonly unknown[]> {
  const reached = reach(fields, path)
  if ('failed' in reached) return reached
  if (!reached.found) return { value: undefined }
  return Array.isArray(reached.value) ? { value: reached.value } : wrongType(path, reached.value, '[]interface{}')
}

export function objectAt(fields: unknown, ...path: string[]): Read<Fields> {
  const reached = reach(fields, path)
  if ('failed' in reached) return reached
  if (!reached.found) return { value: undefined }
  return isJsonObject(reached.value)
    ? { value: reached.value }
    : wrongType(path, reached.value, 'map[string]interface{}')
}

export function textAt(fields: unknown, ...path: string[]): Read<string> {
  const reached = reach(fields, path)
  if ('failed' in reached) return reached
  if (!reached.found) return { value: undefined }
  return typeof reached.value === 'string' ? { value: reached.value } : wrongType(path, reached.value, 'string')
}

export function wholeNumberAt(fields: unknown, ...path: string[]): Read<number> {
  const reached = reach(fields, path)
  if ('failed' in reached) return reached
  if (!reached.found) return { value: undefined }
  return Number.isSafeInteger(reached.value)
    ? { value: reached.value as number }
    : wrongType(path, reached.value, 'int64')
}

/** The object with the field at `path` replaced; everything beside the path is shared. Undefined removes the field. */
export function withField<T extends object>(object: T, path: readonly string[], value: unknown): T {
  const [key, ...rest] = path
  if (key === undefined) return object
  const fields = object as Fields
  const inner = ownValue(fields, key)
  const next = rest.length === 0 ? value : withField(isJsonObject(inner) ? inner : {}, rest, value)
  if (next !== undefined) return { ...object, [key]: next }
  const { [key]: _, ...others } = fields
  return others as T
}

export const fieldsOf = (object: KubeObject): Fields => object as unknown as Fields

export const replacedAt = (list: readonly unknown[], index: number, item: unknown): readonly unknown[] =>
  list.map((one, at) => (at === index ? item : one))
