import { formatGeneral } from '../../go/printNumber'
import { fail } from './failure'
import { isList, isMap, isNil, keysOf, type Value } from './values'

/** What a template prints for a value. */
export const printed = (value: Value): string => (isNil(value) ? '<no value>' : plain(value))

const deepest = 100

/** Go's `%v`. */
export function plain(value: Value, depth = 0): string {
  if (depth > deepest) return fail('the value is nested too deeply', 'unsupported')
  if (isNil(value)) return '<nil>'
  if (typeof value === 'number') return formatGeneral(value)
  if (isList(value)) return `[${value.map((item) => plain(item, depth + 1)).join(' ')}]`
  if (!isMap(value)) return String(value)
  return `map[${keysOf(value)
    .map((key) => `${key}:${plain(value[key], depth + 1)}`)
    .join(' ')}]`
}
