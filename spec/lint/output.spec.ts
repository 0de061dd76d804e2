import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
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

/** The schema of SARIF 2.1.0 as OASIS publishes it, from a package of Microsoft's, with the validator that the package runs it with. */
const require = createRequire(import.meta.url)
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object
const inPackage = createRequire(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))
const Ajv = inPackage('ajv') as new (
  options: object,
) => {
  addMetaSchema: (schema: unknown) => void
  validate: (schema: object, data: unknown) => boolean
  errors?: readonly { readonly dataPath: string; readonly message: string }[]
}
const ajv = new Ajv({ schemaId: 'auto', validateSchema: false, allErrors: true })
ajv.addMetaSchema(inPackage('ajv/lib/refs/json-schema-draft-04.json'))

/** What the schema says against a log. */
function complaintsOf(log: unknown): readonly string[] {
  const isValid = ajv.validate(schema, JSON.parse(JSON.stringify(log)))
  return isValid ? [] : (ajv.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message}`)
}

/** As much of a log as is looked at below. */
interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } }
      }[]
    }[]
  }[]
}

test('SARIF is valid by its schema, and each result points at its rule', () => {
  const made = sarifLog(findings, '1.2.3')
  expect(complaintsOf(made)).toEqual([])
  const [run] = (made as Log).runs
  expect(run?.results).toHaveLength(findings.length)
  for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('k8s/a%20b.yaml')
  expect(run?.tool.driver.rules.length).toBe(rules.length + 1)
})

test('the schema finds what is wrong with a log', () => {
  const [run] = (sarifLog(findings, '1.2.3') as Log).runs
  expect(complaintsOf({ version: '2.1.0', runs: [{ ...run, result: [] }] })).not.toEqual([])
  expect(complaintsOf({ version: '2.0', runs: [] })).not.toEqual([])
})

test('SARIF names codes of what cannot be read, too', () => {
  const broken = sarifLog(lintManifests({ 'a.yaml': 'kind: Service\napiVersion: v1\nmetadata: {}\n' }), '1')
  expect(complaintsOf(broken)).toEqual([])
  const [run] = (broken as Log).runs
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
  expect(lines.at(-1)).toBe('1 error, 1 warning, 1 note, for the controller v1.10')
})
