import { givenObject } from '../model/given'
import { isJsonObject, isWalkableList, type JsonObject, ownValue } from '../model/json'
import { sameJson } from '../model/sameJson'

/** One operation of a JSON patch (RFC 6902) on a status. */
export type StatusPatchOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }

/** The same change of a status in the two forms that API servers take. Both are empty if nothing changes. */
export interface StatusPatch {
  /** RFC 7386: `{ status: { ... } }`, with null where a field goes. */
  readonly mergePatch: { readonly status?: JsonObject }
  /** RFC 6902: first a test that the status is still the one that was observed, then one operation for each field. */
  readonly jsonPatch: readonly StatusPatchOperation[]
}

/**
 * The patch that turns one status into another, with every field that has to go. A merge patch of the new status alone
 * leaves cleared fields behind: a pause that is over would still be there, and the next timed pause would be skipped.
 *
 * `before`: the status as observed, absent if the object has none yet. `after`: what the reducer decided. Lists are
 * replaced as a whole. Fields that are null in either go, as API servers drop them: a store that keeps nulls has none
 * afterwards.
 *
 * The merge patch does not notice that somebody else wrote the status in between: send `metadata.resourceVersion` with
 * it. The JSON patch is refused then.
 *
 * @example
 * import { statusPatch } from 'rollout-engine'
 * const { mergePatch, jsonPatch } = statusPatch({ phase: 'Paused', controllerPause: true }, { phase: 'Healthy' })
 * mergePatch // => { status: { phase: 'Healthy', controllerPause: null } }
 * jsonPatch.map(({ op, path }) => `${op} ${path}`) // => ['test /status', 'replace /status/phase', 'remove /status/controllerPause']
 */
export function statusPatch(before: object | undefined, after: object): StatusPatch {
  const wanted = givenObject(after)
  if (!isJsonObject(before)) {
    const status = cleaned({ valuesLeft: mostValues }, wanted) as JsonObject
    return { mergePatch: { status }, jsonPatch: [{ op: 'add', path: '/status', value: status }] }
  }
  const patch: Patch = { operations: [], valuesLeft: mostValues }
  const merged = mergeOf(patch, before, wanted, '/status', 0)
  if (patch.operations.length === 0) return { mergePatch: {}, jsonPatch: [] }
  return {
    mergePatch: { status: merged },
    jsonPatch: [{ op: 'test', path: '/status', value: before }, ...patch.operations],
  }
}

interface Budget {
  valuesLeft: number
}

interface Patch extends Budget {
  readonly operations: StatusPatchOperation[]
}

/** No status has more, nor is it deeper; what contains itself has no end. */
const mostValues = 100_000
const deepest = 100

function mergeOf(patch: Patch, before: JsonObject, after: JsonObject, path: string, depth: number): JsonObject {
  const merged: [string, unknown][] = []
  for (const key of Object.keys(after)) {
    const [left, right] = [ownValue(before, key), ownValue(after, key)]
    if (isAbsent(right)) continue
    const place = `${path}/${pointerKey(key)}`
    if (isJsonObject(left) && isJsonObject(right) && depth < deepest) {
      const inner = mergeOf(patch, left, right, place, depth + 1)
      if (Object.keys(inner).length > 0) merged.push([key, inner])
      continue
    }
    const value = cleaned(patch, right, depth)
    if (depth < deepest && sameJson(cleaned(patch, left, depth), value)) continue
    merged.push([key, value])
    patch.operations.push({ op: isAbsent(left) ? 'add' : 'replace', path: place, value })
  }
  for (const key of Object.keys(before)) {
    if (before[key] === undefined || !isAbsent(ownValue(after, key))) continue
    merged.push([key, null])
    patch.operations.push({ op: 'remove', path: `${path}/${pointerKey(key)}` })
  }
  return Object.fromEntries(merged) as JsonObject
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null

/** Without the fields that are null or undefined; nulls in lists stay. */
function cleaned(budget: Budget, value: unknown, depth = 0): unknown {
  if (depth > deepest || budget.valuesLeft-- <= 0) return value
  if (isWalkableList(value)) return value.map((item) => cleaned(budget, item, depth + 1))
  if (!isJsonObject(value)) return value
  const fields = Object.entries(value).filter(([, field]) => !isAbsent(field))
  return Object.fromEntries(fields.map(([key, field]) => [key, cleaned(budget, field, depth + 1)]))
}

/** A key as a part of a JSON pointer (RFC 6901). */
const pointerKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')
