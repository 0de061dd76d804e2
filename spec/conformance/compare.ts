import type { Difference } from './types'

type Json = unknown

const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Removes `null`, `{}` and `[]` recursively, as the vectors' README says. Returns undefined where nothing is left. */
export function prune(value: Json): Json {
  if (value === null || value === undefined) return undefined
  if (Array.isArray(value)) {
    const kept = value.map(prune).filter((item) => item !== undefined)
    return kept.length > 0 ? kept : undefined
  }
  if (isRecord(value)) {
    const kept: Record<string, Json> = Object.create(null)
    let some = false
    for (const key of Object.keys(value)) {
      const item = prune(value[key])
      if (item === undefined) continue
      kept[key] = item
      some = true
    }
    return some ? kept : undefined
  }
  return value
}

/** The first few places where two JSON values differ; key order never matters, array order does. */
export function firstDifferences(expected: Json, got: Json, path = '', most = 5): Difference[] {
  const found: Difference[] = []
  collect(expected, got, path, found, most)
  return found
}

function collect(expected: Json, got: Json, path: string, found: Difference[], most: number): void {
  if (found.length >= most || Object.is(expected, got)) return
  if (Array.isArray(expected) && Array.isArray(got)) {
    for (let i = 0; i < Math.max(expected.length, got.length); i++)
      collect(expected[i], got[i], `${path}[${i}]`, found, most)
    return
  }
  if (isRecord(expected) && isRecord(got)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
      const below = path === '' ? key : `${path}.${key}`
      collect(own(expected, key), own(got, key), below, found, most)
    }
    return
  }
  if (expected === 0 && got === 0) return
  found.push({ path, expected, got })
}

export const own = (record: Readonly<Record<string, Json>>, key: string): Json =>
  Object.hasOwn(record, key) ? record[key] : undefined

/** Every place where a value changed: its path, and the new value as JSON (`nothing` where it is gone). */
export function changedPlaces(before: Json, after: Json, path: string): Record<string, string> {
  const changed = firstDifferences(before, after, path, Number.POSITIVE_INFINITY)
  return Object.fromEntries(changed.flatMap(({ path, got }) => leaves(got, path)))
}

function leaves(value: Json, path: string): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => leaves(item, `${path}[${i}]`))
  if (isRecord(value)) return Object.keys(value).flatMap((key) => leaves(value[key], path ? `${path}.${key}` : key))
  return [[path || '(whole)', JSON.stringify(value) ?? 'nothing']]
}
