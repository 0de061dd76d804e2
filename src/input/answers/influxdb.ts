import { readCsv } from '../series/seriesCsv'
import { type SeriesEntry, seriesIssue } from '../series/seriesEntries'
import type { ReadEntries } from '../series/seriesTable'

const annotation = /^#(datatype|group|default)\b/gm

/** Whether a text is InfluxDB's annotated CSV, or the same without annotations. */
export const isFluxTable = (text: string): boolean => /^\s*(?:#(?:datatype|group|default),|,result,table,)/.test(text)

/**
 * Tables of a Flux answer: at each `_time` a list with the `_value` of every record that has it; without times one
 * list.
 */
export function readFluxTables(text: string, onlyMetric: string | undefined): ReadEntries {
  if (onlyMetric === undefined) {
    return refused('this is an answer of InfluxDB: say which metric it belongs to', 1)
  }
  const read = readCsv(text.replace(annotation, '@$1'))
  if ('problem' in read) return refused(read.problem, read.line)
  const moments = new Map<string | undefined, { readonly values: unknown[]; readonly line: number }>()
  let columns: readonly string[] = []
  let types: readonly string[] = []
  let isHeaderNext = true
  for (const { cells, line } of read.rows) {
    const [mark = ''] = cells
    if (mark === '@datatype') types = cells
    if (mark.startsWith('@')) isHeaderNext = true
    else if (isHeaderNext || cells.includes('_value')) {
      columns = cells
      isHeaderNext = false
    } else {
      const time = columns.includes('_time') ? cells[columns.indexOf('_time')] : undefined
      const at = columns.indexOf('_value')
      if (at < 0) return refused('there is no column _value', line)
      const moment = moments.get(time) ?? { values: [], line }
      moment.values.push(valueOfCell(cells[at] ?? '', types[at]))
      moments.set(time, moment)
    }
  }
  return entriesOf(moments, onlyMetric)
}

function entriesOf(
  moments: ReadonlyMap<string | undefined, { readonly values: readonly unknown[]; readonly line: number }>,
  metric: string,
): ReadEntries {
  if (moments.size === 0) {
    const item = { value: null, forever: true } as const
    return { entries: [{ metric, time: undefined, item, path: '', line: 1 }], isTimed: false, issues: [] }
  }
  const entries: SeriesEntry[] = [...moments].map(([time, { values, line }]) => ({
    metric,
    time,
    item: { value: values },
    path: '',
    line,
  }))
  return { entries, isTimed: !moments.has(undefined), issues: [] }
}

const refused = (message: string, line: number): ReadEntries => ({
  entries: [],
  isTimed: false,
  issues: [seriesIssue('series-syntax', message, '', line)],
})

const tags: Readonly<Record<string, string>> = {
  long: '$int64',
  unsignedLong: '$uint64',
  duration: '$duration',
  'dateTime:RFC3339': '$time',
  'dateTime:RFC3339Nano': '$time',
}

/** Without annotations what looks like a number is one. */
function valueOfCell(cell: string, type: string | undefined): unknown {
  if (cell === '') return null
  if (type === 'boolean') return cell.toLowerCase() !== 'false'
  if (type !== undefined && Object.hasOwn(tags, type)) return { [tags[type] ?? '']: cell }
  const isNumber = (type === undefined || type === 'double') && cell.trim() !== '' && !Number.isNaN(Number(cell))
  return isNumber ? Number(cell) : cell
}
