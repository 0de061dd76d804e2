import { withoutForeign } from '../input/foreign'
import { parseManifests } from '../input/parseManifests'
import { pathText } from '../input/places'
import { controllerVersions } from '../model/controllerVersion'
import { givenObject } from '../model/given'
import type { Issue } from '../model/issue'
import { invalidSpec } from './controllerRules'
import type { LintFinding, LintOptions } from './finding'
import { type Audience, anyAudience, type Rule } from './rule'
import { rules as ownRules } from './rules'
import { suppressedBy } from './suppress'
import { objectsOf } from './targets'
import { takeFiles, wishedSeverity } from './wellFormed'

function audienceOf(options: LintOptions): Audience {
  const { controller } = givenObject<LintOptions>(options)
  const isKnown = controller !== undefined && controllerVersions.includes(controller)
  return isKnown ? { controller, isNamed: true } : anyAudience
}

/** Every rule, the controller's own first. */
export const allRules: readonly Rule[] = [invalidSpec, ...ownRules]

/**
 * Everything that is wrong, or surprising, in manifests: what cannot be read, what the controller refuses, and what the
 * rules of docs/reference/lint find, in the order of the files and their lines. `files`: texts by path; they are looked
 * at together, and what a Rollout names and is in none of them is taken to exist. Comments turn rules off, see
 * `suppressedBy`.
 *
 * Nothing throws for bad data: what cannot be read is a finding. Severities are `error`, `warning` and `note`; lines
 * and columns count from 1. Source: behaviour 2 for what the controller refuses; each rule's page names where people
 * met it.
 *
 * @example
 * import { lintManifests } from 'rollout-engine/lint'
 * const text = 'apiVersion: argoproj.io/v1\nkind: AnalysisTemplate\nmetadata: {name: t}\nspec: {metrics: []}\n'
 * lintManifests({ 'a.yaml': text }).map(({ rule, line }) => `${rule} ${line}`) // => ['unknown-version 1']
 */
export function lintManifests(
  given: Readonly<Record<string, string>>,
  options: LintOptions = {},
): readonly LintFinding[] {
  const files = takeFiles(given)
  const texts = Object.entries(files)
  const target = texts.flatMap(([file, text]) => objectsOf(file, text))
  const findings = texts.flatMap(([file, text]) =>
    withoutForeign(text, parseManifests(text).issues)
      .filter(({ code }) => !unremarkable.has(code))
      .map((issue) => ofIssue(issue, file)),
  )
  const audience = audienceOf(options)
  for (const rule of allRules) {
    for (const { at, path, message, fix } of rule.check(target, audience)) {
      const whole = [...at.prefix, ...path]
      const { kind = '', metadata } = at.object
      findings.push({
        rule: rule.id,
        severity: rule.severity,
        message,
        file: at.file,
        ...at.placeOf(path),
        path: pathText(whole),
        why: rule.why,
        object: `${kind} ${metadata.name}`,
        ...(fix && { fix: { ...fix, documentIndex: at.documentIndex, path: [...at.prefix, ...fix.path] } }),
      })
    }
  }
  const order = new Map(texts.map(([file], index) => [file, index]))
  const position = ({ file }: LintFinding): number => order.get(file) ?? 0
  return wanted(findings, files, options).sort(
    (one, other) => position(one) - position(other) || one.line - other.line || one.column - other.column,
  )
}

/**
 * What a simulation has to say and a cluster takes without a word: files of other tools, names that the API server
 * makes.
 */
const unremarkable: ReadonlySet<string> = new Set(['skipped', 'generated-name'])

const ofIssue = (
  { code, message, path, severity = 'error', line = 1, column = 1 }: Issue,
  file: string,
): LintFinding => ({
  rule: code,
  severity,
  message,
  file,
  line,
  column,
  path,
})

function wanted(
  findings: readonly LintFinding[],
  files: Readonly<Record<string, string>>,
  options: LintOptions,
): LintFinding[] {
  const suppressed = new Map(Object.entries(files).map(([file, text]) => [file, suppressedBy(text)]))
  return findings.flatMap((finding) => {
    const severity = wishedSeverity(options, finding.rule) ?? finding.severity
    if (severity === 'off' || suppressed.get(finding.file)?.isOff(finding.rule, finding.line)) return []
    return [{ ...finding, severity }]
  })
}
