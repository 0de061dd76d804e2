import type { AnalysisRunStatus, Measurement, Metric, MetricResult } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import { parseTime } from '../model/time'

/** The results of a run, by metric name. */
export type Results = ReadonlyMap<string, MetricResult>

export const readResults = (status: AnalysisRunStatus | undefined): Results =>
  new Map((status?.metricResults ?? []).map((result) => [result.name, result]))

export const lastMeasurement = (result: MetricResult | undefined): Measurement | undefined =>
  result?.measurements?.at(-1)

export const isMetricCompleted = (result: MetricResult | undefined): boolean => isCompletedPhase(result?.phase)

/** When the measurement finished; undefined while it is in progress. */
export const finishedSeconds = (measurement: Measurement): number | undefined => parseTime(measurement.finishedAt)

/**
 * The results as they are in a status: the first `known` ones keep their places, new ones follow in the order of the
 * spec.
 */
export function listResults(results: Results, metrics: readonly Metric[], known: number): readonly MetricResult[] {
  const all = [...results.values()]
  if (all.length === known) return all
  const place = new Map(metrics.map(({ name }, index) => [name, index]))
  const placeOf = ({ name }: MetricResult): number => place.get(name) ?? metrics.length
  const listed = all.slice(0, known)
  for (const result of all.slice(known)) {
    let at = listed.length
    while (at > 0 && placeOf(listed[at - 1] as MetricResult) > placeOf(result)) at--
    listed.splice(at, 0, result)
  }
  return listed
}
