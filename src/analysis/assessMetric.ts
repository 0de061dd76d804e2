import { int32Value, intValue } from '../kube/intOrString'
import type { AnalysisPhase, Metric, MetricResult } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import { hasReachedCount } from './dueMeasurements'
import { lastMeasurement } from './results'

export const defaultConsecutiveErrorLimit = 4

/** A limit that a metric exceeded: the phase that it ends in, and why. */
export interface BrokenLimit {
  readonly phase: 'Failed' | 'Inconclusive' | 'Error'
  readonly reason: string
}

/**
 * If several limits are exceeded, errors win over inconclusive measurements, and those over failures (behaviour 4.5).
 */
export function brokenLimit(metric: Metric, result: MetricResult): BrokenLimit | undefined {
  const { failed = 0, inconclusive = 0, consecutiveError = 0 } = result
  const errorLimit = int32Value(metric.consecutiveErrorLimit ?? defaultConsecutiveErrorLimit)
  if (consecutiveError > errorLimit) {
    return {
      phase: 'Error',
      reason: `consecutiveErrors (${consecutiveError}) > consecutiveErrorLimit (${errorLimit})`,
    }
  }
  const inconclusiveLimit = int32Value(metric.inconclusiveLimit)
  if (inconclusive > inconclusiveLimit) {
    return {
      phase: 'Inconclusive',
      reason: `inconclusive (${inconclusive}) > inconclusiveLimit (${inconclusiveLimit})`,
    }
  }
  const failureLimit = int32Value(metric.failureLimit)
  if (failureLimit >= 0 && failed > failureLimit) {
    return { phase: 'Failed', reason: `failed (${failed}) > failureLimit (${failureLimit})` }
  }
  return undefined
}

/** The phase of a metric after its measurements so far (behaviour 4.5.1). */
export function assessMetric(metric: Metric, result: MetricResult, terminating: boolean): AnalysisPhase {
  if (isCompletedPhase(result.phase)) return result.phase
  const last = lastMeasurement(result)
  if (!last) return terminating ? 'Successful' : 'Pending'
  if (!isCompletedPhase(last.phase)) return 'Running'
  const broken = brokenLimit(metric, result)
  if (broken) return broken.phase
  const successLimit = int32Value(metric.consecutiveSuccessLimit)
  if (successLimit > 0 && (result.consecutiveSuccess ?? 0) >= successLimit) return 'Successful'
  if (hasReachedCount(metric, result)) return phaseAtCount(metric)
  return terminating ? 'Successful' : 'Running'
}

/**
 * All measurements are done and no limit was reached: the required number of consecutive successes is missing
 * (behaviour 10.42).
 */
function phaseAtCount(metric: Metric): AnalysisPhase {
  if (intValue(metric.consecutiveSuccessLimit) <= 0) return 'Successful'
  return intValue(metric.failureLimit) >= 0 ? 'Inconclusive' : 'Failed'
}
