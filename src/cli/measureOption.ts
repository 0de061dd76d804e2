import { pointOfCell } from '../input/series/seriesCells'
import type { SeriesPoint } from '../model/series'

const itemPattern = /(?:"(?:[^"\\]|\\.)*"|\[(?:[^[\]]|\[[^\]]*\])*\]|\{[^}]*\}|[^,[{"]|["[{])+/g

/** `metric=item,item` of `--measure`: commas inside brackets and quotes do not count. */
export function readMeasureOption(
  value: string,
): { readonly metric: string; readonly points: readonly SeriesPoint[] } | { readonly problem: string } {
  const equals = value.indexOf('=')
  const metric = value.slice(0, Math.max(0, equals))
  const items = value.slice(equals + 1).match(itemPattern) ?? []
  const points = items.map((item) => pointOfCell(item.trim())).filter((point) => point !== undefined)
  if (metric !== '' && points.length > 0) return { metric, points }
  const examples = 'success-rate=Successful,Failed or success-rate=0.99,0.4'
  return { problem: `--measure wants METRIC=ITEM,... such as ${examples}, not "${value}"` }
}
