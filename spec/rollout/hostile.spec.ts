import { describe, expect, test } from 'vitest'
import { blockerText, reconcileRollout } from '../../src/index'
import type { RolloutObservation } from '../../src/rollout/observation'
import { fc } from '../properties/fc'
import { spoilt } from '../properties/oddities'
import { observationOf, recordedSituations } from '../properties/recorded'
import { propertySeed } from '../properties/seed'
import { analysisTemplate, updating } from './update'

const families = [
  'canary-basic',
  'canary-routed',
  'blue-green',
  'target-groups',
  'canary-analysis',
  'blue-green-analysis',
]

function some(family: string): RolloutObservation[] {
  const found: RolloutObservation[] = []
  for (const { situation } of recordedSituations(family, 601)) {
    if (situation.key.startsWith('rollouts/')) found.push(observationOf(situation))
  }
  return found
}

describe(`malformed observations (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(families)('%s: whatever stands in any place, there is a decision', (family) => {
    const observations = some(family)
    expect(observations.length).toBeGreaterThan(2)
    fc.assert(
      fc.property(spoilt(observations), (observed) => {
        const decision = reconcileRollout(observed)
        expect(Array.isArray(decision.changes)).toBe(true)
      }),
      { seed: propertySeed, numRuns: 250 },
    )
  })
})

test('what has another type counts as missing, and the path to it is told', () => {
  const observed = updating({ strategy: { canary: { steps: 5 as never } } })
  const decision = reconcileRollout(observed)
  const [blocker] = decision.blockers
  expect(blocker).toEqual({ code: 'malformed', data: { path: 'rollout.spec.strategy.canary.steps' } })
  expect(blocker && blockerText(blocker)).toEqual({
    waitsFor: 'rollout.spec.strategy.canary.steps to have the type that the API gives it; it counts as missing',
    clearedBy: 'correct rollout.spec.strategy.canary.steps',
  })
})

describe('nesting without end is no crash', () => {
  let deep: unknown = '{{args.x}}'
  for (let depth = 0; depth < 50_000; depth++) deep = [deep]

  test('in the configuration of a step plugin', () => {
    const plugin = { name: 'acme/deep', config: {} }
    const { rollout, ...others } = updating({ strategy: { canary: { steps: [{ plugin }] } } })
    const canary = { steps: [{ plugin: { ...plugin, config: deep } }] }
    const observed = { ...others, rollout: { ...rollout, spec: { ...rollout.spec, strategy: { canary } } } }
    expect(reconcileRollout(observed).status.currentStepHash).toBeDefined()
  })

  test('in a metric', () => {
    const canary = { steps: [{ analysis: { templates: [{ templateName: 'deep' }] } }] }
    const metrics = [{ name: 'm', provider: { plugin: { deep } as never } }]
    const analysisTemplates = [analysisTemplate('deep', { metrics, args: [{ name: 'x', value: '1' }] })]
    const decision = reconcileRollout({ ...updating({ strategy: { canary } }), analysisTemplates })
    expect(decision.changes[0]?.kind).toBe('createAnalysisRun')
  })
})
