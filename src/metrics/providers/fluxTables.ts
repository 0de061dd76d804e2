import { decodeBase64 } from '../../go/base64'
import { byteList } from '../../go/bytes'
import { csvRecords } from '../../go/csv'
import { formatDuration, readDuration } from '../../go/durationSeconds'
import { parseFloating, parseInteger, parseUnsigned } from '../../go/numbers'
import { formatGeneral } from '../../go/printNumber'
import { formatTime, parseTime } from '../../model/time'

/** A value as Go prints it, and as a tagged value for conditions. */
export interface FluxValue {
  readonly shown: string
  readonly tagged: unknown
}

interface Column {
  name: string
  dataType: string
  defaultValue: string
}

interface Table {
  readonly columns: readonly Column[]
}

/**
 * The `_value` of every record of InfluxDB's annotated CSV, in order, up to the first thing that is wrong. `cut`: the
 * text broke off, so that a last line without end does not count. Source: InfluxDB documentation, "Annotated CSV";
 * behaviour 11.2.
 */
export function fluxValues(text: string, cut: boolean): readonly FluxValue[] {
  const values: FluxValue[] = []
  let table: Table | undefined
  let rows: 'data' | 'annotations' | 'error' = 'data'
  let hasDataTypes = false
  for (const record of csvRecords(text, cut)) {
    if (record === 'error') break
    if (record.length <= 1) continue
    const [mark = '', ...cells] = record
    if (mark.startsWith('#') && rows === 'data') {
      table = newTable(cells.length)
      rows = 'annotations'
    }
    if (!table || cells.length !== table.columns.length) break
    if (mark === '#datatype') hasDataTypes = true
    if (annotate(table, mark, cells)) continue
    if (mark === '' && rows === 'annotations') {
      if (!hasDataTypes) break
      rows = nameColumns(table, cells)
      continue
    }
    if (rows === 'error') break
    // A row with a mark of another kind represents the record before it.
    const value = mark === '' ? recordValue(table, cells) : values[values.length - 1]
    if (!value) break
    values.push(value)
    rows = 'data'
    hasDataTypes = false
  }
  return values
}

const newTable = (width: number): Table => ({
  columns: Array.from({ length: width }, () => ({ name: '', dataType: '', defaultValue: '' })),
})

/** The row of names; a table of one column `error` reports one. */
function nameColumns(table: Table, cells: readonly string[]): 'data' | 'error' {
  if (cells[0] === 'error') return 'error'
  for (const [at, column] of table.columns.entries()) column.name = cells[at]!
  return 'data'
}

function annotate(table: Table, mark: string, cells: readonly string[]): boolean {
  for (const [at, column] of table.columns.entries()) {
    if (mark === '#datatype') column.dataType = cells[at]!
    if (mark === '#default') column.defaultValue = cells[at]!
  }
  return mark === '#datatype' || mark === '#default' || mark === '#group'
}

const noValue: FluxValue = { shown: '<nil>', tagged: null }

/** Every cell must have its column's type, though only `_value` is wanted. */
function recordValue(table: Table, cells: readonly string[]): FluxValue | undefined {
  let found = noValue
  for (const [at, column] of table.columns.entries()) {
    const value = fluxCell(cells[at] || column.defaultValue, column.dataType)
    if (!value) return undefined
    if (column.name === '_value') found = value
  }
  return found
}

/** A cell of a column: undefined if it does not have the type. */
export function fluxCell(text: string, dataType: string): FluxValue | undefined {
  if (text === '') return noValue
  switch (dataType) {
    case 'string':
      return { shown: text, tagged: text }
    case 'double': {
      const parsed = parseFloating(text)
      return 'value' in parsed ? floatValue(parsed.value) : undefined
    }
    case 'boolean': {
      const value = text.toLowerCase() !== 'false'
      return { shown: String(value), tagged: value }
    }
    case 'long':
    case 'unsignedLong': {
      const parsed = dataType === 'long' ? parseInteger(text) : parseUnsigned(text)
      if ('problem' in parsed) return undefined
      const shown = String(parsed.value)
      return { shown, tagged: dataType === 'long' ? { $int64: shown } : { $uint64: shown } }
    }
    case 'dateTime:RFC3339':
    case 'dateTime:RFC3339Nano':
      return readTime(text)
    case 'duration':
      return readFluxDuration(text)
    case 'base64Binary': {
      const decoded = decodeBase64(text)
      if ('badByteAt' in decoded) return undefined
      return { shown: `[${byteList(decoded.bytes).join(' ')}]`, tagged: { $bytes: text } }
    }
    default:
      return undefined
  }
}

const floatValue = (value: number): FluxValue => {
  const shown = formatGeneral(value)
  return { shown, tagged: { $float: shown } }
}

function readFluxDuration(text: string): FluxValue | undefined {
  const reading = readDuration(text)
  if ('error' in reading) return undefined
  const shown = formatDuration(reading.duration.seconds)
  return { shown, tagged: { $duration: shown } }
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** `2029-12-31 23:59:00.5 +0200 +0200`; the offset zero is UTC. */
function readTime(text: string): FluxValue | undefined {
  const match = rfc3339.exec(text)
  const seconds = match ? parseTime(text.replace(/\.\d+/, '')) : undefined
  if (!match || seconds === undefined) return undefined
  const [, fraction = '', zone = 'Z'] = match
  const offset =
    zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4)) * 60)
  const local = formatTime(seconds + offset)
  const digits = fraction.slice(0, 10).replace(/\.?0+$/, '')
  const shownZone = offset === 0 ? '+0000 UTC' : `${zone.replace(':', '')} ${zone.replace(':', '')}`
  return { shown: `${local.slice(0, 10)} ${local.slice(11, 19)}${digits} ${shownZone}`, tagged: { $time: text } }
}
