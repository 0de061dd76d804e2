import { compareBytes } from '../bytes'
import { formatGeneral, formatJsonNumber } from '../printNumber'

/** What providers compute with: JSON as Go's `interface{}` holds it, every number a float64. */
export type GoJson = null | boolean | number | string | readonly GoJson[] | GoJsonObject
export interface GoJsonObject {
  readonly [name: string]: GoJson
}

export const isGoObject = (value: GoJson | undefined): value is GoJsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isGoList = (value: GoJson | undefined): value is readonly GoJson[] => Array.isArray(value)

/** Keys as Go prints maps: sorted by bytes. */
export const sortedKeys = (value: GoJsonObject): readonly string[] => Object.keys(value).sort(compareBytes)

const unsafeInHtml = /[<>&\u2028\u2029]/g
const unicodeEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** As JSON.stringify, but `<`, `>`, `&` and the line separators are escaped. */
const printString = (text: string): string => JSON.stringify(text).replace(unsafeInHtml, unicodeEscape)

/** json.Marshal: no spaces, keys sorted, HTML characters escaped. NaN and infinities cannot occur in JSON input. */
export function printJson(value: GoJson): string {
  if (typeof value === 'number') return formatJsonNumber(value)
  if (typeof value === 'string') return printString(value)
  if (isGoList(value)) return `[${value.map(printJson).join(',')}]`
  if (isGoObject(value)) {
    return `{${sortedKeys(value)
      .map((key) => `${printString(key)}:${printJson(value[key]!)}`)
      .join(',')}}`
  }
  return String(value)
}

/** `%v` of a JSON value: `map[a:1 b:[x y]]`, `<nil>`. */
export function printValue(value: GoJson): string {
  if (value === null) return '<nil>'
  if (typeof value === 'number') return formatGeneral(value)
  if (isGoList(value)) return `[${value.map(printValue).join(' ')}]`
  if (isGoObject(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${printValue(value[key]!)}`)
      .join(' ')}]`
  return String(value)
}
