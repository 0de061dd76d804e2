import type { AnalysisRunSpec } from '../../../model/analysis'
import type { Rollout, RolloutAnalysis } from '../../../model/rollout'
import { stepsOf } from '../../facts/steps'

/**
 * The dry-run and retention rules of all analysis steps by metric name. Each analysis is tried with the rules of every
 * step, so without this table a Rollout with n steps would need n * n plans.
 */
export interface StepRules {
  readonly analyses: readonly RolloutAnalysis[]
  /** First analysis that has a rule for a name. */
  readonly firstDryRun: ReadonlyMap<string, number>
  readonly firstRetention: ReadonlyMap<string, number>
  /** The first analysis that has two rules for one name; the number of analyses if none has. */
  readonly firstRepeated: number
}

export function stepRulesOf(rollout: Rollout): StepRules {
  const analyses: RolloutAnalysis[] = []
  for (const step of stepsOf(rollout)) if (step?.analysis) analyses.push(step.analysis)
  // Nearly always no step has any.
  if (!analyses.some(hasRules))
    return { analyses, firstDryRun: noRules, firstRetention: noRules, firstRepeated: analyses.length }
  const firstDryRun = new Map<string, number>()
  const firstRetention = new Map<string, number>()
  let firstRepeated = analyses.length
  analyses.forEach(({ dryRun, measurementRetention }, index) => {
    const isDryRunRepeated = note(firstDryRun, dryRun, index)
    const isRetentionRepeated = note(firstRetention, measurementRetention, index)
    if ((isDryRunRepeated || isRetentionRepeated) && index < firstRepeated) firstRepeated = index
  })
  return { analyses, firstDryRun, firstRetention, firstRepeated }
}

const noRules: ReadonlyMap<string, number> = new Map()

const hasRules = ({ dryRun, measurementRetention }: RolloutAnalysis): boolean =>
  Boolean(dryRun?.length || measurementRetention?.length)

interface MetricRule {
  readonly metricName: string
}

/** Whether the list has a duplicate name. */
function note(first: Map<string, number>, rules: readonly MetricRule[] | undefined, index: number): boolean {
  if (!rules?.length) return false
  const names = new Set<string>()
  for (const { metricName } of rules) {
    if (!first.has(metricName)) first.set(metricName, index)
    names.add(metricName)
  }
  return names.size < rules.length
}

/** The first analysis of a step whose rules conflict with each other, or with rules in the templates of a run. */
export function firstClash(
  rules: StepRules,
  { dryRun, measurementRetention }: AnalysisRunSpec,
): RolloutAnalysis | undefined {
  let first = rules.firstRepeated
  for (const { metricName } of dryRun ?? none) first = Math.min(first, rules.firstDryRun.get(metricName) ?? first)
  for (const { metricName } of measurementRetention ?? none)
    first = Math.min(first, rules.firstRetention.get(metricName) ?? first)
  return rules.analyses[first]
}

const none: readonly never[] = []
