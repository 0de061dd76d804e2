import { expect, test } from 'vitest'
import type { AnalysisTemplate } from '../../src/model/analysis'
import type { Rollout, RolloutAnalysis } from '../../src/model/rollout'
import { analysisErrors } from '../../src/rollout/validation/references/analyses'
import { isPlainAnalysis } from '../../src/rollout/validation/references/plainAnalysis'
import { stepRulesOf } from '../../src/rollout/validation/references/stepRules'
import { fc } from '../properties/fc'

// An analysis that is called plain is one that the rules find nothing wrong with.

const names = fc.constantFrom('a', 'b', 'c')
const texts = fc.constantFrom('up', '{{args.a}}', 'x{{ args.b }}y', '{{args.unknown}}', '{{a', 'a"b', '{{}}')
const values = fc.constantFrom<object>(
  {},
  {},
  { value: 'x' },
  { value: 'a"b' },
  { value: null },
  { valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
  { value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
)
const args = fc.array(
  fc.tuple(names, values).map(([name, value]) => ({ name, ...value })),
  { maxLength: 3 },
)
const rules = fc.option(
  fc.array(
    names.map((metricName) => ({ metricName, limit: 1 })),
    { maxLength: 2 },
  ),
  {
    nil: undefined,
    freq: 1,
  },
)
const metrics = fc.array(
  fc.record(
    {
      name: names,
      interval: fc.constantFrom('10s', '', '{{args.a}}'),
      count: fc.constantFrom<string | number>(1, 3, 0, '2', '{{args.a}}', 'x'),
      successCondition: texts,
      provider: fc.record({ prometheus: fc.record({ query: texts }) }),
    },
    { requiredKeys: ['name', 'provider'] },
  ),
  { maxLength: 2 },
)
const specs = fc.record(
  { args, metrics, dryRun: rules, measurementRetention: rules },
  { requiredKeys: ['metrics'] },
) as unknown as fc.Arbitrary<AnalysisTemplate['spec']>
const templates = fc.array(
  specs.map((spec, name = 'rate') => ({ metadata: { name }, spec })),
  { maxLength: 2 },
)
const given = fc.array(
  fc
    .tuple(
      names,
      fc.constantFrom<object>(
        { value: 'x' },
        { valueFrom: { podTemplateHashValue: 'Latest' } },
        { valueFrom: { fieldRef: { fieldPath: 'metadata.nothing' } } },
      ),
    )
    .map(([name, value]) => ({ name, ...value })),
  { maxLength: 3 },
)
const steps = fc.array(
  fc.record({ analysis: fc.record({ dryRun: rules, measurementRetention: rules }, { requiredKeys: [] }) }),
  { maxLength: 1 },
)

test('no rule finds anything wrong with a plain analysis', () => {
  let plain = 0
  fc.assert(
    fc.property(
      fc.constantFrom('background' as const, 'step' as const),
      fc.record({ templates, clusterTemplates: templates }),
      fc.option(given, { nil: undefined }),
      fc.option(given, { nil: undefined }),
      fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: steps }),
      (role, found, args, background, steps) => {
        const analysis = (args === undefined ? {} : { args }) as RolloutAnalysis
        const rollout = {
          metadata: { name: 'web' },
          spec: { strategy: { canary: { analysis: { ...analysis, args: background ?? args }, steps } } },
        } as unknown as Rollout
        const reference = { role, path: 'p', analysis, found }
        const stepRules = stepRulesOf(rollout)
        if (!isPlainAnalysis(rollout, reference, found, stepRules)) return
        plain++
        // Whoever notes placeholders gets the long way.
        expect(analysisErrors(rollout, reference, found, stepRules, () => undefined)).toEqual([])
      },
    ),
    { numRuns: 5000 },
  )
  expect(plain).toBeGreaterThan(300)
})
