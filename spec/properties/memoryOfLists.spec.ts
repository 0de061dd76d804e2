import { expect, test } from 'vitest'
import { reconcileRollout } from '../../src/reconcile'
import type { RolloutObservation } from '../../src/rollout/observation'
import { rememberedDecision } from '../../src/rollout/rememberedDecision'

// A decision is remembered with every list that it may have read. The type asks for each field of an observation, so a
// new one has to be added here, and then the test fails until the memory has it.

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const spec = { selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }

const whole: Required<RolloutObservation> = {
  now: '2030-01-01T00:00:00Z',
  rollout: { metadata: { name: 'web', namespace: 'shop' }, spec: { ...spec, replicas: 1 } },
  replicaSets: [],
  pods: [],
  services: [],
  workloads: [],
  analysisRuns: [],
  experiments: [],
  analysisTemplates: [],
  clusterAnalysisTemplates: [],
  ingresses: [],
  virtualServices: [],
  mappings: [],
  appMeshResources: [],
  destinationRules: [],
  targetGroupBindings: [],
  endpoints: [],
  options: {},
  answers: {},
}

test.for(Object.entries(whole).filter(([, value]) => Array.isArray(value)))(
  'another list of %s is noticed',
  ([field]) => {
    const observation = { ...whole, rollout: structuredClone(whole.rollout) }
    reconcileRollout(observation)
    expect(rememberedDecision({ ...observation, [field]: [] })).toBeDefined()
    expect(rememberedDecision({ ...observation, [field]: [{ metadata: { name: 'other' } }] })).toBeUndefined()
    expect(rememberedDecision({ ...observation, [field]: undefined })).toBeUndefined()
  },
)

test('other options, answers and Rollouts are noticed', () => {
  reconcileRollout(whole)
  expect(rememberedDecision({ ...whole, options: {}, answers: {} })).toBeDefined()
  expect(rememberedDecision({ ...whole, options: { verifyTargetGroups: true } })).toBeUndefined()
  expect(rememberedDecision({ ...whole, answers: { failures: { a: { message: 'b' } } } })).toBeUndefined()
  expect(rememberedDecision({ ...whole, rollout: { ...whole.rollout } })).toBeUndefined()
})
