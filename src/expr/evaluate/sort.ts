import type { Spend } from '../values/value'

/**
 * Up to this many elements Go sorts by insertion, so that equal ones keep their order and the first failing pair is
 * known.
 */
const insertionLength = 12

/**
 * A sorted copy. Longer arrays are merge sorted: equal elements keep their order, which Go does not promise for them.
 */
export function sorted<T>(items: readonly T[], less: (one: T, other: T) => boolean, spend: Spend): T[] {
  spend(items.length)
  if (items.length <= insertionLength) return insertionSorted(items, less)
  const middle = items.length >> 1
  const left = sorted(items.slice(0, middle), less, spend)
  const right = sorted(items.slice(middle), less, spend)
  const merged: T[] = []
  let i = 0
  let k = 0
  while (i < left.length && k < right.length) merged.push(less(right[k]!, left[i]!) ? right[k++]! : left[i++]!)
  while (i < left.length) merged.push(left[i++]!)
  while (k < right.length) merged.push(right[k++]!)
  return merged
}

function insertionSorted<T>(items: readonly T[], less: (one: T, other: T) => boolean): T[] {
  const copy = [...items]
  for (let i = 1; i < copy.length; i++) {
    for (let k = i; k > 0 && less(copy[k]!, copy[k - 1]!); k--) {
      const swapped = copy[k]!
      copy[k] = copy[k - 1]!
      copy[k - 1] = swapped
    }
  }
  return copy
}
