import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundledCommand } from '../bundled'

const main = bundledCommand()
const run = (words: readonly string[], input = '') =>
  spawnSync(process.execPath, [main, ...words], { input, encoding: 'utf8' })

const manifest = `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  strategy: {canary: {steps: [{setWeight: 50}]}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
`

describe('rollout-engine simulate', () => {
  test('reads standard input and prints frames as JSON', () => {
    const { stdout, status } = run(
      ['simulate', '-', '--output', 'json', '--ready-after', '3s', '--until', '60s'],
      manifest,
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout).frames.at(-1)).toMatchObject({
      atSeconds: 3,
      phase: 'Healthy',
      pods: [{ revision: 1, wanted: 2, available: 2 }],
    })
  })

  test('shows runs and Experiments, measured as a file and the command line say', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
    writeFileSync(join(folder, 'rates.csv'), 'rate\n0.99\n0.4\n')
    const analyzed = manifest.replace('[{setWeight: 50}]', '[{analysis: {templates: [{templateName: rate}]}}]')
    const template = `
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: rate}
spec:
  metrics:
  - {name: rate, interval: 10s, count: 3, successCondition: "result[0] > 0.5", provider: {prometheus: {address: 'http://p', query: q}}}
`
    const words = ['simulate', '-', '--update', 'web:2@10s', '--until', '2m', '--series', join(folder, 'rates.csv')]
    const table = run(words, analyzed + template)
    expect(table.stderr).toBe('')
    expect(table.stdout).toMatch(/^TIME .* RUNS AND EXPERIMENTS /)
    expect(table.stdout).toMatch(/^10s .* \w+-2-0 Running {2}/m)
    expect(table.stdout).toMatch(/^20s .* \w+-2-0 Failed {2}.*Metric "rate" assessed Failed due to failed \(1\)/m)
    const passing = run([...words, '--measure', 'rate=0.9', '--output', 'json'], analyzed + template)
    expect(Object.values(JSON.parse(passing.stdout).recorded.frames.at(-1).runs)).toEqual(['Successful'])
    rmSync(folder, { recursive: true })
  })

  test('names file, line and path of what is wrong, and exits with 1', () => {
    const { stderr, stdout, status } = run(['simulate', '-'], manifest.replace('replicas: 2', 'replicas: "2"'))
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^-:6: spec\.replicas: /m)
  })

  test('exits with 8 where the controller refuses the Rollout, with file, line and path', () => {
    const refused = manifest.replace('setWeight: 50', 'setWeight: 150')
    const { stderr, stdout, status } = run(['simulate', '-', '--output', 'json'], refused)
    expect(status).toBe(8)
    expect(stderr).toMatch(/^-:8: spec\.strategy\.canary\.steps\[0\]\.setWeight: The Rollout "web" is invalid: /m)
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'invalid',
      issues: [{ code: 'invalid-spec', file: '-', line: 8 }],
    })
    expect(run(['simulate', '-', '--expect', 'invalid'], refused).status).toBe(0)
  })

  test('--trace prints turns below the table, --plugin is read with its time', () => {
    const words = ['simulate', '-', '--update', 'web:2@10s', '--trace']
    const { stdout } = run(words, manifest)
    expect(stdout).toMatch(/^10s +Rollout web {2}createReplicaSet web-\w+$/m)
    expect(stdout).toMatch(/^10s +Rollout web {2}-> Progressing, .*pods 1: 2\/2/m)
    const asked = run([...words, '--plugin', 'team/check=Failed@5m'], manifest)
    expect(asked.stderr).toBe('rollout-engine: --plugin: no plugin is called team/check: there is none\n')
    expect(run([...words, '--plugin', 'team/check=Fail'], manifest).stderr).toContain('--plugin wants NAME=PHASE@TIME')
  })

  test('exits with 9 where it does not end as expected, and says how it ends', () => {
    const words = ['simulate', '-', '--update', 'web:2@10s', '--never-ready', 'web:2']
    const { stderr, status } = run([...words, '--expect', 'healthy'], manifest)
    expect(status).toBe(9)
    expect(stderr).toMatch(/expected healthy, but it ends degraded: ProgressDeadlineExceeded/)
    expect(run([...words, '--expect', 'healthy,degraded'], manifest).status).toBe(0)
  })

  test('asks back, with 2, where an image or a container matches nothing in the files, or several', () => {
    const unused = run(['simulate', '-', '--never-ready', 'web:one'], manifest)
    expect([unused.status, unused.stdout]).toEqual([2, ''])
    expect(unused.stderr).toContain('--never-ready: no container has the image web:one')
    const two = manifest.replace("image: 'web:1'}", "image: 'web:1'}, {name: proxy, image: 'proxy:1'}")
    expect(run(['simulate', '-', '--update', 'web:2@10s'], two).stderr).toContain(
      '--update: the pod has the containers web, proxy: say whose image it is, such as web=web:2',
    )
  })

  test('exits with 2 where the command line is wrong, and says how it goes', () => {
    const { stderr, status } = run(['simulate'])
    expect(status).toBe(2)
    expect(run(['simulat']).stderr).toBe(
      'rollout-engine: unknown command "simulat": did you mean simulate?\nsee rollout-engine --help\n',
    )
    expect(stderr).toBe(
      'rollout-engine: name a file with the Rollout, or - for standard input\nsee rollout-engine simulate --help\n',
    )
  })

  test('a file that is not there is an error, not a stack', () => {
    const { stderr, status } = run(['simulate', 'nowhere.yaml'])
    expect(status).toBe(1)
    expect(stderr).toContain('cannot read nowhere.yaml')
    expect(stderr).not.toContain(' at ')
  })
})
