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
  'lostEvents',
  'edits',
  'people',
  'longWait',
  'firstInstall',
] as const

/** Where nobody's manifests are tried: they would say something about every Rollout. */
const wideDisturbances = ['anyEdit', 'upgrade'] as const

export type Disturbance = (typeof disturbances)[number] | (typeof wideDisturbances)[number] | (typeof everyday)[number]

const mostDisturbances = 6

/** Swarm: few of them at a time, or they hide each other. */
export const disturbancesOfRun = (isWide: boolean): fc.Arbitrary<readonly Disturbance[]> =>
  fc
    .tuple(
      fc.subarray([...everyday]),
      fc.subarray([...disturbances, ...(isWide ? wideDisturbances : [])], { maxLength: mostDisturbances }),
    )
    .map(([people, faults]) => [...people, ...faults])
