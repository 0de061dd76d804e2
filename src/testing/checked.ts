import { type CheckReport, failureText, tryStrategy } from '../check/check'
import { type CheckOptions, readOptions } from '../check/options'
import { givenObject, givenText } from '../model/given'
import type { Manifest } from '../simulate/worldEvent'
import { saveScenarios } from './saveScenario'

/** Options of a check in a test. */
export interface TestOptions extends CheckOptions {
  /** Counterexamples are written into this folder, as Simulation files. Default: they are only told. */
  readonly saveTo?: string
}

/** A report, and what a test prints where it did not pass. */
export interface Checked {
  readonly report: CheckReport
  readonly text: string
}

/** Checks a strategy, and saves what breaks it. */
export function checked(manifests: readonly Manifest[], given: TestOptions): Checked {
  const report = tryStrategy(manifests, given)
  const folder = givenText(givenObject<TestOptions>(given).saveTo)
  const again = `the same again: tryStrategy(manifests, { seed: ${report.seed}, runs: ${readOptions(given).runs} })`
  const saved = folder === '' ? [] : saveScenarios(folder, report, manifests, givenObject<TestOptions>(given))
  const lines = saved.map(({ path, problem }) =>
    problem === undefined ? `replay it: npx rollout-engine simulate ${path}` : `cannot write ${path}: ${problem}`,
  )
  const replays = report.counterexamples.length === 0 ? [] : saved.length > 0 ? lines : [again]
  return { report, text: [failureText(report), ...replays].join('\n') }
}

/**
 * `checkStrategy` for tests that have files: throws the smallest runs, writes each as a Simulation file into `saveTo`,
 * and says the one command that replays it.
 *
 * @example
 * import { before } from 'rollout-engine/check'
 * import { checkAndSave } from 'rollout-engine/testing'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps: [{ setWeight: 25 }] } }, template }
 * const manifests = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const sentence = before('pods before traffic', (now) => now.pods.canary.available > 0, (now) => now.weight.canary > 0)
 * checkAndSave(manifests, { invariants: [sentence], runs: 5, saveTo: 'found' }).passed // => true
 */
export function checkAndSave(manifests: readonly Manifest[], options: TestOptions = {}): CheckReport {
  const { report, text } = checked(manifests, options)
  if (report.passed) return report
  throw new Error(text)
}
