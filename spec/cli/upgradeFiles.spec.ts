import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/runCommandLine'

// Upgrades with the stories of Simulation files, and random runs under two controllers.

const folder = mkdtempSync(join(tmpdir(), 'upgrade-'))
afterAll(() => rmSync(folder, { recursive: true }))
const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
let out = ''
let err = ''
beforeEach(() => {
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
afterEach(() => vi.restoreAllMocks())

const rollout = put(
  'rollout.yaml',
  `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 10
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
  strategy:
    canary:
      canaryService: web-canary
      stableService: web-stable
      dynamicStableScale: true
      trafficRouting: {nginx: {stableIngress: web}}
      steps: [{setWeight: 20}, {setWeight: 60}, {pause: {}}]
`,
)
const plain = put(
  'plain.yaml',
  `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
  strategy: {canary: {steps: [{setWeight: 50}]}}
`,
)
const story = put(
  'abort.yaml',
  `apiVersion: rollout-engine/v1
kind: Simulation
metadata: {name: an abort is over at once}
spec:
  manifests: [rollout.yaml]
  pods: {readyAfterSeconds: 5}
  events:
    - {atSeconds: 10, image: 'web:2'}
    - {atSeconds: 60, command: abort}
  untilSeconds: 300
  expectations:
    - never: aborted && weight(commanded) == 20
    - never: available < 10
`,
)

test('a Simulation beside the manifests is told under both, and what it expects is judged', () => {
  expect(runCommandLine(['upgrade', rollout, story, '--from', 'v1.8', '--to', 'v1.10'])).toBe(10)
  expect(out).toContain('2 of 9 scenarios go otherwise')
  expect(out).toContain('an abort is over at once (ends as before)')
  expect(out).toContain('holds under v1.8, NOT under v1.10: never: aborted && weight(commanded) == 20')
})

test('a Simulation alone brings its own manifests; JSON has the same', () => {
  expect(runCommandLine(['upgrade', story, '--from', 'v1.9', '--to', 'v1.10', '--output', 'json'])).toBe(0)
  const report = JSON.parse(out)
  expect(report).toMatchObject({ from: 'v1.9', to: 'v1.10', rollout: 'web', differing: [] })
  expect(report.alike).toContain('an abort is over at once')
})

test('a Simulation that cannot run is placed in its file', () => {
  const bad = put(
    'bad.yaml',
    'apiVersion: rollout-engine/v1\nkind: Simulation\nmetadata: {name: x}\nspec: {manifest: []}\n',
  )
  expect(runCommandLine(['upgrade', rollout, bad, '--from', 'v1.8'])).toBe(1)
  expect(err).toContain('bad.yaml:4')
})

test('several Rollouts are told of one after the other; a dump alone is told of as it was applied', () => {
  const both = put(
    'both.yaml',
    [readFileSync(plain, 'utf8'), readFileSync(plain, 'utf8').replace('{name: web}', '{name: mail}')].join('---\n'),
  )
  expect(runCommandLine(['upgrade', both, '--from', 'v1.9'])).toBe(0)
  expect(out.match(/^Rollout .*/gm)).toEqual([
    'Rollout web: controller v1.9 to v1.10',
    'Rollout mail: controller v1.9 to v1.10',
  ])
  out = ''
  expect(runCommandLine(['upgrade', '--live', both, '--from', 'v1.9', '--rollout', 'mail'])).toBe(0)
  expect(out).toContain('The upgrade alone touches none of 2 Rollouts in the cluster')
  expect(out.match(/^Rollout .*/gm)).toEqual(['Rollout mail: controller v1.9 to v1.10'])
  out = ''
  expect(runCommandLine(['upgrade', '--live', both, '--from', 'v1.9', '--output', 'json'])).toBe(0)
  expect(JSON.parse(out)).toMatchObject([{ rollout: 'web' }, { rollout: 'mail' }])
  expect(runCommandLine(['upgrade', both, '--from', 'v1.9', '--rollout', 'none'])).toBe(1)
  expect(err).toContain('the files hold no such Rollout')
  expect(runCommandLine(['upgrade', '--from', 'v1.9'])).toBe(2)
  expect(err).toContain('name a file with the Rollout, or a dump with --live')
})

test('check under two controllers says first what only one of them breaks', () => {
  const code = runCommandLine(['check', plain, '--runs', '2', '--controller', 'v1.8,v1.10', '--output', 'json'])
  const { checked, changes } = JSON.parse(out)
  expect(checked.map(({ controller }: { controller: string }) => controller)).toEqual(['v1.8', 'v1.10'])
  expect(checked[0].report.seed).toBe(checked[1].report.seed)
  const broken = checked.flatMap(({ report }: { report: { counterexamples: unknown[] } }) => report.counterexamples)
  expect(code).toBe(broken.length === 0 ? 0 : 11)
  expect(changes.length).toBeLessThanOrEqual(broken.length)
  out = ''
  runCommandLine(['check', plain, '--runs', '1', '--controller', 'v1.9,v1.10'])
  expect(out).toMatch(/^(?:What differs between the controllers|The same sentences hold under v1.9 and v1.10)/)
  expect(runCommandLine(['check', plain, '--controller', 'v1.8,v1.10', '--output', 'junit'])).toBe(2)
  expect(err).toContain('--output junit wants one controller')
})
