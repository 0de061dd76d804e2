import type { AnalysisRun, AnalysisTemplate, Argument, DryRun, MeasurementRetention } from '../model/analysis'
import { buildAnalysisRun } from '../model/analysisRuns/buildAnalysisRun'
import { isCompletedPhase } from '../model/analysisRuns/phases'
import type { AnalysisRunAsk, MeasureAnswer, SecretAnswer } from '../model/ask'
import type { Issue } from '../model/issue'
import { ownValue } from '../model/json'
import type { Series } from '../model/series'
import { formatTime, parseTime } from '../model/time'
import { matchDryRun } from './matchRules'
import { noStatus } from './nextStatus'
import type { AnalysisRunDecision } from './observation'
import { reconcileAnalysisRun } from './reconcileAnalysisRun'
import { measurePoint, type ReplayedResult } from './replayMeasure'
import {
  describeMeasurement,
  describeMetrics,
  explainVerdict,
  type Replay,
  type ReplayedMeasurement,
} from './replayReport'
import { type AfterEnd, pointFor, type ReadSeries, readSeries } from './replaySeries'
import { resolveWithoutSecrets } from './resolveArgs'

export interface ReplayOptions {
  /** Values for the template's arguments. */
  readonly args?: readonly Argument[]
  /** Texts of the secrets that arguments name: by secret, then by key. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly dryRun?: readonly DryRun[]
  readonly measurementRetention?: readonly MeasurementRetention[]
  /** RFC 3339; when the run starts. Default 2030-01-01T00:00:00Z. */
  readonly startAt?: string
  /** Somebody terminates the run then. */
  readonly terminateAtSeconds?: number
  /** How long to look. Default: until the last time in the series, or a day. */
  readonly untilSeconds?: number
  /** Default 10 000. */
  readonly mostMeasurements?: number
  /** Default `repeatLast`. */
  readonly afterEnd?: AfterEnd
}

const aDay = 86_400
const defaultMostMeasurements = 10_000
/** Reconciles that may go by between two measurements; each changes the status, or moves the clock. */
const mostIdleSteps = 50

interface Lab {
  readonly options: ReplayOptions
  readonly series: ReadonlyMap<string, ReadSeries>
  readonly startSeconds: number
  run: AnalysisRun
  /** Milliseconds since the start. A measurement is due strictly after its interval, so the clock ticks finer than it prints. */
  nowMilliseconds: number
  readonly measurements: ReplayedMeasurement[]
  readonly events: Replay['events'][number][]
  readonly taken: Map<string, number>
}

/**
 * Runs recorded or made-up measurements through the AnalysisRun reducer on a virtual clock, and tells the verdict, when it
 * falls, and why, measurement by measurement. Measurements take no time; conditions are evaluated by the condition
 * language.
 *
 * `template`: one template, or several that a run would combine; an AnalysisRun does as well. Issues instead of exceptions:
 * `analysis-invalid` (no run can be made of it), `series-missing`, `series-unused`, `series-time`.
 *
 * @see behaviour 4
 *
 * @example
 * const { verdict, decidedAtSeconds } = replayAnalysis(template, { 'success-rate': [0.99, 0.98, 0.4, 0.3] })
 */
export function replayAnalysis(
  template: Pick<AnalysisTemplate, 'metadata' | 'spec'> | readonly Pick<AnalysisTemplate, 'metadata' | 'spec'>[],
  series: Series,
  options: ReplayOptions = {},
): Replay {
  const templates = Array.isArray(template) ? (template as readonly AnalysisTemplate[]) : [template as AnalysisTemplate]
  const { args, dryRun, measurementRetention } = options
  const plan = { templates, clusterTemplates: [], args, dryRun, measurementRetention }
  const built = buildAnalysisRun({ ...plan, name: 'replay', namespace: 'default' })
  if ('error' in built) return nothingReplayed(built.error)
  const read = readAll(built.run, series)
  const lab: Lab = {
    options,
    series: read.series,
    startSeconds: parseTime(options.startAt) ?? parseTime('2030-01-01T00:00:00Z') ?? 0,
    run: built.run,
    nowMilliseconds: 0,
    measurements: [],
    events: [],
    taken: new Map(),
  }
  return report(lab, play(lab, untilSecondsOf(options, read.series)), read.issues)
}

function nothingReplayed(error: string): Replay {
  const issue: Issue = { code: 'analysis-invalid', path: 'spec', message: error }
  const status = { phase: 'Error', message: error } as const
  return { verdict: 'Error', why: error, measurements: [], metrics: [], events: [], status, issues: [issue] }
}

function readAll(
  run: AnalysisRun,
  series: Series,
): { readonly series: ReadonlyMap<string, ReadSeries>; readonly issues: readonly Issue[] } {
  const issues: Issue[] = []
  const read = new Map<string, ReadSeries>()
  const names = new Set(resolvedMetrics(run).map(({ name }) => name))
  for (const name of names) {
    const items = ownValue(series, name)
    if (items) {
      const ordered = readSeries(name, items)
      issues.push(...ordered.issues)
      read.set(name, ordered)
    } else issues.push({ code: 'series-missing', path: name, message: `there is no series for metric '${name}'` })
  }
  for (const name of Object.keys(series)) {
    if (names.has(name)) continue
    const message = `no metric is called '${name}'`
    issues.push({ code: 'series-unused', path: name, message, severity: 'warning' })
  }
  return { series: read, issues }
}

function untilSecondsOf({ untilSeconds }: ReplayOptions, series: ReadonlyMap<string, ReadSeries>): number {
  if (untilSeconds !== undefined) return untilSeconds
  const lastTimes = [...series.values()].filter(({ isTimed }) => isTimed).map(({ points }) => points.at(-1)?.atSeconds)
  return lastTimes.length === 0 ? aDay : lastTimes.reduce<number>((latest, at) => Math.max(latest, at ?? 0), 0)
}

/** Why there is no verdict, or undefined where there is one. */
function play(lab: Lab, untilSeconds: number): string | undefined {
  const { mostMeasurements = defaultMostMeasurements, terminateAtSeconds } = lab.options
  for (let idle = 0; idle < mostIdleSteps; idle++) {
    if (terminateAtSeconds !== undefined && lab.nowMilliseconds >= terminateAtSeconds * 1000) terminate(lab)
    const before = lab.run.status
    const measuredBefore = lab.measurements.length
    const { requeueAfterSeconds } = step(lab)
    if (isCompletedPhase(lab.run.status?.phase)) return undefined
    if (lab.measurements.length >= mostMeasurements) return `no verdict after ${mostMeasurements} measurements`
    if (lab.measurements.length > measuredBefore) idle = 0
    // A new status brings the controller back at once.
    if (lab.run.status !== before) continue
    const wake = nextWake(lab, requeueAfterSeconds)
    if (wake === undefined) return 'nothing is left to measure, and yet there is no verdict'
    if (wake > untilSeconds * 1000 + 1) return `no verdict within ${untilSeconds} s`
    lab.nowMilliseconds = wake
  }
  return 'the run does not come on'
}

function terminate(lab: Lab): void {
  if (!lab.run.spec.terminate) lab.run = { ...lab.run, spec: { ...lab.run.spec, terminate: true } }
}

function nextWake(lab: Lab, requeueAfterSeconds: number | undefined): number | undefined {
  const { nowMilliseconds, run, options } = lab
  const ends = run.spec.terminate ? undefined : options.terminateAtSeconds
  const wakes = [
    requeueAfterSeconds === undefined
      ? undefined
      : Math.max(nowMilliseconds + 1, Math.ceil(nowMilliseconds + requeueAfterSeconds * 1000 - 1e-3)),
    ends === undefined ? undefined : Math.max(nowMilliseconds + 1, ends * 1000),
  ].filter((wake) => wake !== undefined)
  return wakes.length === 0 ? undefined : Math.min(...wakes)
}

/** One decision with all its questions answered. */
function step(lab: Lab): AnalysisRunDecision {
  const now = timeText(lab)
  const replies: Record<string, SecretAnswer | MeasureAnswer> = {}
  const taken: { readonly metric: string; readonly index: number; readonly result: ReplayedResult }[] = []
  let decision = reconcileAnalysisRun({ now, analysisRun: lab.run })
  // Secrets, measurements, clean-up.
  for (let round = 0; round < 3 && decision.asks.length > 0; round++) {
    for (const ask of decision.asks) replies[ask.key] = answer(lab, ask, now, (one) => taken.push(one))
    decision = reconcileAnalysisRun({ now, analysisRun: lab.run, answers: { replies: { ...replies } } })
  }
  lab.run = { ...lab.run, status: decision.status }
  const atSeconds = secondsOf(lab)
  for (const { type, reason, message } of decision.events) lab.events.push({ atSeconds, type, reason, message })
  for (const { metric, index, result } of taken) {
    const after = decision.status.metricResults?.find(({ name }) => name === metric)
    const measurement = after?.measurements?.at(-1) ?? result.measurement
    lab.measurements.push(describeMeasurement(after, { atSeconds, index, metric, why: result.why }, measurement))
  }
  return decision
}

function answer(
  lab: Lab,
  ask: AnalysisRunAsk,
  now: string,
  note: (taken: { metric: string; index: number; result: ReplayedResult }) => void,
): SecretAnswer | MeasureAnswer {
  if (ask.kind === 'secret') {
    const data = ownValue(lab.options.secrets, ask.name)
    return data ? { data } : { error: `secrets "${ask.name}" not found` }
  }
  if (ask.operation === 'garbageCollect') return {}
  const { name } = ask.metric
  const series = lab.series.get(name)
  const index = lab.taken.get(name) ?? 0
  lab.taken.set(name, index + 1)
  const point = series
    ? pointFor(series, index, secondsOf(lab), lab.options.afterEnd ?? 'repeatLast')
    : { error: `there is no series for metric '${name}'` }
  const result = measurePoint(ask.metric, point, now)
  note({ metric: name, index, result })
  return { measurement: result.measurement }
}

const secondsOf = ({ nowMilliseconds }: Lab): number => Math.floor(nowMilliseconds / 1000)

function timeText(lab: Lab): string {
  const milliseconds = String(lab.nowMilliseconds % 1000).padStart(3, '0')
  return formatTime(lab.startSeconds + secondsOf(lab)).replace('Z', `.${milliseconds}Z`)
}

/** For names and limits; where arguments are missing the reducer says so. */
function resolvedMetrics({ spec }: AnalysisRun): NonNullable<AnalysisRun['spec']['metrics']> {
  const resolved = resolveWithoutSecrets(spec.metrics ?? [], spec.args ?? [])
  return 'error' in resolved ? (spec.metrics ?? []) : resolved.metrics
}

function report(lab: Lab, undecided: string | undefined, issues: readonly Issue[]): Replay {
  const { run, measurements, events } = lab
  const status = run.status ?? noStatus
  const metrics = resolvedMetrics(run)
  const dryRun = matchDryRun(run.spec.dryRun ?? [], metrics).names
  const described = describeMetrics(metrics, dryRun, status)
  return {
    verdict: status.phase,
    ...(undecided === undefined ? { decidedAtSeconds: secondsOf(lab) } : {}),
    why: undecided ?? explainVerdict(status, described),
    measurements,
    metrics: described,
    events,
    status,
    issues,
  }
}
