import type { Issue } from '../model/issue'
import type { Manifest } from '../simulate/worldEvent'
import { findFacts, type StrategyFacts } from './facts'
import type { Invariant } from './invariant'
import { type CheckOptions, readOptions } from './options'
import { storyOf } from './report'
import { runScenario, type Scenario } from './scenario'
import { scenarioProblem } from './scenarioProblem'

/** The smallest run in which a sentence does not hold. */
export interface Counterexample {
  /** Id of the invariant. */
  readonly invariant: string
  readonly sentence: string
  readonly threads: readonly string[]
  readonly atSeconds: number
  /** What was seen. */
  readonly seen: string
  /** Runs the same again, with `replayScenario`. Of several invariants that it violates, that reports the first. */
  readonly scenario: Scenario
  /** A text of what happened, turn by turn. */
  readonly story: string
}

/** The result of one run. */
export interface ReplayReport {
  /** The first sentence that did not hold; undefined if all did. */
  readonly counterexample?: Counterexample
  /** Why nothing was run. */
  readonly issues: readonly Issue[]
}

/**
 * Runs one scenario again. Keep the `scenario` of a counterexample beside the manifests as a regression.
 *
 * @example
 * import { never, replayScenario, tryStrategy } from 'rollout-engine/check'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps: [{ setWeight: 25 }] } }, template }
 * const manifests = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const invariants = [never('canary above 10 %', (now) => now.weight.canary > 10)]
 * const [first] = tryStrategy(manifests, { invariants, runs: 3 }).counterexamples
 * first && replayScenario(manifests, first.scenario, { invariants }).counterexample?.atSeconds // => 10
 */
export function replayScenario(
  manifests: readonly Manifest[],
  scenario: Scenario,
  given: CheckOptions = {},
): ReplayReport {
  const { invariants, name, options, maxReconciles } = readOptions(given)
  const problem = scenarioProblem(scenario)
  if (problem !== undefined) return { issues: [{ code: 'no-scenario', path: 'scenario', message: problem }] }
  const { facts, issues } = findFacts(manifests, name, options, maxReconciles)
  const counterexample = facts && counterexampleOf(facts, scenario, invariants)
  return counterexample ? { counterexample, issues } : { issues }
}

/** The violation of a scenario, as text and as data. */
export function counterexampleOf(
  facts: StrategyFacts,
  scenario: Scenario,
  invariants: readonly Invariant[],
): Counterexample | undefined {
  const { violation, states } = runScenario(facts, scenario, invariants)
  if (!violation) return undefined
  const { invariant, atSeconds, seen } = violation
  const { id, sentence, threads } = invariant
  return { invariant: id, sentence, threads, atSeconds, seen, scenario, story: storyOf(scenario, violation, states) }
}
