type Fields = Readonly<Record<string, unknown>>

/** Equality as JSON, where absent and undefined fields are the same. Identical objects are compared at once. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, at) => sameJson(item, right[at]))
  }
  return !Array.isArray(right) && sameFields(left as Fields, right as Fields)
}

function sameFields(left: Fields, right: Fields): boolean {
  let surplus = 0
  for (const key of Object.keys(left)) {
    const value = left[key]
    if (value === undefined) continue
    if (!Object.hasOwn(right, key) || !sameJson(value, right[key])) return false
    surplus++
  }
  for (const key of Object.keys(right)) if (right[key] !== undefined) surplus--
  return surplus === 0
}
