import { isPlainJson } from '../../model/json'
import { shownText } from '../story/shownText'

const mostValue = 240
const mostObject = 24_000

/** A value on one line: `"web:2"`, `{"weight":20}`; `nothing` for an absent one. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing'
  return isPlainJson(value) ? shownText(JSON.stringify(value), mostValue) : 'a value that is no JSON'
}

/** An object on many lines, cut where it is too long. */
export function objectText(value: unknown): string {
  if (!isPlainJson(value)) return 'an object that is no JSON'
  const text = JSON.stringify(value, null, 2)
  return text.length <= mostObject
    ? text
    : `${text.slice(0, mostObject)}\n… ${text.length - mostObject} more characters`
}
