import { setImmediate as breathe } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { judgeOf, judgeSafely, unitsOf } from './judge'
import { familiesIn, readCases, vectorsFolder } from './vectors'

declare module 'vitest' {
  interface TaskMeta {
    /** What `npm test` counts in the place of the one test. */
    units?: { readonly passed: number; readonly failed: number }
  }
}

const mostShown = 10
const families = familiesIn(vectorsFolder)
const judges = new Map(await Promise.all(families.map(async (family) => [family, await judgeOf(family)] as const)))
const built = families.filter((family) => judges.get(family) !== undefined)

describe('the engine decides what the recorded controller decided', () => {
  test('the vectors are there', () => {
    expect(families.length).toBeGreaterThan(0)
  })

  test.for(built)('%s', { timeout: 600_000 }, async (family, { task }) => {
    const judge = judges.get(family)!
    let total = 0
    let passed = 0
    const wrong: string[] = []
    for (const [i, testCase] of readCases(vectorsFolder, family).entries()) {
      // The runner gives a worker up that does not answer for long.
      if (i % 50 === 0) await breathe()
      total += unitsOf(testCase)
      for (const unit of judgeSafely(judge, testCase)) {
        const first = unit.differences[0]
        if (first === undefined) passed++
        else if (wrong.length < mostShown) wrong.push(`${testCase.id} ${unit.name} at ${first.path || '(whole)'}`)
      }
    }
    task.meta.units = { passed, failed: total - passed }
    expect(wrong).toEqual([])
    expect(passed).toBe(total)
  })
})
