import { hashOfJson, podTemplateHash, podTemplateJson } from '../../../src/kube/hash/podTemplateHash'
import { podTemplateShapeBefore034 } from '../../../src/kube/types/podTemplateShape.generated'
import { printShape } from '../../../src/kube/types/printShape'
import { controllerOf } from '../controller'
import type { ConformanceCase, Difference, Unit } from '../types'

/** Hash and text; main's vectors also have the text that types between 0.29 and 0.34 print, which no release is built on. */
export function judge(testCase: ConformanceCase): readonly Unit[] {
  const { template, collisionCount } = testCase.given
  const controller = controllerOf(testCase)
  const got: Record<string, string> = {
    json: podTemplateJson(template, controller),
    hash: podTemplateHash(template, collisionCount, controller),
  }
  if ('jsonBefore034' in testCase.expect) got.jsonBefore034 = printShape(podTemplateShapeBefore034, template)
  if ('hashBefore034' in testCase.expect) got.hashBefore034 = hashOfJson(got.jsonBefore034 ?? '', collisionCount)
  const differences: Difference[] = Object.keys(got)
    .filter((path) => got[path] !== testCase.expect[path])
    .map((path) => ({ path, expected: testCase.expect[path], got: got[path] }))
  return [{ name: 'template', differences, inputs: testCase.given }]
}
