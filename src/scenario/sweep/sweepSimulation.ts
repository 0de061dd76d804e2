import { givenNumber, givenObject } from '../../model/given'
import type { Issue } from '../../model/issue'
import { isJsonObject, isWalkableList } from '../../model/json'
import { type BeginningReader, beginningReader } from '../beginning'
import type { NamedFiles } from '../deeds'
import type { Simulation } from '../document'
import { runBegun, runSimulation, type SimulationReport } from '../runSimulation'
import { collector, joinedAll, noRuns, type SweepPart } from './part'
import { reportOf, type SweepReport } from './report'
import { numbersIn, seedsOf } from './sweep'
import { drawSimulation } from './vary'

/** Which runs of a Simulation. */
export interface SweepOptions {
  /** Objects of the files that it names, as in `runSimulation`. */
  readonly files?: NamedFiles
  /** Default 100. */
  readonly runs?: number
  /** Run n has seed `firstSeed + n`. Default 1. */
  readonly firstSeed?: number
}

/**
 * Runs a Simulation many times; chance decides about the fields that `spec.vary` names. What is wrong with it comes
 * back as issues: those of the first run.
 *
 * @example
 * import { scenario, sweepSimulation } from 'rollout-engine/scenario'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 60 } }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy, template }
 * const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }
 * const { simulation } = scenario('slow pods', [rollout])
 *   .in({ untilSeconds: 900, vary: [{ field: 'pods.readyAfterSeconds', exponential: 20 }] })
 *   .at(10, { image: 'web:2' })
 *   .expect('phase == Healthy at 10m')
 * const { outcomes, expectations } = sweepSimulation(simulation, { runs: 20 })
 * outcomes.healthy?.value // => 1
 * expectations[0]?.broken.value // => 0
 */
export function sweepSimulation(
  simulation: Simulation,
  options: SweepOptions = {},
): SweepReport & { readonly issues: readonly Issue[] } {
  const { first } = seedsOf(options)
  const { files } = givenObject<SweepOptions>(options)
  const written = runSimulation(simulation, { ...(files && { files }) })
  if (written.timeline === undefined) return { ...reportOf(noRuns, first), issues: written.issues }
  const { issues } = runSimulation(drawSimulation(simulation, first), { ...(files && { files }) })
  return { ...reportOf(sweepPart(simulation, options), first), issues }
}

/**
 * The same runs as a part that can be sent, kept and joined with others: for workers. Nothing of it depends on where
 * or when it was made.
 *
 * @example
 * import { joinParts, scenario, sweepPart } from 'rollout-engine/scenario'
 * const { simulation } = scenario('nothing', [])
 * joinParts([sweepPart(simulation, { firstSeed: 1, runs: 2 }), sweepPart(simulation, { firstSeed: 3, runs: 5 })]).runs // => 7
 */
export function sweepPart(simulation: Simulation, options: SweepOptions = {}): SweepPart {
  return partOfSweep(simulation, options, beginningReader())
}

/** The same; parts that share a reader share what their runs begin with. */
export function partOfSweep(simulation: Simulation, options: SweepOptions, reader: BeginningReader): SweepPart {
  const { first, count } = seedsOf(options)
  const files = givenObject<NamedFiles>(givenObject<SweepOptions>(options).files)
  const { add, part } = collector()
  for (let seed = first; seed < first + count; seed++)
    add(resultOf(seed, runBegun(drawSimulation(simulation, seed), files, reader)))
  return part()
}

const resultOf = (seed: number, { timeline, expectations }: SimulationReport) => ({
  seed,
  outcome: timeline?.outcome ?? ('not-simulated' as const),
  numbers: timeline ? numbersIn(timeline) : [],
  expectations,
})

/**
 * Parts as one: the order does not matter. What is no part counts as no runs.
 *
 * @example
 * import { joinParts } from 'rollout-engine/scenario'
 * joinParts([]).runs // => 0
 */
export const joinParts = (parts: readonly SweepPart[]): SweepPart =>
  joinedAll((isWalkableList(parts) ? parts : []).filter(isPart))

/**
 * What people read of a part: shares, means and distributions with their confidence intervals.
 *
 * @example
 * import { joinParts, reportSweep } from 'rollout-engine/scenario'
 * reportSweep(joinParts([])).runs // => 0
 */
export const reportSweep = (part: SweepPart, options: Pick<SweepOptions, 'firstSeed'> = {}): SweepReport =>
  reportOf(isPart(part) ? part : noRuns, seedsOf(options).first)

const isNumber = (value: unknown): value is number => givenNumber(value) !== undefined

/** Holes of a list count as items: `every` of the list itself would pass them over. */
const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  isWalkableList(value) && Array.from(value).every(isItem)

const isCounts = (value: unknown): boolean =>
  isListOf(value, (one) => isWalkableList(one) && one.length === 2 && isNumber(one[0]) && isNumber(one[1]))

const isSeeds = (value: unknown): boolean => isListOf(value, isNumber)

const isNumberPart = (one: unknown): boolean =>
  isJsonObject(one) &&
  typeof one.name === 'string' &&
  typeof one.unit === 'string' &&
  (one.digits === undefined || isNumber(one.digits)) &&
  isCounts(one.counts) &&
  [one.least, one.most, one.seedOfMost].every(isNumber)

const isExpectationPart = (one: unknown): boolean =>
  isJsonObject(one) && typeof one.title === 'string' && isNumber(one.broken) && isSeeds(one.seeds)

/** A part may come from a file or over a network. */
export const isPart = (part: unknown): part is SweepPart =>
  isJsonObject(part) &&
  isNumber(part.runs) &&
  isJsonObject(part.outcomes) &&
  Object.values(part.outcomes).every(isNumber) &&
  isListOf(part.numbers, isNumberPart) &&
  isListOf(part.expectations, isExpectationPart) &&
  isSeeds(part.unhealthySeeds)
