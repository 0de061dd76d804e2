import type { AnalysisPhase, Metric, MetricResult, RunSummary } from '../model/analysis'
import { isCompletedPhase, isWorsePhase } from '../model/analysisPhases'
import type { EngineEvent } from '../model/decision'
import { assessMetric, brokenLimit } from './assessMetric'
import { lastMeasurement, type Results } from './results'

export interface RunSituation {
  /** With arguments substituted. */
  readonly metrics: readonly Metric[]
  readonly results: Results
  readonly dryRun: ReadonlySet<string>
  /** The run is being terminated (`spec.terminate`). */
  readonly terminateAsked: boolean
  readonly terminating: boolean
}

export interface Assessment {
  readonly phase: AnalysisPhase
  readonly message: string
  readonly results: Results
  readonly runSummary: RunSummary
  readonly dryRunSummary: RunSummary
  readonly events: readonly Pick<EngineEvent, 'type' | 'reason' | 'message'>[]
}

type Tally = { -readonly [Field in keyof Required<RunSummary>]: number }

interface Draft {
  /** The given results, until one changes; then a copy. */
  results: Results
  changed: Map<string, MetricResult> | undefined
  readonly events: Pick<EngineEvent, 'type' | 'reason' | 'message'>[]
  readonly runSummary: Tally
  readonly dryRunSummary: Tally
  worst: AnalysisPhase
  message: string
  allCompleted: boolean
}

const emptyTally = (): Tally => ({ count: 0, successful: 0, failed: 0, inconclusive: 0, error: 0 })

/** The phases of all metrics and of the run, after the measurements so far (behaviour 4.5.2). */
export function assessRun(situation: RunSituation): Assessment {
  const draft: Draft = {
    results: situation.results,
    changed: undefined,
    events: [],
    runSummary: emptyTally(),
    dryRunSummary: emptyTally(),
    worst: '',
    message: situation.terminateAsked ? 'Run Terminated' : '',
    allCompleted: true,
  }
  for (const metric of situation.metrics) assessInto(draft, situation, metric)
  const { phase, message } = verdict(draft, situation.terminating)
  return {
    phase,
    message,
    results: draft.results,
    runSummary: summaryOf(draft.runSummary),
    dryRunSummary: summaryOf(draft.dryRunSummary),
    events: draft.events,
  }
}

function write(draft: Draft, result: MetricResult): void {
  draft.changed ??= new Map(draft.results)
  draft.results = draft.changed.set(result.name, result)
}

function verdict(draft: Draft, terminating: boolean): Pick<Assessment, 'phase' | 'message'> {
  const message = draft.message.trim()
  if (terminating) return { phase: draft.worst || 'Successful', message }
  if (!draft.allCompleted || draft.worst === '') return { phase: 'Running', message: '' }
  return { phase: draft.worst, message }
}

function assessInto(draft: Draft, situation: RunSituation, metric: Metric): void {
  const isDry = situation.dryRun.has(metric.name)
  const tally = isDry ? draft.dryRunSummary : draft.runSummary
  tally.count++
  const before = draft.results.get(metric.name)
  const phase = before ? assessMetric(metric, before, situation.terminating) : undefined
  if (!before || !phase) {
    draft.allCompleted = false
    return
  }
  const result = phase === before.phase ? before : enterPhase(draft, before, phase)
  if (!isCompletedPhase(phase)) draft.allCompleted = false
  else if (isDry) countDry(draft, metric, result)
  else count(draft, metric, result)
}

function enterPhase(draft: Draft, before: MetricResult, phase: AnalysisPhase): MetricResult {
  if (isCompletedPhase(phase)) {
    const type = phase === 'Error' || phase === 'Failed' ? 'Warning' : 'Normal'
    draft.events.push({
      type,
      reason: `Metric${phase}`,
      message: `Metric '${before.name}' Completed. Result: ${phase}`,
    })
  }
  const last = lastMeasurement(before)
  const { message, ...others } = before
  const said = last ? last.message : message
  const after: MetricResult = { ...others, phase, ...(said ? { message: said } : {}) }
  write(draft, after)
  return after
}

function count(draft: Draft, metric: Metric, result: MetricResult): void {
  const broken = brokenLimit(metric, result)
  draft.runSummary[summaryField(broken?.phase)]++
  if (draft.worst !== '' && !isWorsePhase(draft.worst, result.phase)) return
  draft.worst = result.phase
  if (!broken) return
  draft.message = `Metric "${metric.name}" assessed ${result.phase} due to ${broken.reason}`
  if (result.message) draft.message += `: "Error Message: ${result.message}"`
}

/** A dry-run metric never affects the run; its own message has the phase that it would have had. */
function countDry(draft: Draft, metric: Metric, result: MetricResult): void {
  const broken = brokenLimit(metric, result)
  draft.dryRunSummary[summaryField(broken?.phase)]++
  if (draft.worst === '') draft.worst = 'Successful'
  if (!broken) return
  const message = `Metric assessed ${result.phase} due to ${broken.reason}`
  if (message !== result.message) write(draft, { ...result, message })
}

/** A metric that exceeded no limit counts as successful, even if it ended Inconclusive at its count. */
function summaryField(phase: 'Failed' | 'Inconclusive' | 'Error' | undefined): keyof Tally {
  switch (phase) {
    case 'Failed':
      return 'failed'
    case 'Inconclusive':
      return 'inconclusive'
    case 'Error':
      return 'error'
    default:
      return 'successful'
  }
}

const summaryFields = ['count', 'successful', 'failed', 'inconclusive', 'error'] as const

/** Without zero values, as stored. */
function summaryOf(tally: Tally): RunSummary {
  const summary: Partial<Tally> = {}
  for (const field of summaryFields) if (tally[field] > 0) summary[field] = tally[field]
  return summary
}
