import { podTemplateHash, podTemplateJson } from '../../../src/model/hash/podTemplateHash'
import type { ConformanceCase, Difference, Unit } from '../types'

/** Both variants must match, hash and text. */
export function judge(testCase: ConformanceCase): readonly Unit[] {
  const { template, collisionCount } = testCase.given
  const got: Readonly<Record<string, string>> = {
    json: podTemplateJson(template),
    hash: podTemplateHash(template, collisionCount),
    jsonBefore034: podTemplateJson(template, 'before-kubernetes-0.34'),
    hashBefore034: podTemplateHash(template, collisionCount, 'before-kubernetes-0.34'),
  }
  const differences: Difference[] = Object.keys(got)
    .filter((path) => got[path] !== testCase.expect[path])
    .map((path) => ({ path, expected: testCase.expect[path], got: got[path] }))
  return [{ name: 'template', differences, inputs: testCase.given }]
}
