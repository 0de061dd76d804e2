import { isJsonObject, isWalkableList } from '../model/json'

/** One field that differs between two objects. A value that one of them lacks is absent. */
export interface FieldDifference {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

const mostDifferences = 1000

/**
 * The differences of two objects, field by field, in the order of the fields: `spec.http[0].route[1].weight`. Lists are
 * compared by index. At most 1000 differences.
 *
 * @example
 * import { fieldDifferences } from 'rollout-engine/simulate'
 * fieldDifferences({ weight: 0, port: 80 }, { weight: 20, port: 80 }) // => [{ path: 'weight', before: 0, after: 20 }]
 */
export function fieldDifferences(before: unknown, after: unknown): readonly FieldDifference[] {
  const comparison: Comparison = { found: [], fieldsLeft: mostFields }
  collect(comparison, before, after, '', 0)
  return comparison.found
}

/** Deeper fields, and lists longer than any in a real cluster, are reported as a whole. */
const deepest = 200

/** Objects that contain themselves are infinitely deep. */
const mostFields = 1_000_000

interface Comparison {
  readonly found: FieldDifference[]
  fieldsLeft: number
}

function collect(comparison: Comparison, before: unknown, after: unknown, path: string, depth: number): void {
  const { found } = comparison
  if (found.length >= mostDifferences || Object.is(before, after) || comparison.fieldsLeft-- <= 0) return
  if (depth < deepest && isWalkableList(before) && isWalkableList(after)) {
    for (let at = 0; at < Math.max(before.length, after.length); at++) {
      collect(comparison, before[at], after[at], `${path}[${at}]`, depth + 1)
    }
    return
  }
  if (depth < deepest && isJsonObject(before) && isJsonObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      collect(comparison, before[key], after[key], path === '' ? key : `${path}.${key}`, depth + 1)
    }
    return
  }
  found.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) })
}
