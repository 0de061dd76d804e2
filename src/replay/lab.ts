import { defaultConsecutiveErrorLimit } from '../analysis/assessMetric'
import type { AnalysisRunDecision } from '../analysis/observation'
import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import { intValue } from '../kube/intOrString'
import type { AnalysisRun, Metric } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { AnalysisRunAsk, MeasureAnswer, SecretAnswer } from '../model/ask'
import type { ControllerVersion } from '../model/controllerVersion'
import { ownValue } from '../model/json'
import type { MeasuredPhaseName } from '../model/series'
import { formatTime } from '../model/time'
import { assumedSecret } from '../secrets/assumedSecret'
import { hideSecrets } from '../secrets/hideSecrets'
import { effectiveCount } from '../templates/effectiveCount'
import { endingPoint } from './decidedAlready'
import { measurePoint, type ReplayedResult } from './measurePoint'
import { type AfterEnd, isUsedUp, pointFor, type ReadSeries } from './readSeries'
import { describeMeasurement, type Replay, type ReplayedMeasurement } from './report'

/** The maximum of reconciles between two measurements; each changes the status, or moves the clock. */
const mostIdleSteps = 50

/** The state of one replay; it never leaves the call that made it. */
export interface Lab {
  readonly series: ReadonlyMap<string, ReadSeries>
  /** With arguments put in. */
  readonly metrics: readonly Metric[]
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
  /** Seconds since 1970. */
  readonly nowAtStart: number
  /** The second of the series at which the run starts. */
  readonly startAtSeconds: number
  readonly terminateAtSeconds: number | undefined
  readonly mostMeasurements: number
  readonly controller: ControllerVersion
  readonly afterEnd: AfterEnd | 'end'
  /** All measurements from the n-th on end so, whatever the series say: what could still have happened? */
  readonly instead?: { readonly from: number; readonly ending: MeasuredPhaseName }
  run: AnalysisRun
  /**
   * Milliseconds since the start. A measurement is due strictly after its interval, so the clock ticks finer than it
   * prints.
   */
  nowMilliseconds: number
  readonly measurements: ReplayedMeasurement[]
  readonly events: Replay['events'][number][]
  /** Measurements by metric: how many, and the second of the series that the last one was taken at. */
  readonly taken: Map<string, { readonly count: number; readonly atSeconds: number }>
}

/** Runs to the verdict. Why there is none, or undefined if there is one. */
export function play(lab: Lab): string | undefined {
  for (let idle = 0; idle < mostIdleSteps; idle++) {
    const { terminateAtSeconds = Number.POSITIVE_INFINITY } = lab
    if (lab.nowMilliseconds >= terminateAtSeconds * 1000) terminate(lab)
    const before = lab.run.status
    const measuredBefore = lab.measurements.length
    const { requeueAfterSeconds } = step(lab)
    if (isCompletedPhase(lab.run.status?.phase)) return undefined
    if (lab.measurements.length >= lab.mostMeasurements) return `no verdict after ${lab.mostMeasurements} measurements`
    if (lab.measurements.length > measuredBefore) idle = 0
    // A new status brings the controller back at once.
    if (lab.run.status !== before) continue
    const wake = nextWake(lab, requeueAfterSeconds)
    if (wake === undefined) return 'nothing is left to measure, and yet there is no verdict'
    if (isOver(lab)) terminate(lab)
    else lab.nowMilliseconds = wake
  }
  return 'the run does not come on'
}

export const secondsOf = ({ nowMilliseconds }: Lab): number => Math.floor(nowMilliseconds / 1000)

function terminate(lab: Lab): void {
  if (!lab.run.spec.terminate) lab.run = { ...lab.run, spec: { ...lab.run.spec, terminate: true } }
}

/** Nothing but metrics without a count is open, and they have seen the ends of their series. */
function isOver({ afterEnd, terminateAtSeconds, metrics, run, series, taken }: Lab): boolean {
  if (afterEnd !== 'end' || terminateAtSeconds !== undefined || run.spec.terminate) return false
  const results = run.status?.metricResults ?? []
  const open = metrics.filter(({ name }) => !isCompletedPhase(results.find((result) => result.name === name)?.phase))
  return open.every((metric) => {
    const points = series.get(metric.name)
    const { count, atSeconds } = taken.get(metric.name) ?? noneTaken
    if (effectiveCount(metric) !== undefined || !points) return false
    return points.forever ? count > measurementsForLimits(metric) : isUsedUp(points, count, atSeconds)
  })
}

/** The same measurement so many times is beyond every limit that it can be beyond. */
const measurementsForLimits = ({ failureLimit, inconclusiveLimit, consecutiveErrorLimit, ...metric }: Metric): number =>
  Math.max(
    ...[failureLimit, inconclusiveLimit, consecutiveErrorLimit ?? defaultConsecutiveErrorLimit].map(intValue),
    intValue(metric.consecutiveSuccessLimit),
  )

const noneTaken = { count: 0, atSeconds: 0 }

function nextWake(
  { nowMilliseconds, run, terminateAtSeconds }: Lab,
  requeueAfterSeconds: number | undefined,
): number | undefined {
  const soonest = nowMilliseconds + 1
  const ends = run.spec.terminate ? undefined : terminateAtSeconds
  const wakes = [
    ...(requeueAfterSeconds === undefined ? [] : [Math.ceil(nowMilliseconds + requeueAfterSeconds * 1000 - 1e-3)]),
    ...(ends === undefined ? [] : [ends * 1000]),
  ]
  return wakes.length === 0 ? undefined : Math.max(soonest, Math.min(...wakes))
}

interface Taken {
  readonly metric: string
  readonly index: number
  readonly isRepeated: boolean
  readonly result: ReplayedResult
}

/** One decision with all its questions answered. */
function step(lab: Lab): AnalysisRunDecision {
  const now = timeText(lab)
  const replies: Record<string, SecretAnswer | MeasureAnswer> = {}
  const taken: Taken[] = []
  const observed = { now, analysisRun: lab.run, options: { controller: lab.controller, hideSecrets: true } }
  let decision = reconcileAnalysisRun(observed)
  // Secrets, measurements, clean-up.
  for (let round = 0; round < 3 && decision.asks.length > 0; round++) {
    for (const ask of decision.asks) replies[ask.key] = answer(lab, ask, now, taken)
    decision = reconcileAnalysisRun({ ...observed, answers: { replies: { ...replies } } })
  }
  lab.run = { ...lab.run, status: decision.status }
  const atSeconds = secondsOf(lab)
  for (const { type, reason, message } of decision.events) lab.events.push({ atSeconds, type, reason, message })
  for (const { metric, index, isRepeated, result } of taken) {
    const after = decision.status.metricResults?.find(({ name }) => name === metric)
    const measurement = after?.measurements?.at(-1) ?? result.measurement
    lab.measurements.push(
      describeMeasurement(after, { atSeconds, index, metric, isRepeated, why: result.why }, measurement),
    )
  }
  return decision
}

function answer(lab: Lab, ask: AnalysisRunAsk, now: string, taken: Taken[]): SecretAnswer | MeasureAnswer {
  if (ask.kind === 'secret') return answerSecret(lab, ask.name)
  if (ask.operation === 'garbageCollect') return {}
  const { name } = ask.metric
  const series = lab.series.get(name)
  const { count, atSeconds } = lab.taken.get(name) ?? noneTaken
  const second = lab.startAtSeconds + secondsOf(lab)
  lab.taken.set(name, { count: count + 1, atSeconds: second })
  const point = series
    ? pointFor(series, count, second, lab.afterEnd === 'noData' ? 'noData' : 'repeatLast')
    : { error: `there is no series for metric '${name}'` }
  const { instead } = lab
  const isInstead = instead !== undefined && lab.measurements.length + taken.length >= instead.from
  const result = measurePoint(ask.metric, isInstead ? endingPoint(ask.metric, instead.ending) : point, {
    now,
    controller: lab.controller,
  })
  const isRepeated = series !== undefined && isUsedUp(series, count, atSeconds)
  const why = hideSecrets(result.why, ask.secrets ?? [])
  taken.push({ metric: name, index: count, isRepeated, result: { ...result, why } })
  return { measurement: result.measurement }
}

/** What a secret says matters to providers only, so any text will do. */
function answerSecret({ run, secrets }: Lab, name: string): SecretAnswer {
  const keys = (run.spec.args ?? []).flatMap(({ valueFrom }) => {
    const reference = valueFrom?.secretKeyRef
    return reference?.name === name ? [reference.key] : []
  })
  const assumed = keys.map((key) => [key, assumedSecret] as const)
  return { data: { ...Object.fromEntries(assumed), ...ownValue(secrets, name) } }
}

function timeText(lab: Lab): string {
  const milliseconds = String(lab.nowMilliseconds % 1000).padStart(3, '0')
  return formatTime(lab.nowAtStart + secondsOf(lab)).replace('Z', `.${milliseconds}Z`)
}
