import { ownValue } from '../../model/json'
import type { LintFinding } from '../finding'
import { takeFindings } from '../wellFormed'

type Level = 'error' | 'warning' | 'notice'

const commands: Readonly<Record<string, Level>> = { error: 'error', warning: 'warning', note: 'notice' }

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Where an annotation stands. */
interface Place {
  readonly file: string
  readonly line: number
  readonly column?: number
  readonly title: string
}

/** One annotation, as GitHub Actions reads it from a job's output. */
export function githubLine(level: Level, place: Place, message: string): string {
  const { file, line, column, title } = place
  const where = `file=${escapeProperty(file)},line=${line}${column === undefined ? '' : `,col=${column}`}`
  return `::${level} ${where},title=${escapeProperty(title)}::${escapeData(message)}`
}

/**
 * Annotations as GitHub Actions reads them from a job's output, one a line; empty if nothing is found.
 *
 * @example
 * import { githubAnnotations, lintManifests } from 'rollout-engine/lint'
 * githubAnnotations(lintManifests({ 'a.yaml': 'a: b: c' })).startsWith('::error file=a.yaml,line=1,') // => true
 */
export const githubAnnotations = (findings: readonly LintFinding[]): string =>
  takeFindings(findings)
    .map(({ severity, file, line, column, rule, message }) =>
      githubLine(ownValue(commands, severity) ?? 'notice', { file, line, column, title: rule }, message),
    )
    .join('\n')
