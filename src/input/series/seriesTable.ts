import type { Issue } from '../../model/issue'
import type { SeriesPoint } from '../../model/series'
import { isTimeName, pointOfCell } from './seriesCells'
import { type CsvRow, readCsv } from './seriesCsv'
import { entriesOfRow, type SeriesEntry, seriesIssue } from './seriesEntries'

/** Measurements of a text, before times are put together. */
export interface ReadEntries {
  readonly entries: readonly SeriesEntry[]
  /** Every measurement has to have a time. */
  readonly isTimed: boolean
  readonly issues: readonly Issue[]
}

/** The measurements of comma separated values, whose first line names the columns. */
export function readTable(text: string, onlyMetric: string | undefined): ReadEntries {
  const read = readCsv(text.startsWith('\ufeff') ? text.slice(1) : text)
  if ('problem' in read) return refused('series-syntax', read.problem, read.line)
  const [header, ...rows] = read.rows
  if (!header) return refused('series-syntax', 'the text is empty: begin with a line of column names', 1)
  const problem = headerProblem(header.cells)
  if (problem !== undefined) return refused('series-column', problem, header.line)
  const issues: Issue[] = []
  const names = header.cells
  const table: Table = { names, timeColumn: names.findIndex(isTimeName), isLong: names.includes('metric'), onlyMetric }
  const entries = rows.flatMap((row) => entriesOfCells(table, row, issues))
  return { entries, isTimed: table.timeColumn >= 0, issues }
}

const refused = (code: string, message: string, line: number): ReadEntries => ({
  entries: [],
  isTimed: false,
  issues: [seriesIssue(code, message, '', line)],
})

function headerProblem(names: readonly string[]): string | undefined {
  const seen = new Set<string>()
  for (const name of names) {
    if (name === '') return 'a column has no name: the first line names the columns'
    const value = pointOfCell(name)?.value
    if (typeof value === 'number') return `${name} is no name of a column: the first line names the columns`
    if (seen.has(name)) return `two columns are called '${name}'`
    seen.add(name)
  }
  const times = names.filter(isTimeName)
  if (times.length > 1) return `there is more than one column of times: ${times.join(', ')}`
  const isLong = names.includes('metric')
  const needed = ['value', 'phase', 'error']
  if (isLong && !needed.some((name) => names.includes(name))) {
    return 'beside the column metric there has to be one called value, phase or error'
  }
  return undefined
}

interface Table {
  readonly names: readonly string[]
  /** -1 if there is none. */
  readonly timeColumn: number
  /** A row a measurement. */
  readonly isLong: boolean
  readonly onlyMetric: string | undefined
}

/** Looks at the cells that are there, not at the columns: a table may have many columns and hardly any cells. */
function entriesOfCells(table: Table, { cells, line }: CsvRow, issues: Issue[]): readonly SeriesEntry[] {
  const { names, timeColumn, isLong, onlyMetric } = table
  if (cells.length > names.length) {
    const message = `${cells.length} cells under ${names.length} columns`
    issues.push(seriesIssue('series-column', message, '', line))
  }
  const row = new Map<string, SeriesPoint>()
  for (const [index, cell] of cells.entries()) {
    const name = names[index]
    if (name === undefined || index === timeColumn || cell === '') continue
    const point = name === 'metric' || name === 'error' ? { value: cell } : pointOfCell(cell)
    if (point) row.set(name, point)
  }
  const phase = row.get('phase')
  if (isLong && phase && phase.phase === undefined) {
    const message = `'${String(phase.value)}' is no phase of a measurement`
    issues.push(seriesIssue('series-value', message, 'phase', line))
    row.delete('phase')
  }
  const time = timeColumn < 0 || cells[timeColumn] === '' ? undefined : cells[timeColumn]
  return entriesOfRow({ cells: row, time, path: '', line }, onlyMetric)
}
