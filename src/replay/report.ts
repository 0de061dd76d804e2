import { brokenLimit } from '../analysis/assessMetric'
import { hasReachedCount } from '../analysis/dueMeasurements'
import { int32Value } from '../kube/intOrString'
import type {
  AnalysisPhase,
  AnalysisRun,
  AnalysisRunStatus,
  Measurement,
  Metric,
  MetricResult,
} from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { ControllerVersion } from '../model/controllerVersion'
import type { EngineEvent } from '../model/decision'
import type { ReplayIssue } from './prepareRun'

/** One measurement of a replay, and its effect. */
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
  /** The metric's counts after it: `2 successful, 1 failed`. */
  readonly tally: string
  /** The series was over: its last point again, or no data. */
  readonly isRepeated?: true
}

/** How one metric ended. */
export interface ReplayedMetric {
  readonly name: string
  readonly dryRun: boolean
  readonly phase: AnalysisPhase
  /** Which limit or count decided, or that none did. */
  readonly why: string
  /** `2 successful, 1 failed`. */
  readonly tally: string
}

/** What a replay came to. */
export interface Replay {
  /** Which version of the controller decided so. */
  readonly controller: ControllerVersion
  /** The run's phase in the end; `Running` if there is no verdict within the limits. */
  readonly verdict: AnalysisPhase
  /** Seconds after the run's start. Absent without a verdict. */
  readonly decidedAtSeconds?: number
  /**
   * Seconds after the start from which on no measurement could have changed the verdict, as long as the provider
   * answers; only where that is earlier.
   */
  readonly decidedAlreadyAtSeconds?: number
  /** One sentence. */
  readonly why: string
  /** In the order in which they were taken. */
  readonly measurements: readonly ReplayedMeasurement[]
  readonly metrics: readonly ReplayedMetric[]
  readonly events: readonly (Pick<EngineEvent, 'type' | 'reason' | 'message'> & { readonly atSeconds: number })[]
  /** The run's status in the end, as the controller would have written it. */
  readonly status: AnalysisRunStatus
  /** Problems of template and series. With an error the verdict is meaningless. */
  readonly issues: readonly ReplayIssue[]
}

interface TakenMeasurement {
  readonly atSeconds: number
  readonly index: number
  readonly metric: string
  readonly isRepeated: boolean
  readonly why: string
}

export function describeMeasurement(
  result: MetricResult | undefined,
  { atSeconds, metric, index, isRepeated, why }: TakenMeasurement,
  { phase, value, message }: Measurement,
): ReplayedMeasurement {
  return {
    atSeconds,
    metric,
    index,
    phase,
    ...(value === undefined ? {} : { value }),
    ...(message === undefined ? {} : { message }),
    why,
    metricPhase: result?.phase ?? '',
    tally: tallyOf(result),
    ...(isRepeated ? { isRepeated } : {}),
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
  run: AnalysisRun,
): readonly ReplayedMetric[] =>
  metrics.map((metric) => {
    const result = run.status?.metricResults?.find(({ name }) => name === metric.name)
    return {
      name: metric.name,
      dryRun: dryRun.has(metric.name),
      phase: result?.phase ?? '',
      why: whyMetric(metric, result),
      tally: tallyOf(result),
    }
  })

/** In the order in which the reducer asks. */
function whyMetric(metric: Metric, result: MetricResult | undefined): string {
  if (!result || !isCompletedPhase(result.phase)) return 'it was not through'
  const broken = brokenLimit(metric, result)
  if (broken) return broken.reason
  const limit = int32Value(metric.consecutiveSuccessLimit)
  const { consecutiveSuccess = 0, count = 0 } = result
  if (limit > 0 && consecutiveSuccess >= limit) {
    return `consecutiveSuccess (${consecutiveSuccess}) >= consecutiveSuccessLimit (${limit})`
  }
  if (!hasReachedCount(metric, result)) return 'the run ended before it was through'
  return `count (${count}) reached${limit > 0 ? `, never ${limit} successes in a row` : ''}`
}

/** The reducer's message of a terminated run. */
const terminated = 'Run Terminated'

/** Why the run ended as it did. The run's own message is empty if all went well. */
export function explainVerdict(status: AnalysisRunStatus, metrics: readonly ReplayedMetric[]): string {
  const isTerminated = status.message === terminated
  if (status.message && !isTerminated) return status.message
  const deciding = metrics.filter((metric) => !metric.dryRun && metric.phase === status.phase)
  const named = deciding.map(({ name, why, tally }) => `${name}: ${isTerminated ? tally : why}`).join('; ')
  if (isTerminated) return `the run was terminated, and nothing was beyond its limit (${named})`
  return named === '' ? `the run ended ${status.phase}` : named
}
