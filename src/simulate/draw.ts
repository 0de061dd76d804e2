import { givenList, givenNumber } from '../model/given'

/** Random numbers that follow from a seed: the same seed draws the same ones, in the same order. */
export interface Draw {
  readonly seed: number
  /** From 0 up to, and without, 1. */
  readonly next: () => number
  /** Evenly between two numbers. */
  readonly between: (least: number, most: number) => number
  /** Around a mean, as many independent small causes make it; never less than 0. */
  readonly around: (mean: number, deviation: number) => number
  /** Many small ones and a few large ones, as waits are. */
  readonly exponential: (mean: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T | undefined
}

/**
 * The random numbers of a seed.
 *
 * @example
 * import { drawOf } from 'rollout-engine/scenario'
 * drawOf(7).between(10, 20) === drawOf(7).between(10, 20) // => true
 */
export function drawOf(seed: number): Draw {
  let state = Math.trunc(givenNumber(seed) ?? 0) >>> 0
  // Mulberry32: 32 bits of state, good enough for worlds, the same everywhere.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    seed,
    next,
    between: (least, most) => least + (most - least) * next(),
    around: (mean, deviation) => {
      // The sum of twelve even draws has deviation 1, without functions that differ between machines.
      const sum = Array.from({ length: 12 }, next).reduce((total, one) => total + one, -6)
      return Math.max(0, mean + deviation * sum)
    },
    exponential: (mean) => -mean * Math.log(1 - next()),
    chance: (probability) => next() < probability,
    pick: (items) => givenList(items)[Math.floor(next() * givenList(items).length)],
  }
}
