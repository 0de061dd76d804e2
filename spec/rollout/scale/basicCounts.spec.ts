import { describe, expect, test } from 'vitest'
import { type Story, sizes } from './world'

// Sizes that the controller's own calculation gave for a basic canary (behaviour 3.8.3). Of 4,000 random situations, all of which
// agreed, these are the smallest that notice every mistake of `npm run mutants` which any of them notices.

interface Situation {
  readonly replicas: number
  readonly maxSurge: number
  readonly maxUnavailable: number
  readonly setWeight: number
  readonly canary: readonly [wanted: number, available: number]
  readonly stable: readonly [wanted: number, available: number]
  readonly promoteFull?: boolean
  readonly expect: { readonly canary: number; readonly stable: number }
}

/** replicas, maxSurge, maxUnavailable, setWeight, canary wanted and available, stable wanted and available; what it comes to. */
type Row = readonly [number, number, number, number, number, number, number, number, '->', number, number]

const rows: readonly Row[] = [
  [1, 5, 5, 10, 3, 3, 3, 0, '->', 1, 3],
  [2, 5, 5, 99, 4, 3, 3, 0, '->', 2, 3],
  [1, 5, 0, 75, 0, 2, 0, 0, '->', 1, 1],
  [1, 0, 1, 10, 1, 3, 0, 0, '->', 0, 0],
  [2, 0, 1, 66, 0, 0, 3, 3, '->', 0, 1],
  [1, 0, 1, 99, 0, 0, 2, 1, '->', 0, 0],
  [2, 0, 5, 75, 0, 0, 2, 2, '->', 0, 2],
  [1, 5, 2, 0, 2, 2, 1, 1, '->', 0, 1],
  [2, 1, 5, 25, 3, 3, 1, 1, '->', 1, 1],
  [2, 5, 1, 10, 2, 2, 1, 1, '->', 1, 2],
  [3, 5, 0, 33, 2, 1, 2, 1, '->', 2, 2],
  [1, 5, 0, 1, 0, 0, 3, 3, '->', 1, 1],
  [5, 1, 0, 25, 3, 3, 5, 2, '->', 3, 5],
  [4, 0, 2, 100, 6, 0, 5, 1, '->', 3, 1],
  [1, 1, 1, 100, 3, 0, 3, 4, '->', 1, 1],
  [4, 0, 1, 75, 6, 0, 5, 5, '->', 1, 3],
  [3, 5, 2, 0, 4, 0, 0, 0, '->', 1, 3],
  [7, 2, 1, 75, 7, 0, 5, 5, '->', 4, 5],
]

const promoted: readonly Row[] = [
  [1, 1, 1, 1, 0, 0, 0, 0, '->', 1, 0],
  [1, 1, 1, 25, 1, 1, 1, 2, '->', 1, 0],
  [1, 5, 0, 100, 0, 2, 3, 3, '->', 1, 1],
]

const situationOf =
  (promoteFull: boolean) =>
  ([replicas, maxSurge, maxUnavailable, setWeight, cw, ca, sw, sa, , canary, stable]: Row): Situation => ({
    ...{ replicas, maxSurge, maxUnavailable, setWeight, promoteFull },
    canary: [cw, ca],
    stable: [sw, sa],
    expect: { canary, stable },
  })

const storyOf = ({ replicas, maxSurge, maxUnavailable, setWeight, canary, stable, promoteFull }: Situation): Story => ({
  replicas,
  stable: 1,
  pods: {
    1: { wanted: stable[0], available: stable[1] },
    2: { wanted: canary[0], available: canary[1] },
  },
  strategy: { canary: { steps: [{ setWeight }, { pause: {} }], maxSurge, maxUnavailable } },
  ...(promoteFull && { status: { promoteFull } }),
})

/** One of the two in each reconcile: stable first, then the canary. */
function scaledFirst(situation: Situation): Readonly<Record<number, number>> {
  const { canary, stable, expect: target } = situation
  if (target.stable !== stable[0]) return { 1: target.stable }
  return target.canary === canary[0] ? {} : { 2: target.canary }
}

describe('sizes of a basic canary', () => {
  test.for([...rows.map(situationOf(false)), ...promoted.map(situationOf(true))])(
    '$replicas replicas, surge $maxSurge, unavailable $maxUnavailable, weight $setWeight: canary $canary, stable $stable',
    (situation) => {
      expect(sizes(storyOf(situation))).toEqual(scaledFirst(situation))
    },
  )
})
