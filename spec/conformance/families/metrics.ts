import { describeMetrics, renderMetrics } from '../../../src/monitoring/index'
import { firstDifferences } from '../compare'
import type { ConformanceCase, Unit } from '../types'

/** One unit a case: the sorted lines of a scrape that describe objects. */
export function judge({ given, expect }: ConformanceCase): readonly Unit[] {
  const lines = renderMetrics(describeMetrics(Object.values(given.objects)))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .sort()
  return [{ name: 'scrape', differences: firstDifferences(expect.lines, lines), inputs: given }]
}
