import { stepHash, stepJson } from '../../../src/kube/hash/stepHash'
import { controllerOf } from '../controller'
import type { ConformanceCase, Difference, Unit } from '../types'

export function judge(testCase: ConformanceCase): readonly Unit[] {
  const { steps } = testCase.given
  const controller = controllerOf(testCase)
  const got: Readonly<Record<string, string>> = {
    json: stepJson(steps, controller),
    hash: stepHash(steps, controller),
  }
  const differences: Difference[] = Object.keys(got)
    .filter((path) => got[path] !== testCase.expect[path])
    .map((path) => ({ path, expected: testCase.expect[path], got: got[path] }))
  return [{ name: 'steps', differences, inputs: testCase.given }]
}
