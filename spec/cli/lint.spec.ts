import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/runCommandLine'

let folder = ''
let out = ''
let err = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})
const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const rollout = (canary: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web} # ours
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
  strategy: {canary: ${canary}}
`
const ignored = rollout('{abortScaleDownDelaySeconds: 5, steps: [{setWeight: 50}]}')

test('ends with 1 where there is an error or a warning, with 0 for notes and nothing', () => {
  expect(runCommandLine(['lint', put('a.yaml', ignored)])).toBe(1)
  expect(out).toContain('abort-delay-ignored')
  out = ''
  expect(runCommandLine(['lint', put('b.yaml', rollout('{steps: [{setWeight: 50}]}'))])).toBe(0)
  expect(out).toBe('nothing found, for the controller v1.10\n')
  expect(
    runCommandLine(['lint', put('c.yaml', rollout('{}').replace('spec:\n', 'spec:\n  revisionHistoryLimit: 0\n'))]),
  ).toBe(0)
})

test('--fix writes the file back, says what was mended, and looks again', () => {
  const file = put('a.yaml', ignored)
  expect(runCommandLine(['lint', file, '--fix'])).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(rollout('{steps: [{setWeight: 50}]}'))
  expect(err).toMatch(/^fixed: .*a\.yaml:9: .* \[abort-delay-ignored\]$/m)
  expect(runCommandLine(['lint', '-', '--fix'])).toBe(2)
})

test('a rule is turned off by an option, or by a file', () => {
  const file = put('a.yaml', ignored)
  expect(runCommandLine(['lint', file, '--rule', 'abort-delay-ignored=off'])).toBe(0)
  expect(runCommandLine(['lint', file, '--config', put('c.yaml', 'rules: {abort-delay-ignored: off}\n')])).toBe(0)
  expect(runCommandLine(['lint', file, '--config', put('d.yaml', 'rules: {abort-delay-ignord: off}\n')])).toBe(2)
  expect(err).toContain('there is no rule abort-delay-ignord: did you mean abort-delay-ignored?')
  expect(runCommandLine(['lint', file, '--rule', 'abort-delay-ignored=loud'])).toBe(2)
  expect(err).toContain('a rule is error, warning, note or off, not "loud"')
})

test('prints JSON, SARIF and annotations', () => {
  const file = put('a.yaml', ignored)
  const printed = (format: string): string => {
    out = ''
    runCommandLine(['lint', file, '--output', format])
    return out
  }
  expect(JSON.parse(printed('json'))).toMatchObject({ findings: [{ rule: 'abort-delay-ignored', line: 9 }] })
  expect(JSON.parse(printed('sarif'))).toMatchObject({ version: '2.1.0', runs: [{ results: [{ level: 'warning' }] }] })
  expect(printed('github')).toMatch(/^::warning file=.*,line=9,col=\d+,title=abort-delay-ignored::/)
})
