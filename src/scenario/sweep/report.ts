import type { Outcome } from '../../simulate/outcome'
import { type ComparedNumber, numberNames } from '../../upgrade/compareRuns'
import { type Estimate, meanOf, runsIn, shareOf, valueAt } from './estimate'
import type { NumberPart, SweepPart } from './part'

/** How a number is distributed over the runs that have it. */
export interface Distribution {
  readonly name: string
  readonly unit: ComparedNumber['unit']
  /** Runs that have it. */
  readonly runs: number
  /** Digits that were kept of each value, where there were more than 2,000 different ones; absent: all. */
  readonly digits?: number
  readonly mean: Estimate
  readonly least: number
  readonly median: number
  /** Nine of ten runs have no more. */
  readonly ninetieth: number
  readonly most: number
  /** The seed of the run with the most: `make(drawOf(seed))` is that run again. */
  readonly seedOfMost: number
}

/** How often an expectation of a Simulation did not hold. */
export interface BrokenShare {
  readonly title: string
  /** Share of the runs in which it does not hold. */
  readonly broken: Estimate
  /** Seeds of such runs, the first hundred. */
  readonly seeds: readonly number[]
}

/** The result of many runs. */
export interface SweepReport {
  readonly runs: number
  readonly firstSeed: number
  /** Share of the runs, by how they ended. */
  readonly outcomes: Readonly<Partial<Record<Outcome, Estimate>>>
  readonly numbers: readonly Distribution[]
  /** Of Simulations with expectations. */
  readonly expectations: readonly BrokenShare[]
  /** Seeds of runs that did not end healthy, the first hundred. */
  readonly unhealthySeeds: readonly number[]
}

export function reportOf(part: SweepPart, firstSeed: number): SweepReport {
  const { runs, unhealthySeeds } = part
  return {
    runs,
    firstSeed,
    outcomes: Object.fromEntries(
      Object.entries(part.outcomes)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([outcome, times]) => [outcome, shareOf(times, runs)]),
    ),
    numbers: [...part.numbers].sort(byName).map(distributionOf),
    expectations: part.expectations.map(({ title, broken, seeds }) => ({
      title,
      broken: shareOf(broken, runs),
      seeds,
    })),
    unhealthySeeds,
  }
}

const byName = (left: NumberPart, right: NumberPart): number =>
  numberNames.indexOf(left.name) - numberNames.indexOf(right.name)

const distributionOf = ({ name, unit, digits, counts, least, most, seedOfMost }: NumberPart): Distribution => ({
  name,
  unit,
  runs: runsIn(counts),
  ...(digits !== undefined && { digits }),
  mean: meanOf(counts),
  least,
  median: valueAt(counts, 0.5),
  ninetieth: valueAt(counts, 0.9),
  most,
  seedOfMost,
})
