/**
 * Records of a CSV text as Go's encoding/csv reads them: quoted fields may hold commas, line breaks and doubled quotes;
 * empty lines are skipped; records may differ in length. A quote in the wrong place ends the reading with 'error'.
 * `cut`: the text broke off, so that what stands after the last line break is not a record.
 */
export function* csvRecords(text: string, cut: boolean): Generator<readonly string[] | 'error'> {
  const usable = cut ? text.slice(0, text.lastIndexOf('\n') + 1) : text
  let at = 0
  while (at < usable.length) {
    const line = lineAt(usable, at)
    if (line.text === '') {
      at = line.next
      continue
    }
    const record = readRecord(usable, at)
    if (record === 'error') {
      yield 'error'
      return
    }
    yield record.fields
    at = record.next
  }
}

/** The line at a place without its end; `\r\n` counts as one line break, a `\r` at the end as none. */
function lineAt(text: string, at: number): { readonly text: string; readonly next: number } {
  const end = text.indexOf('\n', at)
  const next = end < 0 ? text.length : end + 1
  const line = text.slice(at, end < 0 ? text.length : end)
  return { text: line.endsWith('\r') ? line.slice(0, -1) : line, next }
}

interface CsvRecord {
  readonly fields: readonly string[]
  readonly next: number
}

function readRecord(text: string, start: number): CsvRecord | 'error' {
  const fields: string[] = []
  let line = lineAt(text, start)
  let rest = line.text
  while (true) {
    if (!rest.startsWith('"')) {
      const comma = rest.indexOf(',')
      const field = comma < 0 ? rest : rest.slice(0, comma)
      if (field.includes('"')) return 'error'
      fields.push(field)
      if (comma < 0) return { fields, next: line.next }
      rest = rest.slice(comma + 1)
      continue
    }
    rest = rest.slice(1)
    const parts: string[] = []
    while (true) {
      const quote = rest.indexOf('"')
      if (quote < 0) {
        if (line.next >= text.length) return 'error'
        parts.push(rest, '\n')
        line = lineAt(text, line.next)
        rest = line.text
        continue
      }
      parts.push(rest.slice(0, quote))
      rest = rest.slice(quote + 1)
      if (!rest.startsWith('"')) break
      parts.push('"')
      rest = rest.slice(1)
    }
    fields.push(parts.join(''))
    if (rest === '') return { fields, next: line.next }
    if (!rest.startsWith(',')) return 'error'
    rest = rest.slice(1)
  }
}
