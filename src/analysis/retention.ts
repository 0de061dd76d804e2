import type { MeasurementRetention, Metric, MetricResult } from '../model/analysis'
import type { Answers, MeasureAnswer, MeasureAsk, SecretAnswer } from '../model/ask'
import { ownValue } from '../model/json'
import { answerTo, measureKey } from './measure'
import type { Results } from './results'

const defaultLimit = 10

type AnyAnswers = Answers<SecretAnswer | MeasureAnswer> | undefined

/** Before measurements are dropped the provider has to clean up (behaviour 4.7). */
export function retentionAsks(
  results: readonly MetricResult[],
  metrics: readonly Metric[],
  rules: ReadonlyMap<string, MeasurementRetention>,
): readonly MeasureAsk[] {
  const metricOf = new Map(metrics.map((metric) => [metric.name, metric]))
  return results.flatMap(({ name, measurements }) => {
    const limit = limitOf(rules.get(name))
    const metric = metricOf.get(name)
    if (!metric || (measurements?.length ?? 0) <= limit) return []
    const key = measureKey('garbageCollect', name)
    return [{ kind: 'measure', key, operation: 'garbageCollect', metric, limit } as const]
  })
}

const limitOf = (rule: MeasurementRetention | undefined): number => (rule && rule.limit > 0 ? rule.limit : defaultLimit)

/**
 * The results without old measurements. Without a provider a metric keeps all; a provider that fails to clean up stops
 * the trimming there.
 */
export function trimMeasurements(results: Results, asks: readonly MeasureAsk[], answers: AnyAnswers): Results {
  if (asks.length === 0) return results
  const trimmed = new Map(results)
  for (const { key, metric, limit = defaultLimit } of asks) {
    if (ownValue(answers?.failures, key)) break
    const result = trimmed.get(metric.name)
    if (!result || answerTo(key, answers)?.providerError !== undefined) continue
    trimmed.set(metric.name, { ...result, measurements: result.measurements?.slice(-limit) })
  }
  return trimmed
}
