/**
 * Published entry `./pictures`: a simulation as a picture, a chart, a table or a page, made from its timeline alone.
 */
export { type ChartOptions, timelineChart } from './chart'
export { timelineCsv } from './csv'
export { timelineMarkdown } from './markdown'
export { timelineMermaid } from './mermaid'
export { type ReportOptions, timelineReport } from './report/timelineReport'
export type { PictureTheme } from './svg/theme'
export { type SvgOptions, timelineSvg } from './svg/timelineSvg'
