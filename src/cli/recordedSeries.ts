import { pointOfCell } from '../input/seriesCells'
import type { AnalysisRun, Measurement } from '../model/analysis'
import type { Issue } from '../model/issue'
import type { Series, SeriesPoint } from '../model/series'

/**
 * What an AnalysisRun measured, out of its status. Values are judged anew, so that other conditions and limits may come to
 * another verdict.
 */
export function recordedSeries(run: AnalysisRun): { readonly series: Series; readonly issues: readonly Issue[] } {
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
  if (phase === 'Error') return [{ error: message ?? '' }]
  const point = value === undefined ? undefined : pointOfCell(value)
  if (point && 'value' in point) return [point]
  return phase === 'Successful' || phase === 'Failed' || phase === 'Inconclusive' ? [{ phase }] : []
}
