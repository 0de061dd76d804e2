import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { findingsText, githubAnnotations, lintManifests, sarifLog } from '../../src/lint/index'
import { rules } from '../../src/lint/rules'

const text = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  revisionHistoryLimit: 0
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
  strategy: {canary: {abortScaleDownDelaySeconds: 5, steps: [{setWeight: 150}]}}
`
const findings = lintManifests({ 'k8s/a b.yaml': text })

// SARIF 2.1.0 (OASIS Standard), sections 3.13 to 3.58, as far as a log of this kind uses it: required properties are
// required, enumerations are closed, and no property is there that the standard does not know.
const message = z.strictObject({ text: z.string().check(z.minLength(1)) })
const level = z.enum(['none', 'note', 'warning', 'error'])
const whole = z.int().check(z.positive())
const rule = z.strictObject({
  id: z.string(),
  shortDescription: z.optional(message),
  fullDescription: z.optional(message),
  help: z.optional(message),
  defaultConfiguration: z.optional(z.strictObject({ level })),
})
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().check(z.regex(/^[^\s\\]+$/)) }),
    region: z.strictObject({ startLine: whole, startColumn: whole }),
  }),
})
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({ driver: z.strictObject({ name: z.string(), version: z.string(), rules: z.array(rule) }) }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      results: z.array(
        z.strictObject({ ruleId: z.string(), ruleIndex: z.int(), level, message, locations: z.array(location) }),
      ),
    }),
  ),
})

test('SARIF has the structure of its standard, and each result points at its rule', () => {
  const made = z.parse(log, JSON.parse(JSON.stringify(sarifLog(findings, '1.2.3'))))
  const [run] = made.runs
  expect(run?.results).toHaveLength(findings.length)
  for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('k8s/a%20b.yaml')
  expect(run?.tool.driver.rules.length).toBe(rules.length + 1)
})

test('SARIF names codes of what cannot be read, too', () => {
  const broken = lintManifests({ 'a.yaml': 'kind: Service\napiVersion: v1\nmetadata: {}\n' })
  const [run] = z.parse(log, sarifLog(broken, '1')).runs
  expect(run?.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]?.id).toBe('missing-field')
})

test('GitHub reads one annotation a line', () => {
  const lines = githubAnnotations(findings).split('\n')
  expect(lines).toHaveLength(findings.length)
  expect(lines[0]).toBe(
    '::notice file=k8s/a b.yaml,line=5,col=3,title=no-rollback-history::no old ReplicaSet is kept: undo has nothing to go back to',
  )
  expect(githubAnnotations([])).toBe('')
  const [odd] = findings.map((finding) => ({ ...finding, file: 'a,b:c', message: '5 %\nmore' }))
  expect(githubAnnotations(odd ? [odd] : [])).toContain('file=a%2Cb%3Ac,line=5')
  expect(githubAnnotations(odd ? [odd] : [])).toContain('::5 %25%0Amore')
})

test('people read the place, the field, what is wrong, why, and a sum', () => {
  const lines = findingsText(findings).split('\n')
  expect(lines[0]).toMatch(/^k8s\/a b\.yaml:5:3: note: spec\.revisionHistoryLimit: .* \[no-rollback-history\]$/)
  expect(lines[1]).toMatch(/^ {4}With `revisionHistoryLimit: 0` old ReplicaSets are deleted/)
  expect(lines.some((line) => line.endsWith('[abort-delay-ignored] (--fix)'))).toBe(true)
  expect(lines.at(-1)).toBe('1 error, 1 warning, 1 note')
})
