import { isJsonObject, isWalkableList } from '../model/json'
import { goKeys } from './json/goJson'

/** `%v` and `%T` of a JSON value that Kubernetes keeps untyped, for error texts. */
export interface GoPrinted {
  readonly value: string
  readonly type: string
}

const deepest = 20
/** Values that are printed; a value that contains itself twice has a million within twenty levels. */
const mostValues = 10_000

export function goPrint(value: unknown): GoPrinted {
  if (Array.isArray(value)) return { value: printNested(value, 0, { left: mostValues }), type: '[]interface {}' }
  if (isJsonObject(value))
    return { value: printNested(value, 0, { left: mostValues }), type: 'map[string]interface {}' }
  return printLeaf(value)
}

function printLeaf(value: unknown): GoPrinted {
  if (typeof value === 'string') return { value, type: 'string' }
  if (typeof value === 'boolean') return { value: String(value), type: 'bool' }
  if (typeof value === 'number') return { value: String(value), type: Number.isInteger(value) ? 'int64' : 'float64' }
  // JSON has nothing else.
  return { value: '<nil>', type: '<nil>' }
}

function printNested(value: unknown, depth: number, values: { left: number }): string {
  if (depth > deepest || --values.left < 0) return '...'
  const print = (item: unknown): string => printNested(item, depth + 1, values)
  if (Array.isArray(value)) return isWalkableList(value) ? `[${value.map(print).join(' ')}]` : '[...]'
  if (!isJsonObject(value)) return printLeaf(value).value
  return `map[${goKeys(value)
    .map((key) => `${key}:${print(value[key])}`)
    .join(' ')}]`
}
