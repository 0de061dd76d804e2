import { randomOf } from '../random'
import { type Field, fieldsOf } from './fields'
import type { Observed } from './observations'

// The whole product (65,000 recorded observations, some 350 fields each, 49 values: a billion decisions) takes weeks. Most of it is
// the same again: the same field with the same value in an observation that differs elsewhere. So the sweep goes in rounds. In each,
// every distinct field of a family gets every value once, each time in another of the observations that have the field, until all of
// them had it.

/** A distinct field of a family, and the numbers of the observations that have it, in an order that the seed gives. */
interface Place {
  readonly path: string
  readonly holders: readonly number[]
}

export interface Plan {
  readonly places: readonly Place[]
  /** How many decisions a round makes at most. */
  readonly roundLength: number
  readonly seed: number
  readonly values: number
}

export interface Step {
  readonly path: string
  /** Number of the observation. */
  readonly holder: number
  readonly value: number
}

export function planOf(observations: Iterable<Observed>, seed: number, values: number): Plan {
  const holders = new Map<string, number[]>()
  let count = 0
  for (const { observation } of observations) {
    for (const path of new Set(fieldsOf(observation).map(({ path }) => path))) {
      const list = holders.get(path)
      if (list) list.push(count)
      else holders.set(path, [count])
    }
    count++
  }
  const places = [...holders].map(([path, list], index) => ({ path, holders: shuffled(list, seed, index) }))
  return { places, roundLength: places.length * values, seed, values }
}

function shuffled(list: readonly number[], seed: number, index: number): readonly number[] {
  const random = randomOf(seed, index)
  const next = [...list]
  for (let at = next.length - 1; at > 0; at--) {
    const other = random.below(at + 1)
    ;[next[at], next[other]] = [next[other]!, next[at]!]
  }
  return next
}

/** The step with this number, counted over all rounds; undefined where everybody who has the field had the value already. */
export function stepOf({ places, roundLength, values }: Plan, number: number): Step | undefined {
  const round = Math.floor(number / roundLength)
  const place = places[Math.floor((number % roundLength) / values)]!
  const value = number % values
  if (round >= place.holders.length) return undefined
  return { path: place.path, holder: place.holders[(round + value) % place.holders.length]!, value }
}

/** The places whose every holder had every value after so many rounds. */
export const exhausted = ({ places }: Plan, rounds: number): number =>
  places.filter(({ holders }) => holders.length <= rounds).length

/** Where in this observation the field is; one of its places by the number of the step. */
export function fieldIn({ observation }: Observed, path: string, seed: number, number: number): Field {
  const found = fieldsOf(observation).filter((field) => field.path === path)
  return randomOf(seed, number).pick(found)
}
