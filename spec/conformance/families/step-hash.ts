import { stepHash, stepJson } from '../../../src/model/hash/stepHash'
import type { ConformanceCase, Difference, Unit } from '../types'

export function judge(testCase: ConformanceCase): readonly Unit[] {
  const { steps } = testCase.given
  const got: Readonly<Record<string, string>> = { json: stepJson(steps), hash: stepHash(steps) }
  const differences: Difference[] = Object.keys(got)
    .filter((path) => got[path] !== testCase.expect[path])
    .map((path) => ({ path, expected: testCase.expect[path], got: got[path] }))
  return [{ name: 'steps', differences, inputs: testCase.given }]
}
