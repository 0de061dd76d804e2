import { compileGoRegex } from '../go/regex'
import type { DryRun, MeasurementRetention, Metric } from '../model/analysis'

/** A rule that matches nothing ends the matching; earlier matches remain. */
export interface DryRunMatches {
  readonly names: ReadonlySet<string>
  readonly error?: string
}

export interface RetentionMatches {
  readonly rules: ReadonlyMap<string, MeasurementRetention>
  readonly error?: string
}

/** The cost of pattern and name is limited; beyond the limit a rule counts as not matching. */
const mostWork = 2e7

type NamedMetric = Pick<Metric, 'name'>

/**
 * The names of the dry-run metrics (behaviour 4.7). A rule is a Go regular expression that may match anywhere in the
 * name; one that cannot be parsed (`*`) matches nothing (AR behaviour 10.41).
 *
 * Error, with upstream's text: `dryRun[0]: Rule didn't match any metric name(s)`.
 */
export function matchDryRun(rules: readonly DryRun[], metrics: readonly NamedMetric[]): DryRunMatches {
  const names = new Set<string>()
  const error = matchRules('dryRun', rules, metrics, (name) => names.add(name))
  return error === undefined ? { names } : { names, error }
}

/** The retention rule of every metric that has one; the last match wins (behaviour 4.7). */
export function matchMeasurementRetention(
  rules: readonly MeasurementRetention[],
  metrics: readonly NamedMetric[],
): RetentionMatches {
  const ruleOf = new Map<string, MeasurementRetention>()
  const error = matchRules('measurementRetention', rules, metrics, (name, rule) => ruleOf.set(name, rule))
  return error === undefined ? { rules: ruleOf } : { rules: ruleOf, error }
}

function matchRules<Rule extends { readonly metricName: string }>(
  field: string,
  rules: readonly Rule[],
  metrics: readonly NamedMetric[],
  found: (name: string, rule: Rule) => void,
): string | undefined {
  for (const [index, rule] of rules.entries()) {
    const matched = metrics.filter(matcher(rule.metricName ?? ''))
    if (matched.length === 0) return `${field}[${index}]: Rule didn't match any metric name(s)`
    for (const { name } of matched) found(name, rule)
  }
  return undefined
}

/**
 * Most rules are a plain name with or without `.*` around it; compiling those would cost more than the rest of a
 * decision.
 */
function matcher(pattern: string): (metric: NamedMetric) => boolean {
  const [, plain] = /^(?:\.\*)?([\w -]*)(?:\.\*)?$/.exec(pattern) ?? []
  if (plain !== undefined) return ({ name }) => name.includes(plain)
  const reading = compileGoRegex(pattern)
  if ('problem' in reading) return () => false
  const { size, test } = reading.regex
  return ({ name }) => size * name.length <= mostWork && test(name)
}
