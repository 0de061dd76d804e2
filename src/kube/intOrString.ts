import type { IntOrString } from '../model/meta'

const largest = 2 ** 63

/**
 * The number that Kubernetes reads out of an int-or-string: a text that is no whole decimal number counts as 0, so an
 * unresolved `{{args.count}}` does too (behaviour 1.5). Texts beyond an int64 count as its nearest end.
 */
export function intValue(value: IntOrString | null | undefined): number {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : 0
  if (typeof value !== 'string' || !/^[+-]?\d+$/.test(value)) return 0
  return Math.min(Math.max(Number(value), -largest), largest)
}

/** The same, cut to 32 bits as the controller does where it compares with counters. */
export function int32Value(value: IntOrString | null | undefined): number {
  const number = intValue(value)
  return number >= largest ? -1 : number | 0
}
