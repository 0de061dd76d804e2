import { writeFileSync } from 'node:fs'
import { type ChartOptions, timelineChart } from '../pictures/chart'
import { timelineCsv } from '../pictures/csv'
import { timelineMarkdown } from '../pictures/markdown'
import { timelineMermaid } from '../pictures/mermaid'
import { timelineReport } from '../pictures/report/timelineReport'
import type { PictureTheme } from '../pictures/svg/theme'
import { timelineSvg } from '../pictures/svg/timelineSvg'
import type { Timeline } from '../simulate/simulation'
import { reasonOf } from './files'
import { printData, printNote, takesColours, takesUnicode, terminalWidth } from './output'
import { readableLine } from './readable'

/** Forms of a timeline that are made from it alone. */
const pictures = {
  mermaid: timelineMermaid,
  csv: timelineCsv,
  markdown: timelineMarkdown,
} as const satisfies Readonly<Record<string, (timeline: Timeline) => string>>

export const simulateFormats = ['table', 'chart', 'json', 'svg', 'mermaid', 'csv', 'markdown'] as const
export type SimulateFormat = (typeof simulateFormats)[number]

/** Prints a timeline in one of the forms that are neither a table nor JSON. */
export function printPicture(
  timeline: Timeline,
  format: Exclude<SimulateFormat, 'table' | 'json'>,
  theme?: PictureTheme,
): void {
  if (format === 'chart') printData(timelineChart(timeline, chartOptions()).trimEnd())
  else if (format === 'svg') printData(timelineSvg(timeline, { theme }))
  else printData(pictures[format](timeline).trimEnd())
}

/** Writes the page; false, after saying why, if it cannot be written. */
export function writeReport(file: string, timeline: Timeline, theme?: PictureTheme): boolean {
  try {
    writeFileSync(file, timelineReport(timeline, { theme }))
    return true
  } catch (error) {
    printNote(`rollout-engine: cannot write the report ${readableLine(file)}: ${readableLine(reasonOf(error))}`)
    return false
  }
}

const chartOptions = (): ChartOptions => ({
  width: terminalWidth(),
  ascii: !takesUnicode(),
  colours: takesColours(),
})
