import { describe, expect, test } from 'vitest'
import type { CodedFieldError } from '../../src/kube/fieldErrorBody'
import { isPlainLabels } from '../../src/kube/plainLabels'
import type { CanaryStep, Rollout } from '../../src/model/rollout'
import type { TrafficRouting } from '../../src/model/trafficRouting'
import { dialects } from '../../src/rollout/validation/dialect'
import { hasPlainPods, isPlainStep } from '../../src/rollout/validation/plainParts'
import { notePodErrors } from '../../src/rollout/validation/specRules'
import { noteStepErrors } from '../../src/rollout/validation/stepRules'
import { fc } from '../properties/fc'

const words = fc.constantFrom('app', 'tier', 'web', '', 'a.b_c', '-a', 'a-', 'x'.repeat(63), 'x'.repeat(64), 'ä', 'a b')
const prefixes = fc.constantFrom('', '', 'app.kubernetes.io/', 'Upper.io/', '/', 'a..b/', 'a/b/', `${'y'.repeat(254)}/`)
const keys = fc.tuple(prefixes, words).map(([prefix, word]) => prefix + word)
const labels = fc.dictionary(fc.oneof(keys, fc.constant('app')), fc.oneof(words, fc.constant('web')), { maxKeys: 3 })

const args = fc.option(
  fc.array(
    fc.constantFrom<object>(
      { name: 'a', value: 'x' },
      { name: 'a', valueFrom: { podTemplateHashValue: 'Latest' } },
      { name: 'a', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
      { name: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.nothing' } } },
    ),
    { maxLength: 2 },
  ),
  { nil: undefined },
)
const steps = fc.record(
  {
    setWeight: fc.constantFrom(0, 20, 100, 101, 150, -1),
    pause: fc.constantFrom({}, { duration: 10 }, { duration: '1h' }, { duration: '-5' }, { duration: 'soon' }),
    analysis: args.map((given) => ({ templates: [], args: given })),
    experiment: fc.record({
      templates: fc.constantFrom(
        undefined,
        [],
        [{ name: 'a' }],
        [{ name: 'a', weight: 5 }],
        [{ name: 'a', weight: 0 }],
      ),
      analyses: fc.option(
        args.map((given) => [{ args: given }]),
        { nil: undefined },
      ),
    }),
    setCanaryScale: fc.constantFrom({ replicas: 1 }, { weight: 10 }),
    setHeaderRoute: fc.constant({ name: 'h' }),
    plugin: fc.constant({ name: 'p' }),
  },
  { requiredKeys: [] },
)
const oneStep = fc.tuple(steps, fc.integer({ min: 0, max: 20 })).map(([step, chance]) => {
  const [first] = Object.entries(step).slice(chance % 7)
  return (chance === 0 || !first ? step : Object.fromEntries([first])) as CanaryStep
})
const routings = fc.constantFrom<TrafficRouting | undefined>(
  undefined,
  { nginx: {} },
  { istio: {} },
  { smi: {} },
  { plugins: { p: {} }, maxTrafficWeight: 150 },
)

describe('parts of a spec that are plain', () => {
  test('are steps that no rule of any version complains about', () => {
    let plain = 0
    fc.assert(
      fc.property(oneStep, routings, fc.constantFrom(...Object.values(dialects)), (step, routing, dialect) => {
        const spec = { strategy: { canary: { trafficRouting: routing, steps: [step] } } }
        const rollout = { metadata: { name: 'web', labels: { app: 'web' } }, spec } as unknown as Rollout
        if (!isPlainStep(rollout, step, routing?.maxTrafficWeight ?? 100, routing !== undefined)) return
        plain++
        const found: CodedFieldError[] = []
        noteStepErrors(found, { rollout, routing, dialect, step }, 0)
        expect(found).toEqual([])
      }),
      { numRuns: 3000 },
    )
    expect(plain).toBeGreaterThan(500)
  })

  test('are pods whose selector and template no rule complains about', () => {
    let plain = 0
    const isolated = { containers: [{ name: 'web', image: 'web:1' }] }
    fc.assert(
      fc.property(labels, labels, fc.boolean(), (matchLabels, others, isResolved) => {
        const template = { metadata: { labels: { ...others, ...matchLabels } }, spec: isolated }
        const rollout = { metadata: { name: 'web' }, spec: { selector: { matchLabels }, template } } as Rollout
        if (!hasPlainPods(rollout.spec)) return
        plain++
        const found: CodedFieldError[] = []
        notePodErrors(found, rollout, isResolved)
        expect(found).toEqual([])
      }),
      { numRuns: 3000 },
    )
    expect(plain).toBeGreaterThan(100)
  })

  test('are labels as nearly everybody writes them', () => {
    expect(isPlainLabels({ app: 'web', 'app.kubernetes.io/name': 'web', tier: '' })).toBe(true)
    for (const refused of [null, [], { app: 1 }, { '': 'web' }, { app: 'a b' }, { 'A/b': 'web' }])
      expect(isPlainLabels(refused)).toBe(false)
  })
})
