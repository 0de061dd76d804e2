import type { AnalysisRun, Measurement } from '../model/analysis'
import type { Issue } from '../model/issue'
import { isMeasuredPhase, type Series, type SeriesPoint } from '../model/series'
import { wellFormedRun } from './wellFormed'

/**
 * The measurements in an AnalysisRun's status, as a series for `replayAnalysis`. Values are parsed back into the
 * providers' form and judged again, so other conditions and limits may lead to another verdict. Warns (`series-cut`) if
 * the run has dropped measurements.
 *
 * @example
 * const provider = { prometheus: { address: 'http://prometheus:9090', query: 'up' } }
 * const spec = { metrics: [{ name: 'up', successCondition: 'isNaN(result[0])', provider }] }
 * const measurements = [{ phase: 'Successful' as const, value: '[NaN]' }]
 * const status = { phase: 'Successful' as const, metricResults: [{ name: 'up', phase: 'Successful' as const, count: 1, measurements }] }
 * const run = { metadata: { name: 'run' }, spec, status }
 * replayAnalysis(run, recordedSeries(run).series).verdict // => 'Successful'
 */
export function recordedSeries(given: AnalysisRun): { readonly series: Series; readonly issues: readonly Issue[] } {
  const run = wellFormedRun(given)
  const lists: [metric: string, points: readonly SeriesPoint[]][] = []
  const issues: Issue[] = []
  for (const [index, { name, measurements = [], count = 0, error = 0 }] of (
    run.status?.metricResults ?? []
  ).entries()) {
    lists.push([name, measurements.flatMap(pointOf)])
    const dropped = count + error - measurements.length
    if (dropped <= 0) continue
    const message = `the first ${dropped} measurements of '${name}' are not recorded any more: the verdict may differ`
    issues.push({
      code: 'series-cut',
      path: `status.metricResults[${index}].measurements`,
      message,
      severity: 'warning',
    })
  }
  return { series: Object.fromEntries(lists), issues }
}

function pointOf({ phase, value, message }: Measurement): readonly SeriesPoint[] {
  if (!isMeasuredPhase(phase)) return []
  const recorded = { phase, ...(value === undefined ? {} : { value }), ...(message === undefined ? {} : { message }) }
  return [{ recorded }]
}
