import { setImmediate as breathe } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { isBuilt, judgeOf, judgeSafely, unitsOf } from './judge'
import type { Difference } from './types'
import { familiesIn, readCases, vectorsFolder } from './vectors'

declare module 'vitest' {
  interface TaskMeta {
    /** What `npm test` counts in the place of the one test. */
    units?: { readonly passed: number; readonly failed: number }
  }
}

const mostShown = 10
const families = familiesIn(vectorsFolder)

/** A judge that goes missing must not turn a family silently into one that is not built. */
const claimed = [
  'analysis-run',
  'blue-green',
  'blue-green-analysis',
  'canary-analysis',
  'canary-basic',
  'canary-routed',
  'conditions',
  'experiment',
  'pod-template-hash',
  'pod-template-validation',
  'providers',
  'router-gateway-api',
  'routers',
  'service-cleanup',
  'simulation',
  'step-hash',
  'target-groups',
  'templates',
]

const show = ({ path, expected, got }: Difference): string =>
  `at ${path || '(whole)'}: expected ${shorten(expected)}, got ${shorten(got)}`
const shorten = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')).slice(0, 300)

describe('the engine decides what the recorded controller decided', () => {
  test('the vectors are there, and a judge of every family that the engine claims', () => {
    expect(families.length).toBeGreaterThan(20)
    expect(claimed.filter((family) => !families.includes(family) || !isBuilt(family))).toEqual([])
  })

  test.for(families.filter(isBuilt))('%s', { timeout: 600_000 }, async (family, { task }) => {
    const cases = readCases(vectorsFolder, family)
    const total = cases.reduce((sum, testCase) => sum + unitsOf(testCase), 0)
    const count = (passed: number): void => {
      task.meta.units = { passed, failed: total - passed }
    }
    count(0)
    const judge = await judgeOf(family)
    let passed = 0
    const wrong: string[] = []
    for (const [i, testCase] of cases.entries()) {
      // The runner gives a worker up that does not answer for long.
      if (i % 50 === 0) await breathe()
      for (const unit of judgeSafely(judge!, testCase)) {
        const first = unit.differences[0]
        if (first === undefined) passed++
        else if (wrong.length < mostShown) wrong.push(`${testCase.id} ${unit.name} ${show(first)}`)
      }
    }
    count(passed)
    expect(wrong).toEqual([])
    expect(passed).toBe(total)
  })
})
