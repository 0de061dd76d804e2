import { givenText } from '../../model/given'
import type { LintFinding } from '../finding'
import { allRules } from '../lint'
import { takeFindings } from '../wellFormed'

const pageOf = (rule: string): string => `docs/reference/lint/${rule}.md`

/**
 * A log in SARIF 2.1.0, as code hosts take it, ready for `JSON.stringify`. `version`: of the program that prints it.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * @example
 * import { lintManifests, sarifLog } from 'rollout-engine/lint'
 * JSON.stringify(sarifLog(lintManifests({}), '1.0.0')).includes('"version":"2.1.0"') // => true
 */
export function sarifLog(given: readonly LintFinding[], version: string): object {
  const findings = takeFindings(given)
  const rules = rulesOf(findings)
  const results = findings.map(({ rule, severity, message, file, line, column }) => ({
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  }))
  const driver = { name: 'rollout-engine', version: givenText(version), rules }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
}

/** Halves of characters have no place in a URI. */
const uriOf = (file: string): string =>
  file
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')

/** Rules that have a page, and the codes of what could not be read. */
function rulesOf(findings: readonly LintFinding[]): readonly { readonly id: string }[] {
  const known = allRules.map(({ id, summary, why, severity }) => ({
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    defaultConfiguration: { level: severity },
    help: { text: `${why} See ${pageOf(id)}.` },
  }))
  const codes = new Set(findings.map(({ rule }) => rule).filter((rule) => !known.some(({ id }) => id === rule)))
  return [...known, ...[...codes].map((id) => ({ id }))]
}
