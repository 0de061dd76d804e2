import { givenNumber, givenObject } from '../model/given'
import { answersOf } from '../simulate/answers/answers'
import type { Outcome } from '../simulate/outcome'
import { simulate } from '../simulate/simulate'
import type { SimulationInput } from '../simulate/simulation'
import { type ComparedNumber, numbersOf } from '../upgrade/compareRuns'
import { type Draw, drawOf } from './draw'

/** A mean or a share with the interval that holds it with 95 % confidence. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How a number is distributed over the runs that have it. */
export interface Distribution {
  readonly name: string
  readonly unit: ComparedNumber['unit']
  /** Runs that have it. */
  readonly runs: number
  readonly mean: Estimate
  readonly least: number
  readonly median: number
  /** Nine of ten runs have no more. */
  readonly ninetieth: number
  readonly most: number
  /** The seed of the run with the most: `make(drawOf(seed))` is that run again. */
  readonly seedOfMost: number
}

/** What came of many runs. */
export interface SweepReport {
  readonly runs: number
  readonly firstSeed: number
  /** Share of the runs, by how they ended. */
  readonly outcomes: Readonly<Partial<Record<Outcome, Estimate>>>
  readonly numbers: readonly Distribution[]
  /** Seeds of runs that did not end healthy, the first hundred. */
  readonly unhealthySeeds: readonly number[]
}

const mostRuns = 1_000_000
const mostSeeds = 100

/**
 * Many runs of a world that is drawn by chance: run n has seed `firstSeed + n`. What comes out follows from the seeds alone, so parts
 * of a sweep may run anywhere.
 *
 * @example
 * import { drawOf, sweep } from 'rollout-engine/scenario'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 60 } }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy, template }
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const report = sweep((draw) => ({
 *   manifests, events: [{ atSeconds: 600, image: 'web:2' }], pods: { readyAfterSeconds: Math.round(draw.around(30, 10)) },
 * }), { runs: 20 })
 * report.outcomes.healthy?.value // => 1
 */
export function sweep(
  make: (draw: Draw) => SimulationInput,
  options: { readonly runs?: number; readonly firstSeed?: number } = {},
): SweepReport {
  const { runs, firstSeed } = givenObject<typeof options>(options)
  const count = typeof make === 'function' ? wholeNumber(runs, 100, 0, mostRuns) : 0
  const first = wholeNumber(firstSeed, 1, 0, 2 ** 31)
  const outcomes = new Map<Outcome, number>()
  const columns = new Map<string, Column>()
  const unhealthySeeds: number[] = []
  for (let seed = first; seed < first + count; seed++) {
    const timeline = simulate(make(drawOf(seed)))
    outcomes.set(timeline.outcome, (outcomes.get(timeline.outcome) ?? 0) + 1)
    if (timeline.outcome !== 'healthy' && unhealthySeeds.length < mostSeeds) unhealthySeeds.push(seed)
    const answers = answersOf(timeline)
    for (const { name, unit, left: value } of numbersOf(answers, answers)) note(columns, { name, unit }, value, seed)
  }
  const shares = [...outcomes].sort(([left], [right]) => (left < right ? -1 : 1))
  return {
    runs: count,
    firstSeed: first,
    outcomes: Object.fromEntries(shares.map(([outcome, times]) => [outcome, shareOf(times, count)])),
    numbers: [...columns.values()].map(distributionOf),
    unhealthySeeds,
  }
}

function wholeNumber(value: unknown, byDefault: number, least: number, most: number): number {
  const number = givenNumber(value)
  return number === undefined || Number.isNaN(number) ? byDefault : Math.min(most, Math.max(least, Math.trunc(number)))
}

interface Column extends Pick<ComparedNumber, 'name' | 'unit'> {
  readonly values: { readonly value: number; readonly seed: number }[]
}

function note(
  columns: Map<string, Column>,
  { name, unit }: Pick<ComparedNumber, 'name' | 'unit'>,
  value: number | undefined,
  seed: number,
): void {
  if (value === undefined) return
  const column = columns.get(name) ?? { name, unit, values: [] }
  columns.set(name, column)
  column.values.push({ value, seed })
}

/** Of a normal distribution: 95 % lie so many deviations around the mean. */
const deviations = 1.959963984540054

function distributionOf({ name, unit, values }: Column): Distribution {
  const sorted = [...values].sort((left, right) => left.value - right.value || left.seed - right.seed)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]?.value ?? 0
  const most = at(1)
  return {
    name,
    unit,
    runs: sorted.length,
    mean: meanOf(sorted.map(({ value }) => value)),
    least: at(0),
    median: at(0.5),
    ninetieth: at(0.9),
    most,
    seedOfMost: sorted.find(({ value }) => value === most)?.seed ?? 0,
  }
}

function meanOf(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const error = values.length < 2 ? 0 : deviations * Math.sqrt(squares / (values.length - 1) / values.length)
  return { value: mean, low: mean - error, high: mean + error }
}

/** Wilson's interval: it says something sensible of none and of all as well. */
function shareOf(times: number, runs: number): Estimate {
  const share = times / runs
  const square = deviations ** 2
  const middle = (share + square / (2 * runs)) / (1 + square / runs)
  const half = (deviations / (1 + square / runs)) * Math.sqrt((share * (1 - share)) / runs + square / (4 * runs ** 2))
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
