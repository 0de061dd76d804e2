import type { ComparedNumber, RunComparison } from './compareRuns'
import { momentText } from './story'

/** What the two runs are called. */
export type Labels = readonly [left: string, right: string]

const mostEvents = 4
const mostFields = 12

/** A comparison in words: plain text for a terminal, Markdown for a pull request. */
export function compareText(comparison: RunComparison, labels: Labels, format: 'text' | 'markdown'): string {
  const isMarkdown = format === 'markdown'
  const heading = (text: string): string => (isMarkdown ? `### ${text}` : text)
  const item = isMarkdown ? '- ' : '  '
  const [left, right] = labels
  const { first, onlyLeft, onlyRight, outcomes, endsAlike } = comparison
  const lines = [`${isMarkdown ? '## ' : ''}${left} and ${right}`, '']
  if (comparison.isSame) lines.push('They go the same way from the first second to the last.')
  if (first) {
    lines.push(heading(`What differs first, at ${first.atSeconds} s`), '')
    lines.push(`${item}${left}: ${momentText(first.left)}`, ...toldLines(first.toldLeft, item))
    lines.push(`${item}${right}: ${momentText(first.right)}`, ...toldLines(first.toldRight, item))
  } else if (!comparison.isSame) lines.push('They go the same way, and tell it in other words:')
  lines.push(...onlyLines(onlyLeft, first?.toldLeft, `${item}only ${left} tells: `))
  lines.push(...onlyLines(onlyRight, first?.toldRight, `${item}only ${right} tells: `))
  const reasons = comparison.isSame ? [] : reasonLines(comparison, item)
  if (reasons.length > 0) lines.push('', heading('Why they may differ'), '', ...reasons)
  const ends = outcomes[0] === outcomes[1] ? `Both end ${outcomes[0]}` : `They end ${outcomes[0]} and ${outcomes[1]}`
  lines.push('', `${ends}${endsAlike || outcomes[0] !== outcomes[1] ? '' : ', but not alike'}.`, '')
  lines.push(...numberLines(comparison.numbers, labels, isMarkdown))
  return lines.join('\n')
}

const toldLines = (told: readonly string[], item: string): readonly string[] =>
  told.slice(0, mostEvents).map((event) => `  ${item}${event}`)

/** What was not shown yet. */
const onlyLines = (events: readonly string[], shown: readonly string[] = [], start: string): readonly string[] =>
  events
    .filter((event) => !shown.includes(event))
    .slice(0, mostEvents)
    .map((event) => start + event)

function reasonLines({ fields, changes }: RunComparison, item: string): readonly string[] {
  const value = (given: unknown): string => (given === undefined ? 'nothing' : JSON.stringify(given))
  const written = fields
    .slice(0, mostFields)
    .map(({ path, before, after }) => `${item}${path} is ${value(before)} and ${value(after)}`)
  const more = fields.length > mostFields ? [`${item}and ${fields.length - mostFields} more fields`] : []
  return [...written, ...more, ...changes.map(({ since, weight, text }) => `${item}${since}, ${weight}: ${text}`)]
}

const shown = ({ unit }: ComparedNumber, number: number | undefined): string =>
  number === undefined ? '-' : `${Math.round(number * 10) / 10}${unit === 'pods' ? '' : ` ${unit}`}`

function numberLines(numbers: readonly ComparedNumber[], labels: Labels, isMarkdown: boolean): readonly string[] {
  const rows = [
    ['', ...labels],
    ...numbers
      .filter(({ left, right }) => left !== undefined || right !== undefined)
      .map((one) => [one.name, shown(one, one.left), shown(one, one.right)]),
  ]
  if (isMarkdown)
    return [`| ${rows[0]?.join(' | ')} |`, '|---|---|---|', ...rows.slice(1).map((row) => `| ${row.join(' | ')} |`)]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
