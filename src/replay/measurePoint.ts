import { evaluateResult } from '../expr/condition'
import type { Found } from '../metrics/providers/found'
import type { Measurement, Metric } from '../model/analysis'
import type { MeasuredPhaseName, RecordedMeasurement, SeriesPoint } from '../model/series'
import { explainJudgement } from './explainJudgement'
import type { Form } from './forms/form'
import { formOf, providerOf } from './forms/forms'
import type { Moment } from './moment'
import { readBack } from './readBack'
import { showValue } from './showValue'

export interface ReplayedResult {
  readonly measurement: Measurement
  /** Why it has its phase. */
  readonly why: string
}

/** The result of a form: the phase, and what the measurement shows. */
interface Outcome {
  readonly phase: MeasuredPhaseName
  readonly value?: string
  readonly message?: string
  readonly why: string
}

/** The measurement that a point represents, as the metric's provider would have made it at that moment. */
export function measurePoint(metric: Metric, point: SeriesPoint, at: Moment): ReplayedResult {
  const { now } = at
  const { why, phase, value, message } = outcomeOf(metric, point, at)
  const shown = value === undefined || value === '' ? {} : { value }
  const told = message === undefined ? {} : { message }
  return { measurement: { phase, ...told, ...shown, startedAt: now, finishedAt: now }, why }
}

const saysSo = 'the series says so'

function outcomeOf(metric: Metric, point: SeriesPoint, at: Moment): Outcome {
  const { value, error, phase, recorded } = point
  if (error !== undefined) return { phase: 'Error', message: error, why: saysSo }
  if (phase !== undefined) return { phase, ...(value === undefined ? {} : { value: showValue(value) }), why: saysSo }
  if (recorded !== undefined) return judgeRecorded(metric, recorded, at)
  return judge(metric, formOf(metric, value), at)
}

/** Providers that show the value even where a condition cannot be evaluated (behaviour 11.2). */
const keepsValue: readonly (string | undefined)[] = ['graphite', 'cloudWatch']

function judge(metric: Metric, form: Form, at: Moment): Outcome {
  if ('unfit' in form) return { phase: 'Error', message: form.unfit, why: form.unfit }
  if ('error' in form)
    return { phase: 'Error', message: form.error, why: `${form.error}: so the provider says no data` }
  if ('phase' in form) return { ...form, why: 'by the thresholds of the metric' }
  const { phase, error } = evaluateForm(metric, form, at)
  if (error === undefined) return { phase, value: form.value, why: explainJudgement(metric, phase, form, at) }
  const kept = keepsValue.includes(providerOf(metric)?.field) ? { value: form.value } : {}
  const hint = hints[form.resultType]
  return { phase: 'Error', message: error, ...kept, why: hint && !isNoData(form) ? `${error} (${hint})` : error }
}

/** What often helps where a condition cannot be evaluated on what the provider brings. */
const hints: Readonly<Partial<Record<Found['resultType'], string>>> = {
  '[]float64': 'result is a list, even of one number: result[0] is the first',
  float64: 'result is one number, no list',
  tagged: 'result is a list: result[0] is the first value',
  NRDBResult: 'result is a row: result.NAME or result["NAME"] is a column',
  '[]NRDBResult': 'result is a list of rows: result[0]["NAME"] is a column',
  '[]MetricDataResult': 'result is a list with one entry for each query: result[0].Values[0] is the newest value',
}

const isNoData = ({ result }: Found): boolean => result === null || (Array.isArray(result) && result.length === 0)

const evaluateForm = (
  { successCondition, failureCondition }: Metric,
  { result, resultType }: Found,
  at: Moment,
): ReturnType<typeof evaluateResult> =>
  evaluateResult({ result, resultType, successCondition, failureCondition, ...at })

/**
 * A recorded value is judged anew, so that other conditions may lead to another phase. Its print can be that of several
 * results; of these the first counts that gives the recorded phase, if there is one.
 */
function judgeRecorded(metric: Metric, { phase, value, message }: RecordedMeasurement, at: Moment): Outcome {
  const isText = providerOf(metric)?.field === 'web' && phase !== 'Error'
  const text = value ?? (isText ? '' : undefined)
  const outcomes = text === undefined ? [] : readBack(metric, text).map((form) => judge(metric, form, at))
  const [likeliest] = outcomes
  if (!likeliest) {
    return {
      phase,
      ...(value === undefined ? {} : { value }),
      ...(message ? { message } : {}),
      why: 'it is recorded so',
    }
  }
  const same = outcomes.find((outcome) => outcome.phase === phase)
  if (!same) return { ...likeliest, why: `${likeliest.why}; ${phase} was recorded` }
  const doubt = 'its print leaves several readings, this one fits the recorded phase'
  return same === likeliest ? same : { ...same, why: `${same.why}; ${doubt}` }
}
