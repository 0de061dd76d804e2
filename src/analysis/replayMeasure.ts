import type { Measurement, Metric } from '../model/analysis'
import { isJsonObject } from '../model/json'
import type { SeriesPoint } from '../model/series'
import { evaluateResult } from './condition/condition'

type Evaluation = Parameters<typeof evaluateResult>[0]
type Typed = Pick<Evaluation, 'result' | 'resultType'>

export interface ReplayedResult {
  readonly measurement: Measurement
  /** Why it has its phase. */
  readonly why: string
}

/**
 * The measurement that a point stands for. A bare number stands for whatever the metric's provider would bring: it is
 * tried as a number and as a list of one (Prometheus: the list first), and counts in the form that the conditions take.
 */
export function measurePoint(metric: Metric, point: SeriesPoint, now: string): ReplayedResult {
  const times = { startedAt: now, finishedAt: now }
  if (point.error !== undefined) {
    return { measurement: { phase: 'Error', message: point.error, ...times }, why: point.error }
  }
  const shown = point.value === undefined ? {} : { value: showValue(point.value) }
  if (point.phase !== undefined) {
    return { measurement: { phase: point.phase, ...shown, ...times }, why: 'the series says so' }
  }
  const { successCondition, failureCondition } = metric
  const outcomes = formsOf(metric, point.value).map((form) =>
    evaluateResult({ ...form, successCondition, failureCondition, now }),
  )
  const outcome = outcomes.find(({ phase }) => phase !== 'Error') ?? outcomes[0]
  if (!outcome || outcome.error !== undefined) {
    const message = outcome?.error ?? 'the value has no form that conditions take'
    return { measurement: { phase: 'Error', message, ...shown, ...times }, why: message }
  }
  return { measurement: { phase: outcome.phase, ...shown, ...times }, why: explain(metric, outcome.phase) }
}

function formsOf({ provider }: Metric, value: unknown): readonly Typed[] {
  const bringsLists = isJsonObject(provider.prometheus) || isJsonObject(provider.graphite)
  const bringsFloats = bringsLists || isJsonObject(provider.datadog) || isJsonObject(provider.wavefront)
  if (typeof value === 'number') {
    const scalar: Typed = { result: value, resultType: bringsFloats ? 'float64' : 'json' }
    const list: Typed = { result: [value], resultType: bringsFloats ? '[]float64' : 'json' }
    return bringsLists ? [list, scalar] : [scalar, list]
  }
  const isFloats = bringsFloats && Array.isArray(value) && value.every((item) => typeof item === 'number')
  return [{ result: value, resultType: isFloats ? '[]float64' : 'json' }]
}

function explain({ successCondition, failureCondition }: Metric, phase: string): string {
  const success = `successCondition ${JSON.stringify(successCondition)}`
  const failure = `failureCondition ${JSON.stringify(failureCondition)}`
  if (!successCondition && !failureCondition) return 'there is no condition'
  if (phase === 'Inconclusive') return `neither ${success} nor ${failure} holds`
  if (phase === 'Failed') return failureCondition ? `${failure} holds` : `${success} does not hold`
  return successCondition ? `${success} holds` : `${failure} does not hold`
}

/** Numbers as Go prints them in a measurement: `NaN`, `+Inf`. */
function showValue(value: unknown): string {
  if (typeof value === 'number') return showNumber(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'number'))
    return `[${value.map(showNumber).join(',')}]`
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

const showNumber = (value: number): string =>
  Math.abs(value) === Number.POSITIVE_INFINITY ? `${value > 0 ? '+' : '-'}Inf` : String(value)
