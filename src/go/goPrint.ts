import { isJsonObject } from '../model/json'
import { goKeys } from './json/goJson'

/** `%v` and `%T` of a JSON value that Kubernetes keeps untyped, for error texts. */
export interface GoPrinted {
  readonly value: string
  readonly type: string
}

const deepest = 20

export function goPrint(value: unknown): GoPrinted {
  if (value === null || value === undefined) return { value: '<nil>', type: '<nil>' }
  if (typeof value === 'string') return { value, type: 'string' }
  if (typeof value === 'boolean') return { value: String(value), type: 'bool' }
  if (typeof value === 'number') return { value: String(value), type: Number.isInteger(value) ? 'int64' : 'float64' }
  if (Array.isArray(value)) return { value: printNested(value, 0), type: '[]interface {}' }
  return { value: printNested(value, 0), type: 'map[string]interface {}' }
}

function printNested(value: unknown, depth: number): string {
  if (depth > deepest) return '...'
  if (Array.isArray(value)) return `[${value.map((item) => printNested(item, depth + 1)).join(' ')}]`
  if (!isJsonObject(value)) return goPrint(value).value
  const entries = goKeys(value).map((key) => `${key}:${printNested(value[key], depth + 1)}`)
  return `map[${entries.join(' ')}]`
}
