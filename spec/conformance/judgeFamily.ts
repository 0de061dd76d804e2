import { setImmediate as breathe } from 'node:timers/promises'
import { expect, type TestContext } from 'vitest'
import { describeFailure } from './describeFailure'
import { judgeOf, judgeSafely, unitsOf } from './judge'
import { readCases } from './vectors'

declare module 'vitest' {
  interface TaskMeta {
    /** What `npm test` counts in the place of the one test. */
    units?: { readonly passed: number; readonly failed: number }
  }
}

const mostShown = 10

/** Judges every case of a family in a folder, or every so-many-th, and fails with the first few differences. */
export async function judgeFamily(folder: string, family: string, { task }: TestContext, every = 1): Promise<void> {
  const cases = readCases(folder, family, every)
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
      if (unit.differences.length === 0) passed++
      else if (wrong.length < mostShown)
        wrong.push(describeFailure(folder, testCase, unit, { verbose: false }).join('\n'))
    }
  }
  count(passed)
  expect(wrong.join('\n')).toBe('')
  expect(passed).toBe(total)
}
