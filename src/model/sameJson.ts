import { isOwn } from './json'

type Fields = Readonly<Record<string, unknown>>

/** Equality as JSON, where absent and undefined fields are the same. Identical objects are compared at once. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && sameItems(left, right)
  }
  return !Array.isArray(right) && sameFields(left as Fields, right as Fields)
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  for (let at = 0; at < left.length; at++) if (!sameJson(left[at], right[at])) return false
  return true
}

function sameFields(left: Fields, right: Fields): boolean {
  let surplus = 0
  for (const key in left) {
    const value = left[key]
    if (value === undefined || !isOwn.call(left, key)) continue
    if (!isOwn.call(right, key) || !sameJson(value, right[key])) return false
    surplus++
  }
  for (const key in right) if (right[key] !== undefined && isOwn.call(right, key)) surplus--
  return surplus === 0
}
