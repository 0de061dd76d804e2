import type { Measurement, Metric } from '../model/analysis'
import type { SeriesPoint } from '../model/series'
import { evaluateResult } from './condition/condition'
import { formsOf, showValue } from './replayForms'

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
  return { measurement: { phase, ...(shown === '' ? {} : { value: shown }), ...times }, why: explain(metric, phase) }
}

type Outcome = ReturnType<typeof evaluateResult> & { readonly shown: string }

/** By the first form that gives no error; by the likeliest where all do. */
function judge(metric: Metric, value: unknown, now: string): Outcome {
  const { successCondition, failureCondition } = metric
  let first: Outcome | undefined
  for (const { shown, ...typed } of formsOf(metric, value)) {
    const outcome = { ...evaluateResult({ ...typed, successCondition, failureCondition, now }), shown }
    if (outcome.phase !== 'Error') return outcome
    first ??= outcome
  }
  return first ?? { phase: 'Error', error: 'the value has no form that conditions take', shown: '' }
}

function explain({ successCondition, failureCondition }: Metric, phase: string): string {
  const success = `successCondition ${JSON.stringify(successCondition)}`
  const failure = `failureCondition ${JSON.stringify(failureCondition)}`
  if (!successCondition && !failureCondition) return 'there is no condition'
  if (phase === 'Inconclusive') return `neither ${success} nor ${failure} holds`
  if (phase === 'Failed') return failureCondition ? `${failure} holds` : `${success} does not hold`
  return successCondition ? `${success} holds` : `${failure} does not hold`
}
