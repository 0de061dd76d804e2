import { type ControllerVersion, controllerVersions, newestRelease } from '../../model/controllerVersion'
import type { LintFinding } from '../finding'
import { takeFindings } from '../wellFormed'

/**
 * For people: `web.yaml:12:9: warning: spec.strategy...: message [rule]`, why each rule matters once, and a sum that
 * names the controller.
 *
 * @example
 * import { findingsText, lintManifests } from 'rollout-engine/lint'
 * findingsText(lintManifests({ 'a.yaml': '' })) // => 'nothing found, for the controller v1.10'
 */
export function findingsText(given: readonly LintFinding[], named: ControllerVersion = newestRelease): string {
  const findings = takeFindings(given)
  const controller = controllerVersions.includes(named) ? named : newestRelease
  if (findings.length === 0) return `nothing found, for the controller ${controller}`
  const told = new Set<string>()
  const lines = findings.flatMap(({ file, line, column, severity, path, message, rule, why, fix }) => {
    // The controller's own words begin with its path, which lacks the strategy's name.
    const said = rule === 'invalid-spec' ? message.slice(message.indexOf(': ') + 2) : message
    const field = path === '' || said.startsWith(`${path}: `) ? '' : `${path}: `
    const head = `${file}:${line}:${column}: ${severity}: ${field}${said} [${rule}]${fix ? ' (--fix)' : ''}`
    const isNew = why !== undefined && !told.has(rule)
    told.add(rule)
    return isNew && rule !== 'invalid-spec' ? [head, `    ${why}`] : [head]
  })
  return [...lines, '', `${sumOf(findings)}, for the controller ${controller}`].join('\n')
}

const severities = ['error', 'warning', 'note'] as const

function sumOf(findings: readonly LintFinding[]): string {
  const counts = severities.map(
    (severity) => [severity, findings.filter((one) => one.severity === severity).length] as const,
  )
  return counts
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ')
}
