import { randomOf } from '../random'
import { placesOf } from './fields'
import type { Observed } from './observations'

// The whole product (65,000 recorded observations, some 300 fields each, 49 values: a billion decisions) takes weeks. Most of it is
// the same again: the same field with the same value in an observation that differs elsewhere. So fields are sorted: by the reducer,
// by the path, and by what the reducer decides to do first (or what it waits for). Each sort gets every value, each in another of the
// observations that have the field, as far as there are so many.

/** A field of a reducer in decisions of one kind, and numbers of observations that have it. */
export interface Sort {
  readonly reducer: string
  readonly path: string
  /** How many observations have it. */
  seen: number
  /** Some of them, drawn by the seed: no more than there are values. */
  readonly holders: number[]
}

export type Sorts = Map<string, Sort>

/** What a decision does first, else what it waits for first. */
export function deedOf(decision: unknown): string {
  const {
    changes = [],
    blockers = [],
    error,
  } = (decision ?? {}) as {
    readonly changes?: readonly { readonly kind: string }[]
    readonly blockers?: readonly { readonly code: string }[]
    readonly error?: object
  }
  return `${error ? 'error after ' : ''}${changes[0]?.kind ?? blockers[0]?.code ?? 'nothing'}`
}

/** Notes the fields of the observation with this number. */
export function noteFields(
  sorts: Sorts,
  { reducer, observation, reduce }: Observed,
  number: number,
  most: number,
): void {
  const deed = deedOf(reduce(observation))
  for (const path of placesOf(observation).keys()) {
    const key = `${reducer} ${path} ${deed}`
    const sort = sorts.get(key)
    if (!sort) {
      sorts.set(key, { reducer, path, seen: 1, holders: [number] })
      continue
    }
    sort.seen++
    if (sort.holders.length < most) {
      sort.holders.push(number)
      continue
    }
    // Every holder stays with the same likelihood, however many there are.
    const place = randomOf(sort.seen, number).below(sort.seen)
    if (place < most) sort.holders[place] = number
  }
}

/** What is tried with one observation. */
export interface Trial {
  readonly path: string
  /** Index of the hostile value. */
  readonly value: number
}

/**
 * What is tried, by the number of the observation. Each field of a reducer gets every value; each of its sorts gets `least` of
 * them, or more where there are few sorts. With `least` of all values every sort gets them all.
 */
export function trialsOf(sorts: Sorts, values: number, least: number): ReadonlyMap<number, readonly Trial[]> {
  const trials = new Map<number, Trial[]>()
  const add = (holder: number, trial: Trial): void => {
    const list = trials.get(holder)
    if (list) list.push(trial)
    else trials.set(holder, [trial])
  }
  for (const sortsOfField of byField(sorts)) {
    const each = Math.min(values, Math.max(least, Math.ceil(values / sortsOfField.length)))
    for (const [index, { path, holders }] of sortsOfField.entries())
      for (let step = 0; step < each; step++)
        add(holders[step % holders.length]!, { path, value: (index * each + step) % values })
  }
  return trials
}

function byField(sorts: Sorts): readonly (readonly Sort[])[] {
  const fields = new Map<string, Sort[]>()
  for (const sort of sorts.values()) {
    const key = `${sort.reducer} ${sort.path}`
    const list = fields.get(key)
    if (list) list.push(sort)
    else fields.set(key, [sort])
  }
  return [...fields.values()]
}
