import { typedMetric } from '../kube/types/throughTypes'
import type { Measurement, Metric, MetricResult } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { Answers, MeasureAnswer, MeasureAsk, SecretAnswer } from '../model/ask'
import { fieldsThat, withFields } from '../model/copies'
import { ownValue } from '../model/json'
import type { StringMap } from '../model/meta'
import type { Mutable } from '../model/mutable'
import { formatTime, parseTime } from '../model/time'
import type { MeasurementTask } from './dueMeasurements'
import type { Results } from './results'
import type { SecretsToHide } from './secretsToHide'
import type { AnalysisSemantics } from './semantics'

type AnyAnswers = Answers<SecretAnswer | MeasureAnswer> | undefined

export const measureKey = (operation: MeasureAsk['operation'], metric: string): string => `${operation}/${metric}`

/** `secrets`: values of secret arguments, which are in the metric. */
export function measureAsk(
  { operation, metric, measurement }: MeasurementTask,
  secrets: readonly string[],
): MeasureAsk {
  const key = measureKey(operation, metric.name)
  return {
    kind: 'measure',
    key,
    operation,
    metric: askedMetric(metric),
    ...(measurement ? { measurement } : {}),
    ...(secrets.length > 0 ? { secrets } : {}),
  }
}

/** By the metric: a run asks with the same one at every measurement. */
const askedMetrics = new WeakMap<Metric, Metric>()

function askedMetric(metric: Metric): Metric {
  const known = askedMetrics.get(metric)
  if (known) return known
  const typed = typedMetric(metric)
  askedMetrics.set(metric, typed)
  return typed
}

export const answerTo = (key: string, answers: AnyAnswers): MeasureAnswer | undefined =>
  ownValue(answers?.replies, key) as MeasureAnswer | undefined

export interface Recording {
  readonly dryRun: ReadonlySet<string>
  readonly secrets: SecretsToHide
  readonly nowText: string
  readonly nowSeconds: number
  readonly semantics: AnalysisSemantics
}

/** Seconds since 1970, fractions included: statuses keep whole seconds, but waits use the exact time. */
export interface MeasurementTimes {
  readonly finishedSeconds: number | undefined
  readonly resumeSeconds: number | undefined
}

export interface Recorded {
  readonly results: Results
  /** For the measurements of this reconcile, by metric name. */
  readonly times: ReadonlyMap<string, MeasurementTimes>
}

/** The results with the answers to the tasks (behaviour 4.5). */
export function recordMeasurements(
  before: Results,
  tasks: readonly MeasurementTask[],
  answers: AnyAnswers,
  recording: Recording,
): Recorded {
  const results = new Map(before)
  const times = new Map<string, MeasurementTimes>()
  for (const task of tasks) {
    const { name } = task.metric
    const answer = answerTo(measureKey(task.operation, name), answers) ?? {}
    const result = results.get(name) ?? firstResult(task.metric, answer, recording)
    const given = answered(task, answer, recording)
    results.set(name, withMeasurement(result, task, measurementOf(given, recording), recording.semantics))
    times.set(name, timesOf(given, recording.nowSeconds))
  }
  return { results, times }
}

const timesOf = ({ phase, finishedAt, resumeAt }: Measurement, nowSeconds: number): MeasurementTimes => ({
  finishedSeconds: parseTime(finishedAt) ?? (isCompletedPhase(phase) ? nowSeconds : undefined),
  resumeSeconds: parseTime(resumeAt),
})

function firstResult({ name }: Metric, answer: MeasureAnswer, { dryRun, secrets }: Recording): MetricResult {
  const metadata = answer.providerError === undefined ? secrets.fromMetadata(filled(answer.metadata)) : undefined
  return {
    name,
    phase: 'Running',
    ...(dryRun.has(name) ? { dryRun: true } : {}),
    ...(metadata ? { metadata } : {}),
  }
}

function measurementOf(raw: Measurement, recording: Recording): Measurement {
  const given = stored(raw)
  const finishedAt = given.finishedAt ?? (isCompletedPhase(given.phase) ? recording.nowText : undefined)
  return compact({ ...recording.secrets.fromMeasurement(given), finishedAt })
}

function answered(
  { operation, measurement }: MeasurementTask,
  answer: MeasureAnswer,
  recording: Recording,
): Measurement {
  const problem = answer.providerError ?? (answer.measurement ? undefined : 'the host gave no measurement')
  if (problem !== undefined) {
    return { ...(measurement ?? { startedAt: recording.nowText }), phase: 'Error', message: problem }
  }
  const given = answer.measurement as Measurement
  const isSaid = operation === 'terminate' && recording.semantics.saysTerminated(given.phase)
  return isSaid ? { ...given, message: 'Metric Terminated' } : given
}

/** As Kubernetes stores a measurement: known fields, whole seconds. */
function stored(given: Measurement): Measurement {
  return withFields(given, {
    startedAt: wholeSeconds(given.startedAt),
    finishedAt: wholeSeconds(given.finishedAt),
    metadata: filled(given.metadata),
    resumeAt: wholeSeconds(given.resumeAt),
  })
}

function wholeSeconds(time: string | undefined): string | undefined {
  if (!time || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time)) return time || undefined
  const seconds = parseTime(time)
  return seconds === undefined ? undefined : formatTime(seconds)
}

const filled = (map: StringMap | undefined): StringMap | undefined =>
  map && Object.keys(map).length > 0 ? map : undefined

/** Without empty values. */
function compact({ phase, message, startedAt, finishedAt, value, metadata, resumeAt }: Measurement): Measurement {
  const kept: Mutable<Measurement> = { phase }
  if (message) kept.message = message
  if (startedAt) kept.startedAt = startedAt
  if (finishedAt) kept.finishedAt = finishedAt
  if (value) kept.value = value
  if (metadata) kept.metadata = metadata
  if (resumeAt) kept.resumeAt = resumeAt
  return kept
}

type Counters = Pick<
  MetricResult,
  'count' | 'successful' | 'failed' | 'inconclusive' | 'error' | 'consecutiveError' | 'consecutiveSuccess'
>

function withMeasurement(
  result: MetricResult,
  task: MeasurementTask,
  measurement: Measurement,
  { countsStreaks }: AnalysisSemantics,
): MetricResult {
  const before = result.measurements ?? []
  const measurements = task.measurement ? [...before.slice(0, -1), measurement] : [...before, measurement]
  const counters = countersAfter(result, measurement)
  if (!counters)
    return task.measurement && isSame(task.measurement, measurement) ? result : withFields(result, { measurements })
  const next = withFields(fieldsThat(result, isNoCounter), { measurements }) as Mutable<MetricResult>
  for (const name of counterNames) {
    const counted = counters[name] ?? result[name]
    if (counted && (countsStreaks || name !== 'consecutiveSuccess')) next[name] = counted
  }
  return next
}

const counterNames = [
  'count',
  'successful',
  'failed',
  'inconclusive',
  'error',
  'consecutiveError',
  'consecutiveSuccess',
] as const

const counterFields: ReadonlySet<string> = new Set(counterNames)
const isNoCounter = (field: string): boolean => !counterFields.has(field)

const plainFields = ['phase', 'message', 'startedAt', 'finishedAt', 'value', 'resumeAt'] as const

/** An unchanged measurement in progress changes nothing. */
function isSame(left: Measurement, right: Measurement): boolean {
  const [old, young] = [left.metadata ?? {}, right.metadata ?? {}]
  return (
    plainFields.every((field) => (left[field] ?? '') === (right[field] ?? '')) &&
    Object.keys(old).length === Object.keys(young).length &&
    Object.keys(young).every((key) => ownValue(old, key) === young[key])
  )
}

function countersAfter(result: MetricResult, { phase }: Measurement): Counters | undefined {
  const count = (result.count ?? 0) + 1
  const noneInARow = { consecutiveError: 0, consecutiveSuccess: 0 }
  switch (phase) {
    case 'Successful': {
      const consecutiveSuccess = (result.consecutiveSuccess ?? 0) + 1
      return { count, successful: (result.successful ?? 0) + 1, consecutiveError: 0, consecutiveSuccess }
    }
    case 'Failed':
      return { count, failed: (result.failed ?? 0) + 1, ...noneInARow }
    case 'Inconclusive':
      return { count, inconclusive: (result.inconclusive ?? 0) + 1, ...noneInARow }
    case 'Error': {
      const consecutiveError = (result.consecutiveError ?? 0) + 1
      return { error: (result.error ?? 0) + 1, consecutiveError, consecutiveSuccess: 0 }
    }
    default:
      return undefined
  }
}
