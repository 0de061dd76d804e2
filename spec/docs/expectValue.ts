import { inspect, isDeepStrictEqual } from 'node:util'

/** What `// => value` becomes: throws unless both are the same data; returns what it got. */
export function expectValue<T>(actual: T, expected: unknown): T {
  if (isDeepStrictEqual(plain(actual), plain(expected))) return actual
  throw new Error(`expected ${show(expected)}, got ${show(actual)}`)
}

/** A record without prototype is as good as a literal. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}

const show = (value: unknown): string => inspect(value, { depth: 10, breakLength: 100 })
