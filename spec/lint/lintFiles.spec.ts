import { describe, expect, test } from 'vitest'
import { lintFiles } from '../../src/lint/lintFiles'

// What upstream's `lint` prints; recorded cases are in the family `validation`.

const rollout = (canary: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
  strategy: {canary: ${canary}}
`
const service = (name: string, app: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: ${app}}}\n`
const lint = (text: string) => lintFiles({ 'a.yaml': text }, 'a.yaml')
const fine = { stdout: '', stderr: '', exitCode: 0 }
const json = 'Error: error unmarshaling JSON: while decoding JSON: '

describe('lint', () => {
  test('says nothing of a sound file, nor of what is not in it', () => {
    expect(lint(rollout('{canaryService: gone, steps: [{analysis: {templates: [{templateName: gone}]}}]}'))).toEqual(
      fine,
    )
    expect(lint('')).toEqual(fine)
  })

  test('prints every broken rule without its path, and the first one as the error', () => {
    expect(lint(rollout('{steps: [{setWeight: 101}, {setWeight: -1}]}'))).toEqual({
      stdout:
        'Invalid value: 101: SetWeight needs to be between 0 and 100\nInvalid value: -1: SetWeight needs to be between 0 and 100\n',
      stderr: 'Error: spec.strategy.steps[0].setWeight: Invalid value: 101: SetWeight needs to be between 0 and 100\n',
      exitCode: 1,
    })
  })

  test('judges Services that stand in the same file', () => {
    expect(lint(rollout('{canaryService: web-canary}') + service('web-canary', 'web'))).toEqual(fine)
    expect(lint(rollout('{canaryService: web-canary}') + service('web-canary', 'shop')).stdout).toBe(
      'Invalid value: "web-canary": Service "web-canary" has unmatch label "app" in rollout\n',
    )
  })

  test.each([
    ['a field that the type does not know', '{stepz: []}', `${json}json: unknown field "stepz"`],
    [
      'a value of another type',
      '{steps: [{setWeight: "20"}]}',
      `${json}json: cannot unmarshal string into Go struct field CanaryStep.spec.strategy.canary.steps.setWeight of type int32`,
    ],
    [
      'a number that is too large',
      '{minPodsPerReplicaSet: 2147483648}',
      `${json}json: cannot unmarshal number 2147483648 into Go struct field CanaryStrategy.spec.strategy.canary.minPodsPerReplicaSet of type int32`,
    ],
  ])('refuses %s', (_, canary, error) => {
    expect(lint(rollout(canary))).toEqual({ stdout: '', stderr: `${error}\n`, exitCode: 1 })
  })

  test('a number where a text is wanted is its text', () => {
    expect(lint(rollout('{canaryMetadata: {labels: {weight: 20}}}'))).toEqual(fine)
  })

  test('nulls are missing, and an item that is null is empty', () => {
    expect(lint(rollout('{canaryService: null, antiAffinity: null, steps: [{setWeight: 20}, null]}')).stdout).toContain(
      'Step must have one of the following set',
    )
    expect(lint(rollout('{trafficRouting: {plugins: {a/b: {}}, managedRoutes: [null]}}'))).toEqual(fine)
  })

  test.each([
    ['no such file', 'b.yaml', 'Error: open b.yaml: no such file or directory\n'],
    ['no YAML', 'a.yaml', 'Error: yaml: mapping values are not allowed in this context\n'],
  ])('%s', (_, path, stderr) => {
    expect(lintFiles({ 'a.yaml': 'a: b: c\n' }, path)).toEqual({ stdout: '', stderr, exitCode: 1 })
  })
})
