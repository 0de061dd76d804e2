import { deepFreeze } from '../properties/recorded'

// Forty values that no schema lets in, or hardly: other types, nothing, too much, names of Object.prototype.

const deep = (): unknown => {
  let value: unknown = 'x'
  for (let depth = 0; depth < 2000; depth++) value = [value]
  return value
}

const nullPrototype: object = Object.assign(Object.create(null), { name: 'x' })

export const oddValues: readonly unknown[] = deepFreeze([
  undefined,
  null,
  true,
  false,
  0,
  -1,
  0.5,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e308,
  2 ** 31 - 1,
  2 ** 53,
  -(2 ** 31),
  10n,
  '',
  'x',
  '4',
  'false',
  '50%',
  '99999999999%',
  '{{',
  '{{args.x}}',
  '99999999999999999999h',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '(a+)+$',
  '__proto__',
  '\ud800',
  '\u001b[2J\u0000',
  [],
  {},
  [null],
  [[]],
  [{}, 'x'],
  new Array(3),
  { toString: 'x', valueOf: null, constructor: 1 },
  [[[[['x']]]]],
  { a: { b: { c: 1 } } },
  nullPrototype,
])

const long = 'x'.repeat(20_000)
const deepest = deepFreeze(deep())

/** What does not survive a JSON round trip, and takes the machine's memory where somebody copies it. */
export const monsters: readonly (() => unknown)[] = [
  () => new Array(2 ** 32 - 1),
  () => long,
  () => deepest,
  () => () => 'x',
  () => Symbol('x'),
  () => new Date(0),
  () => new Map([['x', 1]]),
  () => {
    const cyclic: unknown[] = []
    cyclic.push(cyclic, { cyclic })
    return cyclic
  },
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
]
