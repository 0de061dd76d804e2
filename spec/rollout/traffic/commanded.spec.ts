import { expect, test } from 'vitest'
import type { RolloutDecision } from '../../../src/index'
import { decide, newHash, service, stableHash } from '../update'

// A verdict of the router alone is not worth an update of the status; the decision says it all the same.

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
    status: {
      currentStepIndex: 1,
      canary: { weights: weights(recorded) },
      pauseConditions: [{ reason: 'CanaryPauseStep', startTime: '2030-01-01T00:59:00Z' }],
      controllerPause: true,
    },
    observed: { services, answers: { replies: { 'verifyWeight/smi': { verified: answered } } } },
  })

test.for([
  [false, true],
  [true, false],
  [true, true],
  [false, false],
] as const)(
  'recorded %s, answered %s: desired.traffic has the answer, the status what it had',
  ([recorded, answered]) => {
    const { status, desired } = asked(recorded, answered)
    expect(status.canary?.weights?.verified).toBe(recorded)
    expect(desired.traffic?.commanded).toMatchObject({ canary: { weight: 20 }, verified: answered })
    expect(desired.traffic?.verified).toBe(answered ? desired.traffic?.commanded : undefined)
  },
)
