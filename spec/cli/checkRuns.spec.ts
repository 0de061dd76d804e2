import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { bundledCommand } from '../bundled'

// Many runs of `check`: in threads, in several goes, for pull requests.

const main = bundledCommand()
const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** All sentences but one, so that runs are cheap. */
const except = (kept: string): string => knownInvariants.flatMap(({ id }) => (id === kept ? [] : id)).join(',')

const run = (words: string, kept = 'S3') =>
  spawnSync(process.execPath, [main, 'check', 'rollout.yaml', ...words.split(' '), '--except', except(kept)], {
    encoding: 'utf8',
    cwd: folder,
  })

beforeAll(() =>
  writeFileSync(
    join(folder, 'rollout.yaml'),
    `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  strategy: {canary: {steps: [{setWeight: 50}, {pause: {duration: 5}}]}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
`,
  ),
)

describe('rollout-engine check with many runs', () => {
  test('prints the same bytes with one and two workers, says how far it is, and goes on from where it was', () => {
    const state = join(folder, 'state.json')
    const { stdout: expected, stderr } = run(`--runs 201 --workers 1 --output json --resume ${state}`)
    expect(JSON.parse(expected)).toMatchObject({ runs: 201, seed: 1, passed: true })
    expect(stderr).toContain('rollout-engine: 200 of 201 runs (99 %)')
    expect(run('--runs 201 --workers 2 --quiet --output json').stdout).toBe(expected)
    const noted = JSON.parse(readFileSync(state, 'utf8'))
    expect(noted.parts).toHaveLength(1)
    expect(run(`--runs 201 --workers 2 --resume ${state} --output json`).stdout).toBe(expected)
    // A part that is noted is not tried again.
    writeFileSync(state, JSON.stringify({ ...noted, parts: [{ ...noted.parts[0], runs: 1200 }] }))
    expect(JSON.parse(run(`--runs 201 --resume ${state} --output json`).stdout)).toMatchObject({ runs: 1201 })
    const other = run(`--runs 201 --seed 2 --resume ${state}`)
    expect([other.status, other.stderr]).toEqual([2, expect.stringContaining('it is the state of another check')])
  }, 600_000)

  test('as Markdown for a pull request, with the command that finds the same again', () => {
    const { stdout, status } = run('--runs 10 --output markdown')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^## Every sentence holds: 10 runs, seed 1, v/)
    expect(stdout).toContain('| S3: every weight is between 0 and the most, and together they are the most | yes |')
    expect(stdout).toContain('The same again: `rollout-engine check rollout.yaml --runs 10 --seed 1 --except S1,S2,')
  })

  test('begins with the runs that an earlier check kept, and keeps its own', () => {
    const file = join(folder, 'corpus.json')
    expect(run(`--runs 5 --corpus ${file}`).status).toBe(0)
    const first = JSON.parse(readFileSync(file, 'utf8')).corpus
    expect(first.length).toBeGreaterThan(1)
    const again = run(`--runs 20 --seed 9 --output json --corpus ${file}`)
    expect(JSON.parse(again.stdout)).toMatchObject({ runs: 20, passed: true })
    expect(again.stdout).not.toContain('corpus')
    const second = JSON.parse(readFileSync(file, 'utf8')).corpus
    expect(second.slice(0, 1)).toEqual(first.slice(0, 1))
    writeFileSync(file, '{"runs": []}')
    const other = run(`--runs 5 --corpus ${file}`)
    expect([other.status, other.stderr]).toEqual([2, expect.stringContaining('it is no corpus of a check')])
    expect(run(`--runs 5 --corpus ${file} --resume ${file}`).stderr).toContain('do not go together')
  }, 120_000)
})
