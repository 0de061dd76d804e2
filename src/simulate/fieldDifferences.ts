import { isJsonObject } from '../model/json'

/** One field that two objects have different. What one of them lacks is absent. */
export interface FieldDifference {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

const mostDifferences = 1000

/**
 * Where two objects differ, field by field, in the order of the fields: `spec.http[0].route[1].weight`. Lists are compared place by
 * place. At most 1000 differences.
 *
 * @example
 * import { fieldDifferences } from 'rollout-engine/simulate'
 * fieldDifferences({ weight: 0, port: 80 }, { weight: 20, port: 80 }) // => [{ path: 'weight', before: 0, after: 20 }]
 */
export function fieldDifferences(before: unknown, after: unknown): readonly FieldDifference[] {
  const found: FieldDifference[] = []
  collect(before, after, '', found)
  return found
}

function collect(before: unknown, after: unknown, path: string, found: FieldDifference[]): void {
  if (found.length >= mostDifferences || Object.is(before, after)) return
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let at = 0; at < Math.max(before.length, after.length); at++) {
      collect(before[at], after[at], `${path}[${at}]`, found)
    }
    return
  }
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      collect(before[key], after[key], path === '' ? key : `${path}.${key}`, found)
    }
    return
  }
  found.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) })
}
