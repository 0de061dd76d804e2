import { type ConditionIssue, evaluateCondition, parseCondition } from '../expr/condition'
import type { ResultType } from '../expr/values/fromHost'
import type { AnalysisTemplate, Metric } from '../model/analysis'
import type { ControllerVersion } from '../model/controllerVersion'
import { isJsonObject } from '../model/json'
import { formOf } from '../replay/forms/forms'

/** A condition of a metric, its arguments replaced by their defaults. */
export interface KnownCondition {
  readonly field: 'successCondition' | 'failureCondition'
  readonly text: string
}

/** The conditions of a metric; not those with arguments of which nobody knows the values. */
export function knownConditions(metric: Metric, template: AnalysisTemplate): readonly KnownCondition[] {
  const fields = ['successCondition', 'failureCondition'] as const
  return fields.flatMap((field) => {
    const written = metric[field]
    if (typeof written !== 'string' || written.trim() === '') return []
    const text = written.replace(/\{\{\s*args\.([^}\s]+?)\s*\}\}/g, (whole, name: string) => {
      const value = template.spec.args?.find((one) => one.name === name)?.value
      return typeof value === 'string' ? value : whole
    })
    return text.includes('{{') ? [] : [{ field, text }]
  })
}

/** What the metric's provider brings for a value, or for none; undefined if conditions never see it. */
function broughtFor(
  metric: Metric,
  value: unknown,
): { readonly result: unknown; readonly resultType: ResultType } | undefined {
  const form = formOf(metric, value)
  return 'resultType' in form ? { result: form.result, resultType: form.resultType as ResultType } : undefined
}

/** Providers whose results have one type only, and a value of it. Of the others nothing is known before they answer. */
const typical: Readonly<Record<string, unknown>> = {
  prometheus: 0.5,
  datadog: 0.5,
  graphite: 0.5,
  cloudWatch: 0.5,
  influxdb: 0.5,
}

/**
 * A value as the provider brings it; undefined if that depends: on groups of Datadog's v2, on a query that is an
 * argument.
 */
function typicalOf(metric: Metric): unknown {
  const field = fieldOf(metric)
  const config = metric.provider[field]
  if (!isJsonObject(config) || !Object.hasOwn(typical, field)) return undefined
  if (field === 'datadog' && (config.apiVersion ?? 'v1') !== 'v1') return undefined
  if (field === 'prometheus' && /^\s*\{\{[^}]*\}\}\s*$/.test(String(config.query ?? ''))) return undefined
  return typical[field]
}

const fieldOf = ({ provider }: Metric): string => Object.keys(provider)[0] ?? ''

const anyTime = '2030-01-01T00:00:00Z'

/** Why a condition can never be judged by this controller; undefined if it can. */
export function impossibility(metric: Metric, text: string, controller: ControllerVersion): string | undefined {
  const [problem] = parseCondition(text, '', controller).issues
  if (problem) return problem.message
  const value = typicalOf(metric)
  const brought = value === undefined ? undefined : broughtFor(metric, value)
  if (!brought) return undefined
  const outcome = evaluateCondition(text, brought.result, { resultType: brought.resultType, now: anyTime, controller })
  return 'issue' in outcome && isCertain(outcome.issue) ? outcome.issue.message : undefined
}

/** What does not depend on the value. */
const isCertain = ({ code }: ConditionIssue): boolean =>
  code === 'condition-type' || code === 'condition-not-bool' || code === 'condition-syntax'

/** How a condition fails where the provider finds no data, though it works with data; undefined if it does not fail. */
export function failureWithoutData(metric: Metric, text: string): string | undefined {
  const value = typicalOf(metric)
  const [some, none] =
    value === undefined ? [undefined, undefined] : [broughtFor(metric, value), broughtFor(metric, null)]
  if (!some || !none) return undefined
  const withData = evaluateCondition(text, some.result, { resultType: some.resultType, now: anyTime })
  if ('issue' in withData) return undefined
  const without = evaluateCondition(text, none.result, { resultType: none.resultType, now: anyTime })
  return 'issue' in without ? without.issue.message : undefined
}
