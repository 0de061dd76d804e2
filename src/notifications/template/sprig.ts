import type { Call } from './builtins'
import { fail } from './failure'
import { sortedJson } from './json'
import { plain } from './print'
import { isList, isMap, isNil, keysOf, textArgument, truth, type Value } from './values'

// The functions of Masterminds/sprig that templates of notifications are seen to use. What is not here is named when a
// template is read.

const text = textArgument

/** strval: anything as a text. */
const said = (value: Value): string => (isNil(value) ? '<nil>' : plain(value))

function list(value: Value): readonly Value[] {
  if (isList(value)) return value
  return fail(isNil(value) ? 'list expected, got nil' : `list expected, got ${typeof value}`)
}

const quoted = (value: string): string => JSON.stringify(value).replaceAll('\u007f', '\\x7f')

/** Numbers of every kind become Go's int64. */
function whole(value: Value): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n
  if (typeof value === 'boolean') return value ? 1n : 0n
  return typeof value === 'string' && /^[+-]?\d{1,18}$/.test(value) ? BigInt(value) : 0n
}

const divided = (value: bigint, by: bigint): bigint => (by === 0n ? fail('integer divide by zero') : value / by)

const larger = (left: bigint, right: bigint): bigint => (left < right ? right : left)
const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right)

const most = 1_000_000

function repeated(count: Value, value: Value): string {
  const times = Number(whole(count))
  const repeat = text(value)
  if (times < 0) return fail('strings: negative Repeat count')
  return times * repeat.length > most ? fail('repeat makes too much', 'unsupported') : repeat.repeat(times)
}

function indented(spaces: Value, value: Value): string {
  const pad = repeated(spaces, ' ')
  const lines = text(value).split('\n')
  if (lines.length * pad.length > most) return fail('indent makes too much', 'unsupported')
  return lines.map((line) => pad + line).join('\n')
}

/** Cut at bytes upstream; the same for ASCII. */
function truncated(length: Value, value: Value): string {
  const [count, characters] = [Number(whole(length)), [...text(value)]]
  if (count < 0) return characters.length + count > 0 ? characters.slice(count).join('') : characters.join('')
  return characters.slice(0, count).join('')
}

const title = (value: string): string =>
  value.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase())

function trimmedBy(cutset: string, value: string): string {
  const characters = [...value]
  const cut = new Set(cutset)
  let from = 0
  let to = characters.length
  while (from < to && cut.has(characters[from] ?? '')) from++
  while (to > from && cut.has(characters[to - 1] ?? '')) to--
  return characters.slice(from, to).join('')
}

const dict: Call = (args) => {
  const pairs: [string, Value][] = []
  for (let at = 0; at < args.length; at += 2) pairs.push([said(args[at]), at + 1 < args.length ? args[at + 1] : ''])
  return Object.fromEntries(pairs)
}

const texts: Readonly<Record<string, Call>> = {
  upper: ([value]) => text(value).toUpperCase(),
  lower: ([value]) => text(value).toLowerCase(),
  title: ([value]) => title(text(value)),
  trim: ([value]) => text(value).trim(),
  trimAll: ([cutset, value]) => trimmedBy(text(cutset), text(value)),
  trimPrefix: ([prefix, value]) =>
    text(value).startsWith(text(prefix)) ? text(value).slice(text(prefix).length) : text(value),
  trimSuffix: ([suffix, value]) =>
    text(suffix) !== '' && text(value).endsWith(text(suffix))
      ? text(value).slice(0, -text(suffix).length)
      : text(value),
  replace: ([old, fresh, value]) => text(value).split(text(old)).join(text(fresh)),
  contains: ([part, value]) => text(value).includes(text(part)),
  hasPrefix: ([prefix, value]) => text(value).startsWith(text(prefix)),
  hasSuffix: ([suffix, value]) => text(value).endsWith(text(suffix)),
  quote: (args) =>
    args
      .filter((value) => !isNil(value))
      .map((value) => quoted(said(value)))
      .join(' '),
  squote: (args) =>
    args
      .filter((value) => !isNil(value))
      .map((value) => `'${said(value)}'`)
      .join(' '),
  cat: (args) =>
    args
      .filter((value) => !isNil(value))
      .map(said)
      .join(' '),
  nospace: ([value]) => text(value).replace(/\s+/g, ''),
  trunc: ([length, value]) => truncated(length, value),
  repeat: ([count, value]) => repeated(count, value),
  indent: ([spaces, value]) => indented(spaces, value),
  nindent: ([spaces, value]) => `\n${indented(spaces, value)}`,
  join: ([separator, value]) =>
    isList(value)
      ? value
          .filter((item) => !isNil(item))
          .map(said)
          .join(text(separator))
      : said(value),
  splitList: ([separator, value]) => text(value).split(text(separator)),
}

const numbers: Readonly<Record<string, Call>> = {
  int: ([value]) => whole(value),
  int64: ([value]) => whole(value),
  add: (args) => args.reduce<bigint>((sum, value) => sum + whole(value), 0n),
  add1: ([value]) => whole(value) + 1n,
  sub: ([left, right]) => whole(left) - whole(right),
  mul: (args) => args.reduce<bigint>((product, value) => BigInt.asIntN(64, product * whole(value)), 1n),
  div: ([left, right]) => divided(whole(left), whole(right)),
  mod: ([left, right]) => whole(left) - divided(whole(left), whole(right)) * whole(right),
  max: ([first, ...others]) => others.map(whole).reduce((left, right) => larger(left, right), whole(first)),
  min: ([first, ...others]) => others.map(whole).reduce((left, right) => smaller(left, right), whole(first)),
}

const choices: Readonly<Record<string, Call>> = {
  default: ([otherwise, value]) => (truth(value) ? value : otherwise),
  empty: ([value]) => !truth(value),
  coalesce: (args) => args.find(truth),
  ternary: ([yes, no, test]) => (test === true ? yes : no),
}

const collections: Readonly<Record<string, Call>> = {
  list: (args) => args,
  dict,
  get: ([map, key]) => (isMap(map) ? (Object.hasOwn(map, text(key)) ? map[text(key)] : '') : fail('get needs a dict')),
  hasKey: ([map, key]) => (isMap(map) ? Object.hasOwn(map, text(key)) : fail('hasKey needs a dict')),
  keys: (args) => args.flatMap((map) => (isMap(map) ? keysOf(map) : fail('keys needs dicts'))),
  first: ([value]) => list(value)[0],
  last: ([value]) => list(value).at(-1),
  rest: ([value]) => list(value).slice(1),
  initial: ([value]) => list(value).slice(0, -1),
  has: ([item, value]) => !isNil(value) && list(value).some((one) => sortedJson(one) === sortedJson(item)),
  toJson: ([value]) => sortedJson(value),
  toRawJson: ([value]) => sortedJson(value, false),
}

/** Not written as a field: an object has one of this name already, with another type. */
const conversions: ReadonlyMap<string, Call> = new Map([['toString', ([value]) => said(value)]])

export const sprig: Readonly<Record<string, Call>> = {
  ...texts,
  ...numbers,
  ...choices,
  ...collections,
  ...Object.fromEntries(conversions),
}
