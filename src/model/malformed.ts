import type { Blocker } from './blocker'
import { isJsonObject } from './json'
import { parseTime } from './time'

/** An observation that a reducer has normalized. */
export interface Admitted<T> {
  /**
   * The observation itself if it is well-formed; otherwise the observation as the controller's tolerant decoder would
   * read it.
   */
  readonly observed: T
  /** One blocker for each field that was treated as missing. */
  readonly malformed: readonly Blocker[]
}

/** How many paths are reported one by one; one more blocker has the number of the others. */
const mostPaths = 100

/**
 * The entrance of a reducer: passes it a well-formed observation, and reports the fields that were treated as missing.
 */
export function admit<T extends { readonly now: string }>(mend: (given: unknown) => T, given: unknown): Admitted<T> {
  const observed = mend(given)
  const hasTime = parseTime(observed.now) !== undefined
  if (observed === given && hasTime) return { observed, malformed: none }
  const spoilt: Spoilt = { paths: [], count: 0 }
  if (!hasTime) note(spoilt, 'now')
  compare(spoilt, given, observed, '')
  return { observed, malformed: blockersOf(spoilt) }
}

/** Paths of the fields that were treated as missing, at most a hundred. */
export function mendedPaths(given: unknown, mended: unknown): readonly string[] {
  const spoilt: Spoilt = { paths: [], count: 0 }
  compare(spoilt, given, mended, '')
  return spoilt.paths
}

const none: readonly Blocker[] = []

interface Spoilt {
  readonly paths: string[]
  count: number
}

function note(spoilt: Spoilt, path: string): void {
  spoilt.count++
  if (spoilt.paths.length < mostPaths) spoilt.paths.push(path)
}

/**
 * Collects the path of every repaired field: `rollout.spec.strategy.canary.steps[0]`. Null is a missing value, which is
 * no error.
 */
function compare(spoilt: Spoilt, given: unknown, mended: unknown, path: string): void {
  if (Object.is(given, mended) || (given === null && mended === undefined) || path === 'now') return
  // Repairing keeps the length of a list, unless the list is too long.
  if (Array.isArray(given) && Array.isArray(mended) && given.length === mended.length) {
    for (let i = 0; i < given.length; i++) compare(spoilt, given[i], mended[i], `${path}[${i}]`)
  } else if (isJsonObject(given) && isJsonObject(mended)) {
    for (const key of Object.keys(given)) compare(spoilt, given[key], mended[key], path === '' ? key : `${path}.${key}`)
    for (const key of Object.keys(mended)) {
      if (!Object.hasOwn(given, key) && typeof mended[key] === 'object')
        note(spoilt, path === '' ? key : `${path}.${key}`)
    }
  } else if (given !== undefined || typeof mended === 'object') note(spoilt, path === '' ? 'the observation' : path)
}

function blockersOf({ paths, count }: Spoilt): readonly Blocker[] {
  const blockers = paths.map((path): Blocker => ({ code: 'malformed', data: { path } }))
  if (count === paths.length) return blockers
  return [...blockers, { code: 'malformedBeyond', data: { count: count - paths.length } }]
}
