import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeFailure, replayCommand } from './describeFailure'
import { judgeOf, judgeSafely } from './judge'
import type { ConformanceCase } from './types'
import { readCases, vectorsFolder } from './vectors'

/** A recorded story whose first reconcile after a new template is said to have ended otherwise. */
function spoilt(): ConformanceCase {
  const sound = readCases(vectorsFolder, 'canary-routed')[0]!
  const step = sound.steps!.findIndex(({ what }) => what === 'new template') + 1
  const steps = sound.steps!.map((one, index) => {
    if (index !== step) return one
    const key = one.reconcile!
    const rollout = one.expect.objects[key]
    const objects = { ...one.expect.objects, [key]: { ...rollout, status: { ...rollout.status, replicas: 77 } } }
    return { ...one, expect: { ...one.expect, objects, events: [] } }
  })
  return { ...sound, steps }
}

test('a failing case says how to replay it, where in the story it is, and what changed instead', async () => {
  const testCase = spoilt()
  const judge = (await judgeOf('canary-routed'))!
  const failing = judgeSafely(judge, testCase).filter(({ differences }) => differences.length > 0)[0]!
  const lines = describeFailure(vectorsFolder, testCase, failing, { verbose: false })
  const text = lines.join('\n')
  expect(text).toContain(`replay: npm run conformance -- --family canary-routed --case ${testCase.id} --verbose`)
  expect(text).toMatch(/^ {2}step (\d+) \(the last is \d+\), reconcile \d+: rollouts\/default\/\S+ at 2030/m)
  expect(text).toMatch(/what happened before:\n(.*\n)* {4}step \d+ at \S+: new template\n/)
  expect(text).toMatch(/^ {4}- rollouts\/\S+\.status\.replicas: 77$/m)
  expect(text).toMatch(/^ {4}\+ events\[0\]\.message: "Rollout updated to revision 2"$/m)
  expect(text).toMatch(/^ {4} {2}replicasets\/\S+\.spec\.replicas: 0$/m)
  expect(text).not.toMatch(/[-+] replicasets/)
})

test('a case of a function shows the places that differ, and vectors of another folder are named', () => {
  const testCase: ConformanceCase = { id: 'a-1', family: 'a', tags: [] }
  const unit = { name: 'f', differences: [{ path: 'hash', expected: 'abc', got: 'abd' }], inputs: { x: 1 } }
  expect(describeFailure(vectorsFolder, testCase, unit, { verbose: true })).toEqual([
    'a-1 f',
    '  replay: npm run conformance -- --family a --case a-1 --verbose',
    '  changes (- expected, + actual):',
    '    - hash: abc',
    '    + hash: abd',
    '  inputs {"x":1}',
  ])
  expect(replayCommand(join(vectorsFolder, 'versions/v1.9.3'), testCase)).toBe(
    'npm run conformance -- spec/conformance/vectors/versions/v1.9.3 --family a --case a-1 --verbose',
  )
})
