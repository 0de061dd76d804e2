import { intValue } from '../kube/intOrString'
import type { Metric } from '../model/analysis'
import type { IntOrString } from '../model/meta'

/**
 * The number of measurements of a metric; undefined means endless. Without a count (or with one that reads as 0) it is
 * one measurement, or endless where an interval is given (behaviour 1.5).
 */
export function effectiveCount(metric: Pick<Metric, 'count' | 'interval'>): IntOrString | undefined {
  if (metric.count !== undefined && metric.count !== null && intValue(metric.count) !== 0) return metric.count
  return metric.interval ? undefined : 1
}
