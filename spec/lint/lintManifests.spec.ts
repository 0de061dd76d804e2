import { describe, expect, test } from 'vitest'
import { type LintOptions, lintManifests } from '../../src/lint/index'

const rollout = (strategy: string, more = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 10
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
  strategy: ${strategy}
${more}`
const twice = '{canary: {steps: [{setWeight: 20}, {pause: {}}, {setWeight: 20}]}}'
const told = (text: string, options?: Parameters<typeof lintManifests>[1]) =>
  lintManifests({ 'a.yaml': text }, options).map(({ rule, severity, line }) => `${severity} ${rule} ${line}`)

describe('lintManifests', () => {
  test('says nothing of a sound Rollout, nor of what it names and is in no file', () => {
    const routed =
      '{canaryService: c, stableService: s, trafficRouting: {nginx: {stableIngress: i}}, steps: [{setWeight: 20}, {analysis: {templates: [{templateName: t}]}}]}'
    expect(told(rollout(`{canary: ${routed}}`))).toEqual([])
    expect(told('')).toEqual([])
  })

  test('says nothing of files of other tools', () => {
    const others = [
      'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n',
      'replicaCount: 1\n',
      'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n',
    ]
    for (const text of others) expect(told(text)).toEqual([])
  })

  test('tells all that the controller refuses at once, each with its line', () => {
    const text = rollout('\n    canary:\n      steps:\n        - setWeight: 101\n        - {}\n')
    expect(told(text)).toEqual(['error invalid-spec 13', 'error invalid-spec 14'])
    const service = '---\napiVersion: v1\nkind: Service\nmetadata: {name: c}\nspec: {selector: {app: other}}\n'
    const [finding] = lintManifests({ 'a.yaml': rollout('{canary: {canaryService: c, stableService: s}}', service) })
    expect(finding).toMatchObject({ path: 'spec.strategy.canary.canaryService', line: 10 })
    expect(finding?.message).toContain('has unmatch label "app" in rollout')
  })

  // What is named twice, or not at all, is refused whether it exists or not.
  test.each([
    ['{nginx: {stableIngress: a, stableIngresses: [b]}}', 'Either StableIngress or StableIngresses must be configured'],
    ['{alb: {servicePort: 80}}', 'Either Ingress or Ingresses must be configured. Neither are configured.'],
    ['{istio: {}}', 'either VirtualService or VirtualServices must be configured'],
  ])('tells how a router has to be told: %s', (routing, refusal) => {
    const strategy = `{canary: {canaryService: c, stableService: s, trafficRouting: ${routing}, steps: [{setWeight: 20}]}}`
    const findings = lintManifests({ 'a.yaml': rollout(strategy) })
    expect(findings.map(({ rule }) => rule)).toEqual(['invalid-spec'])
    expect(findings[0]?.message).toContain(refusal)
  })

  test('judges the pods of a workload by the workload', () => {
    const service = (app: string): string =>
      `---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: ${app}}}\n`
    const deployment =
      "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec:\n  replicas: 0\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: 'web:1'}]}\n"
    const given =
      'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: web}\nspec:\n  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: w}\n  strategy: {blueGreen: {activeService: web}}\n'
    expect(told(given + service('web'))).toEqual([])
    expect(told(given + service('web') + deployment)).toEqual([])
    expect(told(given + service('other') + deployment)).toEqual(['error invalid-spec 6'])
  })

  test('tells what cannot be read, and goes on with the other documents', () => {
    expect(told(`${rollout(twice)}---\nkind: Service\napiVersion: v1\nmetadata: {}\n`)).toEqual([
      'warning step-changes-nothing 10',
      'error missing-field 14',
    ])
  })

  test('looks at several files together, in their order', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web-canary}\nspec: {selector: {app: web}}\n'
    const files = { 'r.yaml': rollout('{canary: {canaryService: web-canery, stableService: s}}'), 's.yaml': service }
    expect(lintManifests(files)).toMatchObject([
      { rule: 'reference-misspelt', file: 'r.yaml', object: 'Rollout web', fix: { op: 'set', value: 'web-canary' } },
    ])
  })

  test('finds objects in lists', () => {
    const items = rollout(twice).replaceAll('\n', '\n  ').trimEnd()
    const [finding] = lintManifests({ 'a.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${items}\n` })
    expect(finding).toMatchObject({
      rule: 'step-changes-nothing',
      line: 13,
      path: 'items[0].spec.strategy.canary.steps[2].setWeight',
    })
  })

  test('is the same each time, and touches nothing', () => {
    const files = Object.freeze({ 'a.yaml': rollout(twice) })
    expect(lintManifests(files)).toEqual(lintManifests(files))
  })

  test.each([
    '',
    'a: [',
    '\u0000',
    '- - - {',
    'kind: Rollout\napiVersion: argoproj.io/v1alpha1\nmetadata: {name: w}\nspec: 3\n',
    `${'{'.repeat(5000)}`,
  ])('does not throw for %j', (text) => expect(Array.isArray(told(text))).toBe(true))
})

describe('rules are turned off', () => {
  const noted = (comment: string) =>
    rollout(
      `\n    canary:\n      steps:\n        - setWeight: 20\n        - pause: {}\n        - setWeight: 20${comment}\n`,
    )
  test.each([
    [' # rollout-engine: ignore step-changes-nothing'],
    [' # rollout-engine: ignore'],
    [' # rollout-engine: ignore pause-of-no-time, step-changes-nothing (on purpose)'],
    ['\n# rollout-engine: ignore-file step-changes-nothing'],
  ])('by the comment %j', (comment) => expect(told(noted(comment))).toEqual([]))

  test('by a comment on the line above', () => {
    const text = noted('').replace(
      '        - setWeight: 20\n        - pause',
      '        - setWeight: 20\n        # rollout-engine: ignore step-changes-nothing\n        - pause',
    )
    expect(told(text)).toEqual(['warning step-changes-nothing 16'])
    expect(told(noted('').replace('- pause: {}', '- pause: {} # rollout-engine: ignore step-changes-nothing'))).toEqual(
      [],
    )
  })

  test('not by a comment about another rule', () =>
    expect(told(noted(' # rollout-engine: ignore max-surge-ignored'))).toEqual(['warning step-changes-nothing 15']))

  test('or made worse or better by the options', () => {
    expect(told(noted(''), { rules: { 'step-changes-nothing': 'off' } })).toEqual([])
    expect(told(noted(''), { rules: { 'step-changes-nothing': 'error' } })).toEqual(['error step-changes-nothing 15'])
  })
})

const template = (condition: string) => `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: rate}
spec:
  metrics:
    - name: rate
      count: 1
      successCondition: "${condition}"
      provider: {prometheus: {address: 'http://p', query: q}}
`
const complaints = (condition: string, options: LintOptions = {}) =>
  lintManifests({ 'a.yaml': template(condition) }, options).map(({ rule, message }) => `${rule}: ${message}`)

describe('of a controller that is named', () => {
  test('says from which version on a condition works, where nobody says which controller runs', () => {
    expect(complaints('len(uniq(result)) > 0')).toEqual([
      'condition-otherwise: works from v1.10 on; v1.9 says: unknown name uniq',
    ])
    expect(complaints('result[0] + 1 not in [3]')[0]).toMatch(
      /^condition-otherwise: v1.9 reads a "not" of it and loses it/,
    )
    expect(complaints('len(result) > 0')).toEqual([])
  })

  test('says nothing of other controllers where one is named that takes it', () => {
    expect(complaints('len(uniq(result)) > 0', { controller: 'v1.10' })).toEqual([])
    expect(complaints('len(uniq(result)) > 0', { controller: 'main' })).toEqual([])
  })

  test('judges conditions and specs as the one that is named', () => {
    expect(complaints('len(uniq(result)) > 0', { controller: 'v1.8' })).toEqual([
      expect.stringMatching(/^condition-type: every measurement is an error: unknown name uniq/),
      'condition-otherwise: works from v1.10 on; v1.8 says: unknown name uniq',
    ])
  })
})
