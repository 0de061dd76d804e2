import type { Casualty } from './attack'

/** A function under attack, and the number of the input to begin with. */
export interface Job {
  readonly entry: string
  readonly name: string
  readonly from: number
  /** The number of the first input that is not tried. */
  readonly until: number
  /** Seconds of processor time that it may still take. */
  readonly seconds: number
}

/** What a child is to do. */
export type Order =
  | {
      readonly kind: 'attack'
      readonly seed: number
      /** One after the other: a child of its own for each would spend its time on loading. */
      readonly jobs: readonly Job[]
      /** Milliseconds of `Date.now()` at which it ends where it is. */
      readonly deadline: number
      /** Every input is told before it is tried. */
      readonly isExact: boolean
    }
  | {
      readonly kind: 'shrink'
      readonly seed: number
      readonly entry: string
      readonly name: string
      readonly index: number
      readonly picks: readonly number[]
      /** Smaller inputs that are tried of one. */
      readonly mostPicks: number
    }

/** What is known at the end of a function's share, or of a piece of it. */
export interface Ended {
  readonly heapMegabytes: number
  /** Of processor time. */
  readonly seconds: number
}

/** What a child says. */
export type Told =
  | { readonly key: string; readonly done: number; readonly casualty?: Casualty; readonly ended?: Ended }
  | { readonly trying: number }

/** How the state names a function. */
export const keyOf = ({ entry, name }: Pick<Job, 'entry' | 'name'>): string => `${entry} ${name}`
