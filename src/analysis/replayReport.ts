import type { AnalysisPhase, AnalysisRunStatus, Measurement, Metric, MetricResult } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisRuns/phases'
import type { EngineEvent } from '../model/decision'
import type { Issue } from '../model/issue'
import { brokenLimit } from './assessMetric'

/** One measurement of a replay, and what it did. */
export interface ReplayedMeasurement {
  /** Seconds after the run's start. */
  readonly atSeconds: number
  readonly metric: string
  /** From 0, per metric. */
  readonly index: number
  readonly phase: AnalysisPhase
  readonly value?: string
  readonly message?: string
  /** Which condition gave it its phase. */
  readonly why: string
  /** The metric's phase after it. */
  readonly metricPhase: AnalysisPhase
  /** Where the metric stands then: `2 successful, 1 failed`. */
  readonly tally: string
}

/** How one metric ended. */
export interface ReplayedMetric {
  readonly name: string
  readonly dryRun: boolean
  readonly phase: AnalysisPhase
  /** The limit that it broke, or the tally of its measurements. */
  readonly why: string
}

/** What a replay came to. */
export interface Replay {
  /** The run's phase in the end; `Running` where there is no verdict within the bounds. */
  readonly verdict: AnalysisPhase
  /** Seconds after the run's start. Absent without a verdict. */
  readonly decidedAtSeconds?: number
  /** One sentence. */
  readonly why: string
  /** In the order in which they were taken. */
  readonly measurements: readonly ReplayedMeasurement[]
  readonly metrics: readonly ReplayedMetric[]
  readonly events: readonly (Pick<EngineEvent, 'type' | 'reason' | 'message'> & { readonly atSeconds: number })[]
  /** The run's status in the end, as the controller would have written it. */
  readonly status: AnalysisRunStatus
  /** What is odd about template or series; errors mean that nothing was replayed. */
  readonly issues: readonly Issue[]
}

export function describeMeasurement(
  result: MetricResult | undefined,
  taken: { readonly atSeconds: number; readonly index: number; readonly metric: string; readonly why: string },
  { phase, value, message }: Measurement,
): ReplayedMeasurement {
  return {
    atSeconds: taken.atSeconds,
    metric: taken.metric,
    index: taken.index,
    phase,
    ...(value === undefined ? {} : { value }),
    ...(message === undefined ? {} : { message }),
    why: taken.why,
    metricPhase: result?.phase ?? '',
    tally: tallyOf(result),
  }
}

const counted = ['successful', 'failed', 'inconclusive', 'error'] as const

export function tallyOf(result: MetricResult | undefined): string {
  const parts = counted.filter((field) => result?.[field]).map((field) => `${result?.[field]} ${field}`)
  return parts.length === 0 ? 'no measurement' : parts.join(', ')
}

export const describeMetrics = (
  metrics: readonly Metric[],
  dryRun: ReadonlySet<string>,
  status: AnalysisRunStatus,
): readonly ReplayedMetric[] =>
  metrics.map((metric) => {
    const result = status.metricResults?.find(({ name }) => name === metric.name)
    const broken = result && isCompletedPhase(result.phase) ? brokenLimit(metric, result) : undefined
    return {
      name: metric.name,
      dryRun: dryRun.has(metric.name),
      phase: result?.phase ?? '',
      why: broken?.reason ?? tallyOf(result),
    }
  })

/** Why the run ended as it did. The run's own message is empty where all went well. */
export function explainVerdict(status: AnalysisRunStatus, metrics: readonly ReplayedMetric[]): string {
  if (status.message) return status.message
  const deciding = metrics.filter((metric) => !metric.dryRun && metric.phase === status.phase)
  const named = deciding.map(({ name, why }) => `${name} (${why})`).join(', ')
  return named === '' ? `the run ended ${status.phase}` : `${status.phase} by ${named}`
}
