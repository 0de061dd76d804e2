import * as fc from 'fast-check'

/** What happens every day: each of them is in half of the runs. */
const everyday = ['updates', 'commands', 'verdicts'] as const

/** The events of a run: faults and commands. A run has a random subset of them, so that rare pairs occur. */
const disturbances = [
  'lostPods',
  'scaling',
  'autoscaler',
  'crashes',
  'slowPods',
  'failingStable',
  'routerRefuses',
  'routerLag',
  'routerLies',
  'stale',
  'edits',
  'people',
  'afterUpdate',
  'longWait',
  'firstInstall',
] as const

/** Faults that explain almost anything: a run has at most one of them, and most have none. */
const strange = ['lostEvents', 'repeats', 'clockSteps', 'otherWriters'] as const

/** Where nobody's manifests are tried: they would say something about every Rollout. */
const wideDisturbances = ['anyEdit'] as const
const wideStrange = ['upgrade'] as const

export type Disturbance =
  | (typeof everyday)[number]
  | (typeof disturbances)[number]
  | (typeof strange)[number]
  | (typeof wideDisturbances)[number]
  | (typeof wideStrange)[number]

const strangeOnes: ReadonlySet<string> = new Set([...strange, ...wideStrange])

export const isStrange = (disturbance: string): boolean => strangeOnes.has(disturbance)

const mostDisturbances = 6

/** Swarm: few of them at a time, or they hide each other. */
export const disturbancesOfRun = (isWide: boolean): fc.Arbitrary<readonly Disturbance[]> =>
  fc
    .tuple(
      fc.subarray([...everyday]),
      fc.subarray([...disturbances, ...(isWide ? wideDisturbances : [])], { maxLength: mostDisturbances }),
      fc.oneof(
        { arbitrary: fc.constant([]), weight: 4 },
        fc.constantFrom(...strange, ...(isWide ? wideStrange : [])).map((one) => [one]),
      ),
    )
    .map((parts) => parts.flat())
