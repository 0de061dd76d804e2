import { isJsonObject, ownValue } from '../model/json'

export interface Misfit {
  readonly path: string
  /** Go's decoder's name of a JSON type: `string`, `number`, `object`, `array`, `bool`. */
  readonly found: string
}

/**
 * The place where data has a type that Go's decoder refuses, for a shape in the notation of kube/types/shape.ts;
 * undefined if it fits. Null fits everything, and fields that the shape lacks are ignored.
 */
export function fitsShape(
  types: Readonly<Record<string, string>>,
  kind: string,
  value: unknown,
  path: string,
): Misfit | undefined {
  if (value === null || value === undefined) return undefined
  if (kind.startsWith('*')) return fitsShape(types, kind.slice(1), value, path)
  if (kind.startsWith('[]')) return fitsList(types, kind.slice(2), value, path)
  if (kind.startsWith('map[]')) return fitsMap(types, kind.slice(5), value, path)
  const fields = ownValue(types, kind)
  if (fields !== undefined) return fitsFields(types, fields, value, path)
  return fitsLeaf(kind, value) ? undefined : { path, found: jsonKindOf(value) }
}

const jsonKindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function fitsList(types: Readonly<Record<string, string>>, kind: string, value: unknown, path: string) {
  if (!Array.isArray(value)) return { path, found: jsonKindOf(value) }
  for (let index = 0; index < value.length; index++) {
    const misfit = fitsShape(types, kind, value[index], `${path}[${index}]`)
    if (misfit) return misfit
  }
  return undefined
}

function fitsMap(types: Readonly<Record<string, string>>, kind: string, value: unknown, path: string) {
  if (!isJsonObject(value)) return { path, found: jsonKindOf(value) }
  for (const key of Object.keys(value)) {
    const misfit = fitsShape(types, kind, value[key], `${path}.${key}`)
    if (misfit) return misfit
  }
  return undefined
}

function fitsFields(types: Readonly<Record<string, string>>, fields: string, value: unknown, path: string) {
  if (!isJsonObject(value)) return { path, found: jsonKindOf(value) }
  for (const field of fields.split(' ')) {
    const [name = '', kind = ''] = field.split(/\??:/)
    const misfit = fitsShape(types, kind, ownValue(value, name), `${path}.${name}`)
    if (misfit) return misfit
  }
  return undefined
}

function fitsLeaf(kind: string, value: unknown): boolean {
  switch (kind) {
    case 'string':
      return typeof value === 'string'
    case 'bool':
      return typeof value === 'boolean'
    case 'float64':
      return typeof value === 'number'
    case 'int64':
      return Number.isSafeInteger(value)
    case 'uint32':
      return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff
    default:
      return true
  }
}
