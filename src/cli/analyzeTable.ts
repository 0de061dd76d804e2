import type { Replay, ReplayedMeasurement } from '../replay/report'
import { clockText } from '../view/clockText'
import { decidedBy } from './decidedBy'
import { readableLine } from './readable'

/** A replay as a table: every measurement and its effect, then the verdict and its reason. */
export function printReplay(replay: Replay): string {
  const { measurements, metrics } = replay
  const dry = new Set(metrics.filter(({ dryRun }) => dryRun).map(({ name }) => name))
  const rows = measurements.map((measurement) => rowOf(measurement, dry))
  const several = metrics.map(({ name, phase, why }) => [titleOf(name, dry), phase || 'not measured', why].map(oneLine))
  return [
    ...(rows.length > 0 ? [...alignColumns([headings, ...rows]), ''] : []),
    ...(metrics.length > 1 ? [...alignColumns(several), ''] : []),
    ...verdictLines(replay),
  ].join('\n')
}

const headings = ['TIME', 'METRIC', 'VALUE', 'PHASE', 'SO FAR', 'WHY']

const titleOf = (metric: string, dry: ReadonlySet<string>): string => (dry.has(metric) ? `${metric} (dry run)` : metric)

function rowOf(measurement: ReplayedMeasurement, dry: ReadonlySet<string>): string[] {
  const { atSeconds, metric, value, phase, tally, message, why, isRepeated } = measurement
  const reason = message === undefined || why.startsWith(message) ? why : message
  return [
    clockText(atSeconds),
    titleOf(metric, dry),
    cut(value ?? '-', mostValue),
    phase,
    tally,
    isRepeated ? `the series is over; ${reason}` : reason,
  ].map(oneLine)
}

const mostValue = 40

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

const oneLine = (text: string): string => readableLine(text.replace(/\s*[\r\n]+\s*/g, ' '))

const verdictLines = (replay: Replay): string[] => [...verdictOf(replay), decidedBy([replay.controller])]

function verdictOf({
  verdict,
  decidedAtSeconds,
  decidedAlreadyAtSeconds,
  why,
  measurements,
  metrics,
}: Replay): string[] {
  if (decidedAtSeconds === undefined) return [`no verdict: ${oneLine(why)}`]
  const already =
    decidedAlreadyAtSeconds === undefined ? '' : `, decided already at ${clockText(decidedAlreadyAtSeconds)}`
  const lines = [`${verdict} at ${clockText(decidedAtSeconds)}${already}: ${oneLine(why)}`]
  const guilty = metrics.find(({ dryRun, phase }) => !dryRun && phase === verdict && verdict !== 'Successful')
  const last = measurements.filter(({ metric }) => metric === guilty?.name).at(-1)
  if (last?.value !== undefined) {
    lines.push(
      `  measured last at ${clockText(last.atSeconds)}: ${cut(oneLine(last.value), mostValue)}: ${oneLine(last.why)}`,
    )
  }
  return lines
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
