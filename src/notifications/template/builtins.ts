import { toBytes } from '../../go/bytes'
import { queryEscape } from '../../go/url/urlEscape'
import { equal, order } from './compare'
import { fail } from './failure'
import { formatted, joined, lined } from './format'
import { plain } from './print'
import { fieldOf, intArgument, isList, isMap, isNil, textArgument, truth, typeName, type Value } from './values'

/** A function of templates; arguments are its own. */
export type Call = (args: readonly Value[]) => Value

const entities: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\u0000': '\ufffd',
}

const joinedPlain = (args: readonly Value[]): string =>
  args.length === 1 && typeof args[0] === 'string' ? args[0] : joined(args)

/** What Go's text/template knows by itself, but `and` and `or`, which look at their arguments one by one. */
export const builtins: Readonly<Record<string, Call>> = {
  not: ([value]) => !truth(value),
  eq: equal,
  ne: (args) => !equal(args),
  lt: (args) => order(args) < 0,
  le: (args) => order(args) <= 0,
  gt: (args) => order(args) > 0,
  ge: (args) => order(args) >= 0,
  len: ([value]) => lengthOf(value),
  index: ([value, ...keys]) => keys.reduce<Value>(itemAt, value),
  slice: ([value, from, to]) => sliced(value, from, to),
  print: joined,
  println: lined,
  printf: ([format, ...args]) => formatted(textArgument(format), args),
  html: (args) => joinedPlain(args).replace(/["'&<>]|\p{Cc}/gu, (character) => entities[character] ?? character),
  urlquery: (args) => queryEscape(joinedPlain(args)),
}

/** UTF-8, as Go counts texts. */
function lengthOf(value: Value): bigint {
  if (typeof value === 'string') return BigInt(toBytes(value).length)
  if (isList(value)) return BigInt(value.length)
  if (isMap(value)) return BigInt(Object.keys(value).length)
  return fail(isNil(value) ? 'len of nil pointer' : `len of type ${typeof value}`)
}

function itemAt(value: Value, key: Value): Value {
  if (isNil(value)) return fail('index of nil pointer')
  if (isMap(value)) return fieldOf(value, textArgument(key))
  if (!isList(value)) return fail(`can't index item of ${plain(value)}`)
  const index = intArgument(key)
  return index >= 0 && index < value.length ? value[index] : fail(`index out of range: ${index}`)
}

function sliced(value: Value, from: Value, to: Value): Value {
  // Sprig's, which hides Go's own: lists only.
  if (!isList(value)) return fail(`list should be type of slice or array but ${typeName(value)}`)
  const start = from === undefined ? 0 : intArgument(from)
  const end = to === undefined ? value.length : intArgument(to)
  return start >= 0 && start <= end && end <= value.length ? value.slice(start, end) : fail('index out of range')
}
