import { podTemplateErrors } from '../../../src/kube/podTemplate/podTemplateErrors'
import type { ConformanceCase, Difference, Unit } from '../types'

const textsOf = (errors: readonly { readonly path: string; readonly body: string }[]): readonly string[] =>
  errors.map(({ path, body }) => `${path}: ${body}`)

/** Every complaint, in order: the first one is what a status says, the whole list is what lint shows. */
export function judge(testCase: ConformanceCase): readonly Unit[] {
  const got = textsOf(podTemplateErrors(testCase.given.rollout.spec.template, 'spec.template'))
  const expected: readonly string[] = (testCase.expect.errors ?? []).map((error: { text: string }) => error.text)
  const differences: Difference[] = Array.from({ length: Math.max(got.length, expected.length) }, (_, index) => ({
    path: `errors[${index}]`,
    expected: expected[index],
    got: got[index],
  })).filter((difference) => difference.expected !== difference.got)
  return [{ name: 'template', differences, inputs: testCase.given }]
}
