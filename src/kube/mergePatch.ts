import { isJsonObject, ownValue, setOwn } from '../model/json'

/**
 * Applies a JSON merge patch (RFC 7386): absent keys stay, null removes, objects merge, everything else replaces.
 * Nothing is mutated; what the patch leaves alone is shared.
 */
export function applyMergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isJsonObject(patch) || depth > 200) return patch
  const base = isJsonObject(target) ? target : {}
  // Field by field: a copy of which fields are deleted is slow from then on.
  const merged: Record<string, unknown> = {}
  for (const key of Object.keys(base)) {
    const value = ownValue(patch, key)
    if (value === undefined) setOwn(merged, key, base[key])
    else if (value !== null) setOwn(merged, key, applyMergePatch(base[key], value, depth + 1))
  }
  for (const key of Object.keys(patch)) {
    const value = patch[key]
    if (value === undefined || value === null || Object.hasOwn(base, key)) continue
    setOwn(merged, key, applyMergePatch(undefined, value, depth + 1))
  }
  return merged
}
