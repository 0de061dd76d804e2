import { fail } from './failure'
import { isList, isMap, isNil, keysOf, type Value } from './values'

const escaped: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }

const deepest = 100

/** JSON as Go writes it: keys sorted; `<`, `>` and `&` escaped unless told otherwise. */
export function sortedJson(value: Value, escapesHtml = true, depth = 0): string {
  if (depth > deepest) return fail('the value is nested too deeply', 'unsupported')
  if (isNil(value)) return 'null'
  const below = (item: Value): string => sortedJson(item, escapesHtml, depth + 1)
  if (isList(value)) return `[${value.map(below).join(',')}]`
  if (isMap(value))
    return `{${keysOf(value)
      .map((key) => `${below(key)}:${below(value[key])}`)
      .join(',')}}`
  if (typeof value !== 'string') return String(value)
  const text = JSON.stringify(value).replace(/[\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`)
  return escapesHtml ? text.replace(/[<>&]/g, (mark) => escaped[mark] ?? mark) : text
}
