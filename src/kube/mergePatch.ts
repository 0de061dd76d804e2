import { isJsonObject } from '../model/json'

/**
 * Applies a JSON merge patch (RFC 7386): absent keys stay, null removes, objects merge, everything else replaces.
 * Nothing is mutated; what the patch leaves alone is shared.
 */
export function applyMergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isJsonObject(patch) || depth > 200) return patch
  const base = isJsonObject(target) ? target : {}
  const merged: Record<string, unknown> = { ...base }
  for (const key of Object.keys(patch)) {
    const value = patch[key]
    if (value === undefined) continue
    if (value === null) delete merged[key]
    else define(merged, key, applyMergePatch(Object.hasOwn(base, key) ? base[key] : undefined, value, depth + 1))
  }
  return merged
}

/** An own property, also where the key is `__proto__`. */
function define(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
  else record[key] = value
}
