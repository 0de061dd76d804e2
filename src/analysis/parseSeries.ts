import type { Issue } from '../model/issue'
import { isJsonObject } from '../model/json'
import { parseTime } from '../model/time'
import { readCsv } from './replayCsv'
import type { Series, SeriesItem, SeriesPoint } from './replaySeries'

export interface ParsedSeries {
  readonly series: Series
  readonly issues: readonly Issue[]
}

const timeColumns: readonly string[] = ['time', 'seconds', 'at', 'atSeconds']
const phases: readonly string[] = ['Successful', 'Failed', 'Error', 'Inconclusive']

/** A value, an error or a phase of a metric, before times are made relative. */
interface Entry {
  readonly metric: string
  readonly time: string | number | undefined
  readonly point: SeriesPoint
  readonly line: number | undefined
}

/**
 * Measurements out of a file's text.
 *
 * `csv`, wide: a first column `time` (RFC 3339) or `seconds`, then one column a metric; a row a moment. Without a time
 * column the n-th cell of a metric is its n-th measurement. An empty cell is no measurement.
 * `csv`, long: columns `metric`, `value` and perhaps `time` or `seconds`; a row a measurement.
 * A cell is a number (`NaN`, `+Inf` and `-Inf` too), `true`, `false`, `null`, a phase (`Successful`, `Failed`, `Error`,
 * `Inconclusive`), `error: <message>`, a JSON list or object, or else a text.
 *
 * `json`: an object `{ "<metric>": [items] }` with items as in `Series`, or a list of rows with the columns above as keys.
 *
 * Times become seconds after the earliest one. Issues: `series-syntax`, `series-column`, `series-time`, each with its line
 * where there is one; what is right is there all the same.
 *
 * @example
 * parseSeries('seconds,success-rate\n0,0.99\n30,0.42\n', 'csv').series
 * // { 'success-rate': [{ atSeconds: 0, value: 0.99 }, { atSeconds: 30, value: 0.42 }] }
 */
export function parseSeries(text: string, format: 'csv' | 'json'): ParsedSeries {
  return format === 'csv' ? parseCsv(text) : parseJson(text)
}

const problem = (code: string, message: string, line?: number, path = ''): Issue => ({
  code,
  path,
  message,
  ...(line === undefined ? {} : { line }),
})

const failed = (issue: Issue): ParsedSeries => ({ series: {}, issues: [issue] })

function parseCsv(text: string): ParsedSeries {
  const read = readCsv(text)
  if ('problem' in read) return failed(problem('series-syntax', read.problem, read.line))
  const [header, ...rows] = read.rows
  if (!header) return failed(problem('series-syntax', 'the file is empty; begin with a line of column names', 1))
  const names = new Set<string>()
  const repeated = header.cells.find((name) => names.has(name) || !names.add(name))
  if (repeated !== undefined)
    return failed(problem('series-column', `two columns are called '${repeated}'`, header.line))
  const issues: Issue[] = []
  const entries = rows.flatMap(({ cells, line }) => {
    if (cells.length > header.cells.length) {
      const message = `${cells.length} cells under ${header.cells.length} columns`
      issues.push(problem('series-column', message, line))
    }
    const row = new Map<string, SeriesPoint>()
    for (const [index, name] of header.cells.entries()) {
      const point = readCell(cells[index] ?? '')
      if (point) row.set(name, point)
    }
    return entriesOfRow(row, line)
  })
  return assemble(entries, issues, header.cells)
}

function readCell(cell: string): SeriesPoint | undefined {
  if (cell === '') return undefined
  if (phases.includes(cell)) return { phase: cell as SeriesPoint['phase'] }
  const [, message] = /^error:\s*(.*)$/is.exec(cell) ?? []
  if (message !== undefined) return { error: message }
  const infinite = /^([+-]?)Inf(?:inity)?$/i.exec(cell)
  if (infinite) return { value: infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY }
  if (cell === 'NaN') return { value: Number.NaN }
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(cell)) return { value: Number(cell) }
  if (!/^(?:[[{]|(?:true|false|null)$)/.test(cell)) return { value: cell }
  const json = readJson(cell)
  return { value: 'value' in json ? json.value : cell }
}

/** The measurements of one row, long or wide. */
function entriesOfRow(row: ReadonlyMap<string, SeriesPoint>, line: number | undefined): readonly Entry[] {
  const timeColumn = timeColumns.find((name) => row.has(name))
  const given = timeColumn === undefined ? undefined : row.get(timeColumn)?.value
  const time = typeof given === 'string' || typeof given === 'number' ? given : undefined
  const metric = row.get('metric')?.value
  if (metric !== undefined) {
    const point = row.get('value') ?? row.get('phase') ?? row.get('error')
    return point ? [{ metric: String(metric), time, point, line }] : []
  }
  return [...row].filter(([name]) => name !== timeColumn).map(([name, point]) => ({ metric: name, time, point, line }))
}

function parseJson(text: string): ParsedSeries {
  const read = readJson(text)
  if ('problem' in read) return failed(problem('series-syntax', `this is no JSON: ${read.problem}`))
  const { value } = read
  if (Array.isArray(value)) return parseRows(value)
  if (!isJsonObject(value)) return failed(problem('series-syntax', 'give an object of metrics, or a list of rows'))
  const issues: Issue[] = []
  const entries = Object.entries(value).flatMap(
    ([metric, items]): readonly (readonly [string, readonly SeriesItem[]])[] => {
      if (Array.isArray(items)) return [[metric, items.map((item) => readItem(item, metric, issues))]]
      issues.push(problem('series-column', 'give a list of measurements', undefined, metric))
      return []
    },
  )
  return { series: Object.fromEntries(entries), issues }
}

const pointFields: readonly string[] = ['atSeconds', 'value', 'error', 'phase']

/** An object that is no point is a value. */
function readItem(item: unknown, metric: string, issues: Issue[]): SeriesItem {
  if (!isJsonObject(item)) return item as SeriesItem
  if (!Object.keys(item).every((key) => pointFields.includes(key))) return { value: item }
  if (item.phase !== undefined && !phases.includes(String(item.phase))) {
    issues.push(problem('series-column', `'${String(item.phase)}' is no phase of a measurement`, undefined, metric))
    return { value: item.value }
  }
  return item as SeriesPoint
}

function parseRows(rows: readonly unknown[]): ParsedSeries {
  const issues: Issue[] = []
  const columns = new Set<string>()
  const entries = rows.flatMap((row, index) => {
    if (!isJsonObject(row)) {
      issues.push(problem('series-syntax', 'a row is an object', undefined, `[${index}]`))
      return []
    }
    for (const name of Object.keys(row)) columns.add(name)
    const cells = Object.entries(row).filter(([, value]) => value !== undefined)
    return entriesOfRow(new Map(cells.map(([name, value]) => [name, pointOfValue(value)])), undefined)
  })
  return assemble(entries, issues, [...columns])
}

const pointOfValue = (value: unknown): SeriesPoint =>
  typeof value === 'string' ? (readCell(value) ?? { value }) : { value }

function readJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (thrown) {
    return { problem: thrown instanceof Error ? thrown.message : 'it cannot be read' }
  }
}

/** Lists by metric, with times relative to the earliest. */
function assemble(entries: readonly Entry[], issues: Issue[], columns: readonly string[]): ParsedSeries {
  const isTimed = columns.some((name) => timeColumns.includes(name))
  const timed = entries.map((entry) => ({ entry, seconds: isTimed ? secondsOf(entry.time) : undefined }))
  const earliest = timed.reduce((least, { seconds = least }) => Math.min(least, seconds), Number.POSITIVE_INFINITY)
  const lists = new Map<string, SeriesItem[]>()
  for (const { entry, seconds } of timed) {
    const { metric, point, line, time } = entry
    if (isTimed && seconds === undefined) {
      issues.push(problem('series-time', `${JSON.stringify(time ?? '')} is neither RFC 3339 nor seconds`, line, metric))
      continue
    }
    const list = lists.get(metric) ?? []
    list.push(seconds === undefined ? point : { atSeconds: seconds - earliest, ...point })
    lists.set(metric, list)
  }
  if (lists.size === 0 && issues.length === 0) issues.push(problem('series-syntax', 'there is no measurement in it'))
  return { series: Object.fromEntries(lists), issues }
}

function secondsOf(time: string | number | undefined): number | undefined {
  if (typeof time === 'number') return Number.isFinite(time) ? time : undefined
  return time === undefined ? undefined : parseTime(time)
}
