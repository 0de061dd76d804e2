import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { never, within } from '../../src/check/index'
import { readSimulation } from '../../src/scenario/readSimulation'
import { checkAndSave, type StrategyMatchers, strategyMatchers } from '../../src/testing/index'
import { rolloutOf, steps } from './strategies'

// The kit in a test runner: matchers, and files of what they found.

declare module 'vitest' {
  interface Matchers<T> extends StrategyMatchers<T> {}
}

expect.extend(strategyMatchers)

const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
afterAll(() => rmSync(folder, { recursive: true }))

const canary = [rolloutOf({ canary: { steps } })]
const ten = never('an unproven canary above 10 %!', (now) => now.weight.canary > 10 && !now.analysisPassed)
const soon = within(
  60,
  'abort takes traffic away',
  (now) => now.aborted,
  (then) => then.weight.canary === 0,
)

describe('matchers', () => {
  test('hold, and do not', () => {
    expect(canary).toKeep(soon, { runs: 3 })
    expect(canary).not.toKeep([soon, ten], { runs: 3 })
    expect(canary).toKeepKnownSentences({ runs: 1 })
  })

  test('fail with the smallest run in the words of the user, what broke it, and how to see it again', () => {
    const failing = () => expect(canary).toKeep(ten, { runs: 3, seed: 7 })
    expect(failing).toThrow(/^"an unproven canary above 10 %!" does not hold at 10 s: .*canary weight/)
    expect(failing).toThrow('broken by: set image shop/web:good-1 at 10 s')
    expect(failing).toThrow('the same again: tryStrategy(manifests, { seed: 7, runs: 3 })')
    expect(() => expect(canary).not.toKeep(soon, { runs: 2 })).toThrow('every sentence holds in 2 runs of seed 1')
  })
})

test('a counterexample is saved as a Simulation file, and the one command that replays it is said', () => {
  const saveTo = join(folder, 'found')
  const check = () => checkAndSave(canary, { invariants: [ten], runs: 3, saveTo })
  const file = join(saveTo, 'an-unproven-canary-above-10.json')
  expect(check).toThrow(`replay it: npx rollout-engine simulate ${file}`)
  expect(readdirSync(saveTo)).toEqual(['an-unproven-canary-above-10.json'])
  const [read] = readSimulation(readFileSync(file, 'utf8')).simulations
  expect(read?.simulation.metadata.name).toBe('an unproven canary above 10 %!')
  expect(checkAndSave(canary, { invariants: [soon], runs: 2, saveTo }).passed).toBe(true)
})

test('a folder that cannot be written is said, and hides nothing', () => {
  const saveTo = join(folder, 'file')
  writeFileSync(saveTo, '')
  const check = () => checkAndSave(canary, { invariants: [ten], runs: 3, saveTo })
  expect(check).toThrow(/does not hold at 10 s/)
  expect(check).toThrow(/cannot write .*an-unproven-canary-above-10\.json: /)
})
