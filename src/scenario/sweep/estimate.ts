/** A mean or a share with the interval that holds it with 95 % confidence. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Of a normal distribution: 95 % are within so many deviations of the mean. */
const deviations = 1.959963984540054

/** How often each value was seen, the least value first. */
export type Counts = readonly (readonly [value: number, times: number])[]

export const runsIn = (counts: Counts): number => counts.reduce((sum, [, times]) => sum + times, 0)

/** The order of additions is that of the values, so the same values give the same bytes in any order of counting. */
export function meanOf(counts: Counts): Estimate {
  const runs = runsIn(counts)
  const mean = counts.reduce((sum, [value, times]) => sum + value * times, 0) / runs
  const squares = counts.reduce((sum, [value, times]) => sum + (value - mean) ** 2 * times, 0)
  const error = runs < 2 ? 0 : deviations * Math.sqrt(squares / (runs - 1) / runs)
  return { value: mean, low: mean - error, high: mean + error }
}

/** Wilson's interval: it says something sensible about none and all as well. */
export function shareOf(times: number, runs: number): Estimate {
  const share = times / runs
  const square = deviations ** 2
  const middle = (share + square / (2 * runs)) / (1 + square / runs)
  const half = (deviations / (1 + square / runs)) * Math.sqrt((share * (1 - share)) / runs + square / (4 * runs ** 2))
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** The value that `share` of the runs do not exceed. */
export function valueAt(counts: Counts, share: number): number {
  const rank = Math.min(runsIn(counts) - 1, Math.floor(share * runsIn(counts)))
  let before = 0
  for (const [value, times] of counts) {
    before += times
    if (rank < before) return value
  }
  return 0
}
