import type { Issue } from '../model/issue'
import { isInSecret } from './secretData'

const linesAround = 1
const longestLine = 100

/** The lines around a mistake, and a mark below its column; nothing for issues without one, and in Secrets. */
export function codeFrame(text: string, { line, column }: Pick<Issue, 'line' | 'column'>): string {
  if (line === undefined || column === undefined || isInSecret(text, line)) return ''
  const lines = text.split('\n')
  const first = Math.max(1, line - linesAround)
  const width = String(line + linesAround).length
  const shown = lines.slice(first - 1, line + linesAround).map((content, index) => {
    const number = first + index
    const row = `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${visible(content)}`
    return number === line ? `${row}\n  ${' '.repeat(width)} | ${' '.repeat(markAt(content, column))}^` : row
  })
  return `\n${shown.join('\n')}`
}

/** Tabs are as wide as one blank here, so that the mark stands right; what a terminal would obey is left out. */
const visible = (content: string): string =>
  content
    .slice(0, longestLine)
    .replace(/\t/g, '→')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')

const markAt = (content: string, column: number): number => visible(content.slice(0, column - 1)).length
