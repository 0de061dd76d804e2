import { givenList, givenNumber, givenObject } from '../model/given'
import type { RolloutOptions } from '../rollout/observation'
import { knownInvariants } from './catalog'
import type { Invariant } from './invariant'
import { mostReconciles, mostRuns } from './limits'
import type { Scenario } from './scenario'
import { scenarioProblem } from './scenarioProblem'

/** Options of a check. */
export interface CheckOptions {
  /** Sentences that have to hold. Default: all of `knownInvariants`. */
  readonly invariants?: readonly Invariant[]
  /** Which Rollout; needed only if there are several. */
  readonly name?: string
  /** Random runs, 1,000,000 at most. Default 200. */
  readonly runs?: number
  /** The same seed tries the same runs. Default 1. */
  readonly seed?: number
  /** Which controller, and its settings. */
  readonly options?: RolloutOptions
  /** An install, an update or a run that takes more reconciles is cut off. Default 20,000, and 10,000 for a run. */
  readonly maxReconciles?: number
  /** Smaller runs that are tried for each sentence that does not hold, 100,000 at most. Default 2,000. */
  readonly mostShrinks?: number
  /** Runs of an earlier check, from its report: they are tried first, and changed. The first 1,000 count. */
  readonly corpus?: readonly Scenario[]
}

/** The options with every default filled in. */
export interface ReadOptions {
  readonly invariants: readonly Invariant[]
  readonly name: string | undefined
  readonly runs: number
  readonly seed: number
  readonly options: RolloutOptions
  readonly maxReconciles: number
  readonly mostShrinks: number
  readonly corpus: readonly Scenario[]
}

/** The options; values of a wrong type count as missing. */
export function readOptions(given: unknown): ReadOptions {
  const { invariants, name, runs, seed, options, ...more } = givenObject<CheckOptions>(given)
  const { maxReconciles, mostShrinks, corpus } = more
  return {
    invariants: invariants === undefined ? knownInvariants : givenList(invariants).filter(isInvariant),
    name: typeof name === 'string' ? name : undefined,
    runs: wholeNumber(runs, 200, 1, mostRuns),
    seed: wholeNumber(seed, 1, -(2 ** 31), 2 ** 31 - 1),
    options: givenObject<RolloutOptions>(options),
    maxReconciles: wholeNumber(maxReconciles, mostReconciles, 1, mostReconciles),
    mostShrinks: wholeNumber(mostShrinks, 2000, 0, 100_000),
    corpus: givenList<Scenario>(corpus).slice(0, mostGivenRuns).filter(isSmallScenario),
  }
}

/** Runs of an earlier check. */
export const mostGivenRuns = 1000
const mostGivenEvents = 100

const isSmallScenario = (given: Scenario): boolean =>
  scenarioProblem(given) === undefined && given.events.length <= mostGivenEvents

function wholeNumber(value: unknown, byDefault: number, least: number, most: number): number {
  const number = givenNumber(value)
  return number === undefined || Number.isNaN(number) ? byDefault : Math.min(most, Math.max(least, Math.trunc(number)))
}

export function isInvariant(value: unknown): value is Invariant {
  const { id, sentence, start } = givenObject<Partial<Invariant>>(value)
  return typeof id === 'string' && typeof sentence === 'string' && typeof start === 'function'
}
