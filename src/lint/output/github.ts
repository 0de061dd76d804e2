import type { LintFinding } from '../lint'

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/**
 * Annotations as GitHub Actions reads them from a job's output, one a line; empty where nothing is found.
 *
 * @example
 * import { githubAnnotations, lintManifests } from 'rollout-engine/lint'
 * githubAnnotations(lintManifests({ 'a.yaml': 'a: b: c' })).startsWith('::error file=a.yaml,line=1,') // => true
 */
export const githubAnnotations = (findings: readonly LintFinding[]): string =>
  findings
    .map(({ severity, file, line, column, rule, message }) => {
      const place = `file=${escapeProperty(file)},line=${line},col=${column},title=${escapeProperty(rule)}`
      return `::${commands[severity]} ${place}::${escapeData(message)}`
    })
    .join('\n')
