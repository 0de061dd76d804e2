import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundled } from './bundled'

const script = bundled({ judge: 'scripts/judge-folder.ts' })('judge')

const rollout = (replicas: number): string => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: fig}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: fig}}
  strategy: {blueGreen: {activeService: fig}}
  template: {metadata: {labels: {app: fig}}, spec: {containers: [{name: fig, image: 'fig:1'}]}}
`

test('judge-folder names the files on which it differs from a table of verdicts, and sums up', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
  writeFileSync(join(folder, 'right.yaml'), rollout(2))
  writeFileSync(join(folder, 'wrong.yaml'), rollout(-2))
  writeFileSync(join(folder, 'odd.yaml'), rollout(-3))
  const table = join(folder, 'verdicts.tsv')
  writeFileSync(table, '# comment\nright.yaml\tok\t\nwrong.yaml\trefused\tno\nodd.yaml\tok\t\n')
  const { stdout } = spawnSync(process.execPath, [script, folder, table], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toBe('only we refuse odd.yaml')
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
    files: 3,
    rollouts: 3,
    agree: 2,
    refusedByBoth: 1,
    acceptedByBoth: 1,
    alarms: 0,
    slow: 0,
  })
})
