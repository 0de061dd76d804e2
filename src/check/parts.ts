import type { CheckReport } from './check'
import { joinedCoverage } from './coverage'
import { mostGivenRuns } from './options'
import type { Scenario } from './scenario'

/** Some of the runs of a check. */
export interface CheckPart {
  readonly seed: number
  readonly runs: number
  /** Runs of an earlier check: each part begins with some of them. */
  readonly corpus?: readonly Scenario[]
  /** Ids of invariants that earlier parts have violated: they need no counterexample of this part. */
  readonly found?: readonly string[]
}

/** Runs that are tried together: a check of no more is one part, and the same as `tryStrategy`. */
export const runsOfPart = 200

/** Parts of a check that may be tried beside each other. They depend on its seed and its runs only. */
export function partsOf({ seed, runs, corpus = [] }: CheckPart): readonly CheckPart[] {
  const count = Math.ceil(runs / runsOfPart)
  return Array.from({ length: count }, (_, index) => ({
    seed: seed + index * runsOfPart,
    runs: Math.min(runsOfPart, runs - index * runsOfPart),
    ...(corpus.length > 0 && { corpus: corpus.filter((_, place) => place % count === index) }),
  }))
}

/** The invariants that the parts so far have violated. */
export const foundBy = (reports: readonly CheckReport[]): readonly string[] => [
  ...new Set(reports.flatMap(({ counterexamples }) => counterexamples.map(({ invariant }) => invariant))),
]

/** The report of a whole check: of each sentence that does not hold, the run that its earliest part found. */
export function joinedReport(first: CheckReport, others: readonly CheckReport[]): CheckReport {
  const all = [first, ...others]
  const found = new Map<string, CheckReport['counterexamples'][number]>()
  for (const one of all.flatMap(({ counterexamples }) => counterexamples))
    if (!found.has(one.invariant)) found.set(one.invariant, one)
  return {
    ...first,
    passed: all.every(({ passed }) => passed),
    runs: all.reduce((sum, { runs }) => sum + runs, 0),
    coverage: all.map(({ coverage }) => coverage).reduce(joinedCoverage),
    counterexamples: [...found.values()],
    corpus: all.flatMap(({ corpus }) => corpus).slice(0, mostGivenRuns),
  }
}
