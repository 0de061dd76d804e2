import { evaluateResult } from '../analysis/condition/condition'
import type { Measurement, Metric } from '../model/analysis'
import type { SeriesPoint } from '../model/series'
import { decidingPart } from './explainDecision'
import { formsOf, showValue, type TypedForm } from './forms'

export interface ReplayedResult {
  readonly measurement: Measurement
  /** Why it has its phase. */
  readonly why: string
}

/**
 * The measurement that a point stands for, as the metric's provider would have made it at that moment. A value counts in the
 * first of the provider's forms that the conditions can be evaluated on.
 */
export function measurePoint(metric: Metric, point: SeriesPoint, now: string): ReplayedResult {
  const times = { startedAt: now, finishedAt: now }
  if (point.error !== undefined) {
    return { measurement: { phase: 'Error', message: point.error, ...times }, why: 'the series says so' }
  }
  if (point.phase !== undefined) {
    const shown = point.value === undefined ? {} : { value: showValue(point.value) }
    return { measurement: { phase: point.phase, ...shown, ...times }, why: 'the series says so' }
  }
  const outcome = judge(metric, point.value, now)
  if (outcome.error !== undefined) {
    return { measurement: { phase: 'Error', message: outcome.error, ...times }, why: outcome.error }
  }
  const { phase, shown } = outcome
  return {
    measurement: { phase, ...(shown === '' ? {} : { value: shown }), ...times },
    why: explain(metric, outcome, now),
  }
}

type Outcome = ReturnType<typeof evaluateResult> & TypedForm

/** By the first form that gives no error; by the likeliest where all do. */
function judge(metric: Metric, value: unknown, now: string): Outcome {
  const { successCondition, failureCondition } = metric
  let first: Outcome | undefined
  for (const form of formsOf(metric, value)) {
    const outcome = { ...form, ...evaluateResult({ ...form, successCondition, failureCondition, now }) }
    if (outcome.phase !== 'Error') return outcome
    first ??= outcome
  }
  return first ?? { phase: 'Error', error: 'the value has no form that conditions take', result: value, shown: '' }
}

/** Which condition holds or does not, and where it is not plainly fine which part of it decided. */
function explain({ successCondition, failureCondition }: Metric, outcome: Outcome, now: string): string {
  const { phase, result, resultType } = outcome
  if (!successCondition && !failureCondition) return 'there is no condition'
  const success = `successCondition ${JSON.stringify(successCondition)}`
  const failure = `failureCondition ${JSON.stringify(failureCondition)}`
  if (phase === 'Successful') return successCondition ? `${success} holds` : `${failure} does not hold`
  const told = (sentence: string, ...conditions: readonly (string | undefined)[]): string => {
    const parts = conditions.map((condition) => condition && decidingPart(condition, result, { resultType, now }))
    const known = [...new Set(parts.filter((part) => part !== undefined && part !== ''))]
    return known.length === 0 ? sentence : `${sentence}: ${known.join('; ')}`
  }
  if (phase === 'Inconclusive')
    return told(`neither ${success} nor ${failure} holds`, successCondition, failureCondition)
  return failureCondition
    ? told(`${failure} holds`, failureCondition)
    : told(`${success} does not hold`, successCondition)
}
