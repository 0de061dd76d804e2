import type { Limits } from './limits'
import type { FieldPath, Finding, Problem } from './places'

interface Place {
  readonly value: unknown
  readonly above: Place | undefined
  readonly key: string | number
  readonly depth: number
}

/** Values of one object; shared ones count as often as they are reached. */
const maxNodes = 5_000_000

/**
 * Whether a value is plain JSON data that the readers may walk: no cycles, not too deep, no functions, dates or class
 * instances, no numbers that are not exact, no key `__proto__` (it would change an object's prototype in careless code
 * further on). Iterative, so that no nesting is too deep for it. Values that are `undefined` count as absent.
 */
export function problemsOfData(value: unknown, limits: Limits, checkNumbers: boolean): readonly Finding[] {
  const findings: Finding[] = []
  const open: Place[] = [{ value, above: undefined, key: '', depth: 0 }]
  let nodes = 0
  for (let place = open.pop(); place; place = open.pop()) {
    const problem = ++nodes > maxNodes ? tooLarge : problemOf(place, limits, checkNumbers)
    if (problem) findings.push({ ...problem, path: pathTo(place) })
    // Neither a cycle nor a value that is shared over and over has an end: what is found so far has to do.
    if (problem === tooLarge || problem?.code === 'too-deep') return findings
    if (!problem && typeof place.value === 'object' && place.value !== null) {
      if (!addBelow(open, place, place.value)) findings.push({ ...protoKey, path: [...pathTo(place), '__proto__'] })
    }
    if (findings.length > limits.maxIssues) return findings
  }
  return findings.reverse()
}

/** False where there is a key `__proto__`. */
function addBelow(open: Place[], above: Place, value: object): boolean {
  const depth = above.depth + 1
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) open.push({ value: value[i], above, key: i, depth })
    return true
  }
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key]
    if (item !== undefined && key !== '__proto__') open.push({ value: item, above, key, depth })
  }
  return !Object.hasOwn(value, '__proto__')
}

function pathTo(place: Place): FieldPath {
  const path: (string | number)[] = []
  for (let at: Place | undefined = place; at?.above; at = at.above) path.push(at.key)
  return path.reverse()
}

function problemOf(place: Place, limits: Limits, checkNumbers: boolean): Problem | undefined {
  const { value, depth } = place
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

const tooLarge: Problem = { code: 'too-large', message: `more than ${maxNodes} values in one object` }

const protoKey: Problem = {
  code: 'forbidden-key',
  message: 'the key __proto__ is not accepted, as it would change an object’s prototype: remove it',
}

const notJson = (what: string): Problem => ({
  code: 'not-json',
  message: `expected JSON data (text, number, true, false, null, list, mapping), got ${what}`,
})
