import type { Limits } from './limits'
import type { FieldPath, Finding, Problem } from './places'

/** A list or mapping that is being walked. */
interface Open {
  readonly holder: object
  /** Undefined for a list. */
  readonly keys: readonly string[] | undefined
  readonly length: number
  /** Of the item that is walked next. */
  next: number
}

/**
 * Values of one object; shared ones count as often as they are reached. The largest object that etcd stores has fewer
 * than a tenth.
 */
const maxValues = 1_000_000

/**
 * Whether a value is plain JSON data that the readers may walk: no cycles, not too deep, no functions, dates or class
 * instances, no numbers that are not exact, no key `__proto__` (it would change an object's prototype in careless code
 * further on). Iterative, so that no nesting is too deep for it, and it takes no more memory than the value is deep.
 * Values that are `undefined` count as absent.
 */
export function problemsOfData(value: unknown, limits: Limits, checkNumbers: boolean): readonly Finding[] {
  const findings: Finding[] = []
  const open: Open[] = []
  let values = 0
  let current = value
  for (;;) {
    const problem = ++values > maxValues ? tooLarge : problemOf(current, open.length, limits, checkNumbers)
    if (problem) findings.push({ ...problem, path: pathTo(open) })
    // Neither a cycle nor a value that is shared over and over has an end: what is found so far has to do.
    if (problem === tooLarge || problem?.code === 'too-deep') return findings
    if (!problem && typeof current === 'object' && current !== null) {
      open.push(opened(current))
      if (Object.hasOwn(current, '__proto__'))
        findings.push({ ...protoKey, path: [...pathTo(open.slice(0, -1)), '__proto__'] })
    }
    if (findings.length > limits.maxIssues) return findings
    while (open.length > 0 && open.at(-1)!.next >= open.at(-1)!.length) open.pop()
    const below = open.at(-1)
    if (!below) return findings
    current = itemOf(below)
  }
}

function opened(holder: object): Open {
  if (Array.isArray(holder)) return { holder, keys: undefined, length: holder.length, next: 0 }
  const keys = Object.keys(holder).filter((key) => key !== '__proto__' && (holder as Fields)[key] !== undefined)
  return { holder, keys, length: keys.length, next: 0 }
}

type Fields = Readonly<Record<string | number, unknown>>

function itemOf(below: Open): unknown {
  const at = below.next++
  return (below.holder as Fields)[below.keys ? (below.keys[at] as string) : at]
}

const pathTo = (open: readonly Open[]): FieldPath =>
  open.map(({ keys, next }) => (keys ? (keys[next - 1] as string) : next - 1))

function problemOf(value: unknown, depth: number, limits: Limits, checkNumbers: boolean): Problem | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined
    case 'number':
      return checkNumbers && !isExactNumber(value) ? inexactNumber(value) : undefined
    case 'object': {
      if (value === null) return undefined
      if (depth >= limits.maxDepth) return tooDeep(limits)
      const tag = Object.prototype.toString.call(value)
      return tag === '[object Object]' || tag === '[object Array]' ? undefined : notJson(`a ${tag.slice(8, -1)}`)
    }
    default:
      return notJson(`a value of type ${typeof value}`)
  }
}

const isExactNumber = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))

const inexactNumber = (value: number): Problem => ({
  code: 'unsafe-number',
  message: `the number ${value} cannot be held exactly: write one between -9007199254740991 and 9007199254740991`,
})

const tooDeep = (limits: Limits): Problem => ({
  code: 'too-deep',
  message: `nested more than ${limits.maxDepth} levels deep, or a value that contains itself`,
})

const tooLarge: Problem = { code: 'too-large', message: `more than ${maxValues} values in one object` }

const protoKey: Problem = {
  code: 'forbidden-key',
  message: 'the key __proto__ is not accepted, as it would change an object’s prototype: remove it',
}

const notJson = (what: string): Problem => ({
  code: 'not-json',
  message: `expected JSON data (text, number, true, false, null, list, mapping), got ${what}`,
})
