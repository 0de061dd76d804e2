import { givenNumber, givenObject } from '../../model/given'
import { answersOfRun } from '../../simulate/answers/answers'
import { type Draw, drawOf } from '../../simulate/draw'
import { simulate } from '../../simulate/simulate'
import type { SimulationInput, Timeline } from '../../simulate/simulation'
import { numbersOf } from '../../upgrade/compareRuns'
import { collector, type RunResult } from './part'
import { reportOf, type SweepReport } from './report'

const mostRuns = 1_000_000

/**
 * Many runs of a world that is drawn by chance: run n has seed `firstSeed + n`. What comes out follows from the seeds
 * alone, so parts of a sweep may run anywhere.
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
  const { first, count } = seedsOf(options)
  const { add, part } = collector()
  const last = typeof make === 'function' ? first + count : first
  for (let seed = first; seed < last; seed++) {
    const timeline = simulate(make(drawOf(seed)))
    add({ seed, outcome: timeline.outcome, numbers: numbersIn(timeline), expectations: [] })
  }
  return reportOf(part(), first)
}

/** Which seeds are asked for; what is no number is the usual. */
export function seedsOf(options: unknown): { readonly first: number; readonly count: number } {
  const { runs, firstSeed } = givenObject<{ runs?: unknown; firstSeed?: unknown }>(options)
  return { first: wholeNumber(firstSeed, 1, 0, 2 ** 31), count: wholeNumber(runs, 100, 0, mostRuns) }
}

function wholeNumber(value: unknown, byDefault: number, least: number, most: number): number {
  const number = givenNumber(value)
  return number === undefined || Number.isNaN(number) ? byDefault : Math.min(most, Math.max(least, Math.trunc(number)))
}

/** What people ask of a run. */
export function numbersIn(timeline: Timeline): RunResult['numbers'] {
  const answers = answersOfRun(timeline)
  return numbersOf(answers, answers).map(({ name, unit, left }) => ({ name, unit, value: left }))
}
