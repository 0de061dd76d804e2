import type { Casualty } from './attack'

interface Whom {
  readonly entry: string
  readonly name: string
  readonly seed: number
  /** Smaller inputs that are tried of one. */
  readonly mostPicks: number
}

/** What a child is to do. */
export type Order = Whom &
  (
    | {
        readonly kind: 'attack'
        readonly from: number
        readonly until: number
        /** Milliseconds of `Date.now()` at which it ends where it is. */
        readonly deadline: number
        /** Every input is told before it is tried. */
        readonly isExact: boolean
      }
    | { readonly kind: 'shrink'; readonly index: number; readonly picks: readonly number[] }
  )

/** What a child says. */
export type Told =
  | { readonly done: number; readonly casualty?: Casualty; readonly heapMegabytes?: number }
  | { readonly trying: number }
