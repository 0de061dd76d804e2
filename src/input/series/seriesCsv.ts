/** One row of a table, and the line of the text that it begins on. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

export type CsvReading = { readonly rows: readonly CsvRow[] } | { readonly line: number; readonly problem: string }

/** A table of 10 MB may have five million cells, which take 1.5 GB. No export of a metrics server has so many. */
const mostCells = 1_000_000

/**
 * Rows and cells of comma separated values (RFC 4180): quotes around a cell, doubled quotes inside. Empty lines and
 * lines that begin with `#` are left out, spaces around unquoted cells too.
 */
export function readCsv(text: string): CsvReading {
  const rows: CsvRow[] = []
  let line = 1
  let at = 0
  let count = 0
  while (at < text.length) {
    if (text[at] === '#') at = lineEnd(text, at)
    const begun = line
    const cells: string[] = []
    let isOver = false
    while (!isOver) {
      const cell = text[skipSpaces(text, at)] === '"' ? quotedCell(text, at) : plainCell(text, at)
      if (!cell) return { line, problem: 'a quoted cell has no end, or something stands after it' }
      cells.push(cell.text)
      line += cell.lineEnds
      isOver = text[cell.end] !== ','
      at = cell.end + 1
    }
    count += cells.length
    if (count > mostCells)
      return { line, problem: `there are more than ${mostCells} cells: take fewer rows or columns` }
    // Windows ends lines with two characters.
    if (text[at - 1] === '\r' && text[at] === '\n') at++
    line++
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begun, cells })
  }
  return { rows }
}

function lineEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

interface Cell {
  readonly text: string
  /** Where the comma, the line end or nothing stands. */
  readonly end: number
  readonly lineEnds: number
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

const isEnd = (character: string | undefined): boolean =>
  character === undefined || character === ',' || character === '\n' || character === '\r'

function plainCell(text: string, from: number): Cell {
  let end = from
  while (!isEnd(text[end])) end++
  return { text: text.slice(from, end).trim(), end, lineEnds: 0 }
}

function quotedCell(text: string, from: number): Cell | undefined {
  const open = skipSpaces(text, from)
  let close = text.indexOf('"', open + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close < 0) return undefined
  const end = skipSpaces(text, close + 1)
  if (!isEnd(text[end])) return undefined
  const inner = text.slice(open + 1, close).replaceAll('""', '"')
  return { text: inner, end, lineEnds: inner.split('\n').length - 1 }
}
