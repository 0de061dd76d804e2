import { expect, test } from 'vitest'
import type { RolloutDecision } from '../../../src/index'
import { decide, newHash, service, stableHash } from '../update'

// What the router says in this reconcile, whatever the status recorded before.

const services = [service('web-canary', newHash), service('web-stable', stableHash)]
const weights = (verified: boolean) => ({
  canary: { weight: 20, podTemplateHash: newHash, serviceName: 'web-canary' },
  stable: { weight: 80, podTemplateHash: stableHash, serviceName: 'web-stable' },
  verified,
})

const asked = (recorded: boolean, answered: boolean): RolloutDecision =>
  decide({
    strategy: {
      canary: {
        canaryService: 'web-canary',
        stableService: 'web-stable',
        trafficRouting: { smi: {} },
        steps: [{ setWeight: 20 }, { pause: {} }],
      },
    },
    status: { currentStepIndex: 0, canary: { weights: weights(recorded) } },
    newPods: 1,
    observed: { services, answers: { replies: { 'verifyWeight/smi': { verified: answered } } } },
  })

test.for([
  [false, true],
  [true, false],
  [true, true],
  [false, false],
] as const)('recorded %s, answered %s: desired.traffic has the answer', ([recorded, answered]) => {
  const { desired } = asked(recorded, answered)
  expect(desired.traffic?.commanded).toMatchObject({ canary: { weight: 20 }, verified: answered })
  expect(desired.traffic?.verified).toBe(answered ? desired.traffic?.commanded : undefined)
})
