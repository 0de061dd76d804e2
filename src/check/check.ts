import * as fc from 'fast-check'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import type { Issue } from '../model/issue'
import type { Manifest } from '../simulate/worldEvent'
import { type Coverage, noCoverage } from './coverage'
import { type DrawnPlan, type Exploration, startExploration } from './exploration'
import { findFacts } from './facts'
import { scenarioOf } from './generate/runPlan'
import type { Invariant } from './invariant'
import { type CheckOptions, readOptions } from './options'
import { type Counterexample, counterexampleOf } from './replay'
import { runScenario, type Scenario } from './scenario'
import { smallerScenario } from './smaller'

/** The results of the runs. */
export interface CheckReport {
  /** No counterexample, and the manifests could be tried. */
  readonly passed: boolean
  /** The controller that decided. */
  readonly controller: ControllerVersion
  readonly seed: number
  /** The number of runs, without those that shrank a counterexample. */
  readonly runs: number
  readonly coverage: Coverage
  /** One for each sentence that does not hold, in the order in which they were found. */
  readonly counterexamples: readonly Counterexample[]
  /** Runs that reached something new: give them to the next check as its `corpus`. */
  readonly corpus: readonly Scenario[]
  /** Why nothing was tried. */
  readonly issues: readonly Issue[]
}

/**
 * Tries a strategy with random runs: updates, commands, faults and verdicts at bad moments. Returns the smallest
 * violating run for each invariant that does not hold. All randomness comes from the seed.
 *
 * @example
 * import { never, tryStrategy } from 'rollout-engine/check'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps: [{ setWeight: 25 }] } }, template }
 * const manifests = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const report = tryStrategy(manifests, { invariants: [never('no pod serves', (now) => now.pods.total.available < 0)], runs: 5 })
 * report.passed // => true
 */
export function tryStrategy(manifests: readonly Manifest[], given: CheckOptions = {}): CheckReport {
  return tryStrategyPart(manifests, given, nothingFound)
}

const nothingFound: ReadonlySet<string> = new Set()

/**
 * The same runs for a part of a check. Invariants that earlier parts have violated get no counterexample here, because
 * the whole report has that of the earliest part.
 */
export function tryStrategyPart(
  manifests: readonly Manifest[],
  given: CheckOptions,
  found: ReadonlySet<string>,
): CheckReport {
  const { invariants, name, runs, seed, options, maxReconciles, mostShrinks, corpus } = readOptions(given)
  const { facts, issues } = findFacts(manifests, name, options, maxReconciles)
  const controller = options?.controller ?? newestRelease
  if (!facts)
    return { passed: false, controller, seed, runs: 0, coverage: noCoverage, counterexamples: [], corpus: [], issues }
  const exploration = startExploration(facts, corpus, runs)
  const counterexamples: Counterexample[] = []
  let held = invariants
  let tried = 0
  // Each round leaves out the invariants that earlier rounds have violated, so every invariant gets its own smallest
  // run.
  while (held.length > 0) {
    const round = { numRuns: runs - tried, seed: seed + tried, mostShrinks, found }
    const { invariant, scenario, numRuns } = firstViolation(exploration, held, round)
    tried += numRuns
    if (!invariant) break
    const counterexample = scenario && counterexampleOf(facts, scenario, [invariant])
    // An invariant that keeps state between runs may hold when the same run is repeated.
    if (scenario && !counterexample) break
    if (counterexample) counterexamples.push(counterexample)
    held = held.filter(({ id }) => id !== invariant.id)
    if (tried >= runs) break
  }
  const passed = held.length === invariants.length
  const { coverage, kept } = exploration.results()
  return { passed, controller, seed, runs: tried, coverage, counterexamples, corpus: kept, issues }
}

/**
 * The same for tests: throws, with the smallest runs as its message, if an invariant does not hold or nothing could be
 * tried.
 *
 * @example
 * import { checkStrategy, within } from 'rollout-engine/check'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps: [{ setWeight: 25 }] } }, template }
 * const manifests = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const quick = within(600, 'an abort ends', (now) => now.aborted, (then) => then.weight.canary === 0)
 * checkStrategy(manifests, { invariants: [quick], runs: 5 }).runs // => 5
 */
export function checkStrategy(manifests: readonly Manifest[], options: CheckOptions = {}): CheckReport {
  const report = tryStrategy(manifests, options)
  if (report.passed) return report
  throw new Error(failureText(report))
}

/** The text that a test or the command prints for a strategy that did not pass. */
export function failureText({ counterexamples, issues, seed, runs }: CheckReport): string {
  if (counterexamples.length === 0) return issues.map(({ path, message }) => `${path}: ${message}`).join('\n')
  const stories = counterexamples.map(({ story }) => story)
  return [...stories, `seed ${seed}, ${runs} runs: the same seed finds the same again`].join('\n\n')
}

interface Round {
  readonly numRuns: number
  readonly seed: number
  readonly mostShrinks: number
  /** Ids of invariants whose smallest run is known. */
  readonly found: ReadonlySet<string>
}

interface FirstViolation {
  /** Undefined if all hold. */
  readonly invariant: Invariant | undefined
  /** The smallest run found that violates it; undefined if an earlier part has one. */
  readonly scenario: Scenario | undefined
  readonly numRuns: number
}

/** Tries runs until one violates an invariant, and makes that run smaller. */
function firstViolation(
  { facts, plans, note }: Exploration,
  invariants: readonly Invariant[],
  { numRuns: mostRuns, seed, mostShrinks, found }: Round,
): FirstViolation {
  let broken: Invariant | undefined
  let shrinks = 0
  const holds = (drawn: DrawnPlan): boolean => {
    // Where it was looked for long enough, every smaller run counts as one in which the sentence holds.
    if (broken && (found.has(broken.id) || ++shrinks > mostShrinks)) return true
    const scenario = scenarioOf(facts, drawn.plan)
    const run = runScenario(facts, scenario, broken ? [broken] : invariants)
    if (!broken) note(drawn.plan, scenario, run)
    broken ??= run.violation?.invariant
    return run.violation === undefined
  }
  const { counterexample, numRuns } = fc.check(fc.property(plans(), holds), { numRuns: mostRuns, seed })
  const [drawn] = counterexample ?? []
  if (!drawn || !broken || found.has(broken.id)) return { invariant: broken, scenario: undefined, numRuns }
  const scenario = scenarioOf(facts, drawn.plan)
  const smallest = drawn.isChanged ? smallerScenario(facts, scenario, broken) : scenario
  return { invariant: broken, scenario: smallest, numRuns }
}
