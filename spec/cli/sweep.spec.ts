import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundledCommand } from '../bundled'

const main = bundledCommand()
const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
afterAll(() => rmSync(folder, { recursive: true }))
const story = join(folder, 'story.yaml')
const wordsOf = (words: string): string[] => [main, 'sweep', story, ...words.split(' ')]
const run = (words: string) => spawnSync(process.execPath, wordsOf(words), { encoding: 'utf8' })

beforeAll(() =>
  writeFileSync(
    story,
    `
apiVersion: rollout-engine/v1
kind: Simulation
metadata: {name: slow pods}
spec:
  manifests:
    - apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: web}
      spec:
        replicas: 2
        progressDeadlineSeconds: 40
        progressDeadlineAbort: true
        selector: {matchLabels: {app: web}}
        strategy: {canary: {steps: [{setWeight: 50}, {pause: {duration: 20}}]}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: 'web:1'}]}
  events: [{atSeconds: 10, image: 'web:2'}]
  untilSeconds: 300
  vary: [{field: pods.readyAfterSeconds, exponential: 20}]
  expectations: [{finally: outcome == "healthy"}]
`,
  ),
)

const data = (words: string): string => run(`${words} --output json --quiet`).stdout

describe('rollout-engine sweep', () => {
  test('prints the same bytes with one, two and three workers', () => {
    const alone = data('--runs 26 --workers 1')
    expect(JSON.parse(alone)).toMatchObject({ name: 'slow pods', runs: 26, firstSeed: 1 })
    expect(data('--runs 26 --workers 2')).toBe(alone)
    expect(data('--runs 26 --workers 3')).toBe(alone)
  })

  test('goes on after it was killed, and prints what it would have printed', async () => {
    const state = join(folder, 'state.json')
    const child = spawn(process.execPath, wordsOf(`--runs 400 --workers 2 --resume ${state}`))
    await new Promise<void>((killed) => {
      child.stderr.once('data', () => child.kill('SIGKILL'))
      child.on('close', () => killed())
    })
    const { part } = JSON.parse(readFileSync(state, 'utf8'))
    expect(part.runs).toBeGreaterThan(0)
    expect(part.runs).toBeLessThan(400)
    const runs = part.runs + 5
    expect(data(`--runs ${runs} --workers 1 --resume ${state}`)).toBe(data(`--runs ${runs} --workers 1`))
  })

  test('says in lines how far it is, and ends with 11 where an expectation does not hold', () => {
    const { status, stderr, stdout } = run('--runs 8 --seed 3 --workers 1')
    expect(stderr).toMatch(/^rollout-engine: \d of 8 runs \(\d+ %\)$/m)
    expect(stderr).toContain('8 of 8 runs (100 %)')
    expect(stdout).toContain('8 runs, seeds 3 to 10')
    expect(status).toBe(/it ends|finally/.test(stdout) && !/ 0 % /.test(stdout) ? 11 : status)
  })

  test('does not go on from the state of another sweep', () => {
    const state = join(folder, 'other.json')
    expect(run(`--runs 2 --workers 1 --quiet --resume ${state}`).stderr).toBe('')
    const { status, stderr } = run(`--runs 2 --seed 9 --workers 1 --quiet --resume ${state}`)
    expect(status).toBe(2)
    expect(stderr).toContain('it is the state of another sweep')
  })
})
