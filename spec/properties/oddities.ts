import { fc } from './fc'

/** What a field may hold that no schema would let in: other types, nothing, too much, names of Object.prototype. */
const oddValues: readonly unknown[] = [
  null,
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  'x',
  '{{',
  '{{args.x}}',
  '99999999999999999999h',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '(a+)+$',
  '\ud800',
  'x'.repeat(3000),
  true,
  false,
  [],
  {},
  [null],
  [[]],
  [{}],
  { name: null },
  { toString: 'x' },
  { valueOf: null },
]

type Path = readonly string[]

/** Every place in a JSON value. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...places(item, [...path, key])])
}

/** One of the values with up to three of its places taken away or holding something odd. */
export const spoilt = <T>(values: readonly T[]): fc.Arbitrary<T> =>
  fc
    .tuple(fc.constantFrom(...values), fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }))
    .map(([value, spots]) => {
      const copy = JSON.parse(JSON.stringify(value)) as T
      for (const [where, what] of spots) spoil(copy, where, what)
      return copy
    })

function spoil(value: unknown, where: number, what: number): void {
  const all = places(value)
  const path = all[where % Math.max(1, all.length)]
  const key = path?.at(-1)
  if (!path || key === undefined) return
  const holder = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], value)
  const odd = oddValues[what % (oddValues.length + 5)]
  if (odd !== undefined) (holder as Record<string, unknown>)[key] = structuredClone(odd)
  else if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete (holder as Record<string, unknown>)[key]
}
