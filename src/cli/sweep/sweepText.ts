import type { Estimate } from '../../scenario/sweep/estimate'
import type { Distribution, SweepReport } from '../../scenario/sweep/report'

/** What many runs came to: plain text for a terminal, Markdown for a pull request. */
export function sweepText(name: string, file: string, report: SweepReport, format: 'text' | 'markdown'): string {
  const isMarkdown = format === 'markdown'
  const table = isMarkdown ? markdownTable : plainTable
  const { runs, firstSeed, outcomes, numbers, expectations } = report
  const lines = [
    `${isMarkdown ? '## ' : ''}${name}: ${runs} runs, seeds ${firstSeed} to ${firstSeed + runs - 1}`,
    '',
    ...table([
      ['end', 'share', '95 % between'],
      ...Object.entries(outcomes).map(([outcome, share]) => [outcome, ...shareCells(share)]),
    ]),
  ]
  if (expectations.length > 0)
    lines.push(
      '',
      ...table([
        ['does not hold', 'share', '95 % between', 'seeds'],
        ...expectations.map(({ title, broken, seeds }) => [title, ...shareCells(broken), someOf(seeds)]),
      ]),
    )
  if (numbers.length > 0)
    lines.push(
      '',
      ...table([
        ['number', 'runs', 'mean', '95 % between', 'least', 'median', '9 of 10', 'most', 'seed'],
        ...numbers.map(numberCells),
      ]),
    )
  const worst = expectations.find(({ seeds }) => seeds.length > 0)?.seeds[0] ?? report.unhealthySeeds[0]
  if (worst !== undefined) {
    const command = `rollout-engine simulate ${file} --seed ${worst}`
    lines.push('', `See one of the bad runs: ${isMarkdown ? `\`${command}\`` : command}`)
  }
  return lines.join('\n')
}

const mostSeedsShown = 5

const someOf = (seeds: readonly number[]): string =>
  seeds.slice(0, mostSeedsShown).join(', ') + (seeds.length > mostSeedsShown ? ', ...' : '')

const shown = (number: number, unit: string): string =>
  `${Math.round(number * 10) / 10}${unit === 'pods' ? '' : ` ${unit}`}`

const percent = (share: number): string => shown(share * 100, '%')

const shareCells = ({ value, low, high }: Estimate): readonly string[] => [
  percent(value),
  `${percent(low)} and ${percent(high)}`,
]

const numberCells = ({ name, unit, runs, mean, least, median, ninetieth, most, seedOfMost }: Distribution) => [
  name,
  String(runs),
  shown(mean.value, unit),
  `${shown(mean.low, unit)} and ${shown(mean.high, unit)}`,
  ...[least, median, ninetieth, most].map((number) => shown(number, unit)),
  String(seedOfMost),
]

function plainTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const line = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const [head = [], ...others] = rows
  return [line(head), `|${'---|'.repeat(head.length)}`, ...others.map(line)]
}
