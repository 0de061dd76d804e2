import { isJsonObject } from '../model/json'

/**
 * Whether `right` contains everything in `left`: empty strings, lists and objects of `left` are ignored, lists may be
 * longer in `right` (upstream: `Semantic.DeepDerivative` on JSON). A missing `left` is not a template at all, so it
 * derives nothing.
 */
export function derives(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false
  if (left === null || left === '') return true
  if (Array.isArray(left)) {
    if (left.length === 0) return true
    return Array.isArray(right) && left.length <= right.length && left.every((one, at) => derives(one, right[at]))
  }
  if (!isJsonObject(left)) return left === right
  const keys = Object.keys(left)
  if (keys.length === 0) return true
  if (!isJsonObject(right) || keys.length > Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && derives(left[key], right[key]))
}
