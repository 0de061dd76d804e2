import { setImmediate as breathe } from 'node:timers/promises'
import { expect, type TestContext } from 'vitest'
import { judgeOf, judgeSafely, unitsOf } from './judge'
import type { Difference } from './types'
import { readCases } from './vectors'

declare module 'vitest' {
  interface TaskMeta {
    /** What `npm test` counts in the place of the one test. */
    units?: { readonly passed: number; readonly failed: number }
  }
}

const mostShown = 10

const show = ({ path, expected, got }: Difference): string =>
  `at ${path || '(whole)'}: expected ${shorten(expected)}, got ${shorten(got)}`
const shorten = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')).slice(0, 300)

/** Judges every case of a family in a folder, and fails with the first few differences. */
export async function judgeFamily(folder: string, family: string, { task }: TestContext): Promise<void> {
  const cases = readCases(folder, family)
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
}
