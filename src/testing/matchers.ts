import type { Invariant } from '../check/invariant'
import type { Manifest } from '../simulate/worldEvent'
import { checked, type TestOptions } from './checked'

/** What `expect.extend` of vitest and of jest wants of a matcher. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** The matchers as `expect` has them, for the types of a test runner: see docs/guides/testing-strategies.md. */
export interface StrategyMatchers<R = unknown> {
  /** The sentences hold in every run. */
  readonly toKeep: (sentences: Invariant | readonly Invariant[], options?: TestOptions) => R
  /** The known sentences hold in every run. */
  readonly toKeepKnownSentences: (options?: TestOptions) => R
}

function resultOf(manifests: unknown, options: TestOptions): MatcherResult {
  const { report, text } = checked(manifests as readonly Manifest[], options)
  const held = `every sentence holds in ${report.runs} runs of seed ${report.seed}`
  return { pass: report.passed, message: () => (report.passed ? held : text) }
}

/**
 * Matchers for vitest and jest: `expect.extend(strategyMatchers)`.
 *
 * - `expect(manifests).toKeep(never(...))`: one sentence, or a list of them, as `checkStrategy` with `invariants`.
 * - `expect(manifests).toKeepKnownSentences()`: all of `knownInvariants`.
 *
 * Both take the options of `checkAndSave`; the message is the smallest run that breaks a sentence.
 *
 * @example
 * import { never } from 'rollout-engine/check'
 * import { strategyMatchers } from 'rollout-engine/testing'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps: [{ setWeight: 25 }] } }, template }
 * const manifests = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const { pass, message } = strategyMatchers.toKeep(manifests, never('above 10 %', (now) => now.weight.canary > 10), { runs: 3 })
 * pass // => false
 * message().split(' at ')[0] // => '"above 10 %" does not hold'
 */
export const strategyMatchers = {
  toKeep: (manifests: unknown, sentences: Invariant | readonly Invariant[], options: TestOptions = {}): MatcherResult =>
    resultOf(manifests, { ...options, invariants: [sentences].flat() as readonly Invariant[] }),
  toKeepKnownSentences: (manifests: unknown, options: TestOptions = {}): MatcherResult =>
    resultOf(manifests, { ...options, invariants: undefined }),
}
