import { describe, expect, test } from 'vitest'
import type { RolloutDecision } from '../../../src/index'
import type { RolloutStatus } from '../../../src/model/rolloutStatus'
import { decide, newHash, service, stableHash } from '../update'

// What the router says in this reconcile, whatever the status recorded before; and what of it is persisted.

const services = [service('web-canary', newHash), service('web-stable', stableHash)]
const weights = (verified: boolean) => ({
  canary: { weight: 20, podTemplateHash: newHash, serviceName: 'web-canary' },
  stable: { weight: 80, podTemplateHash: stableHash, serviceName: 'web-stable' },
  verified,
})

const asked = (recorded: boolean, answered: boolean, status?: Partial<RolloutStatus>): RolloutDecision =>
  decide({
    strategy: {
      canary: {
        canaryService: 'web-canary',
        stableService: 'web-stable',
        trafficRouting: { smi: {} },
        steps: [{ setWeight: 20 }, { pause: {} }],
      },
    },
    status: { currentStepIndex: 0, canary: { weights: weights(recorded) }, ...status },
    newPods: 1,
    observed: { services, answers: { replies: { 'verifyWeight/smi': { verified: answered } } } },
  })

/** The progress clock runs already: nothing but the status is written. */
const known: Partial<RolloutStatus> = {
  conditions: [
    {
      type: 'Progressing',
      status: 'True',
      reason: 'ReplicaSetUpdated',
      message: 'progressing',
      lastUpdateTime: '2030-01-01T00:59:00Z',
      lastTransitionTime: '2030-01-01T00:59:00Z',
    },
  ],
}

describe.for([
  [false, true],
  [true, false],
  [true, true],
  [false, false],
] as const)('recorded %s, answered %s', ([recorded, answered]) => {
  test('desired.traffic has the answer', () => {
    const { desired } = asked(recorded, answered)
    expect(desired.traffic?.commanded).toMatchObject({ canary: { weight: 20 }, verified: answered })
    expect(desired.traffic?.verified).toBe(answered ? desired.traffic?.commanded : undefined)
  })

  test('the step goes on by the answer, and the status keeps what it had (behaviour 10.8)', () => {
    const { status, desired } = asked(recorded, answered, known)
    expect(desired.traffic?.commanded?.verified).toBe(answered)
    expect(status.currentStepIndex).toBe(answered ? 1 : 0)
    expect(status.canary?.weights).toEqual(weights(recorded))
  })

  test('the answer is persisted if the same reconcile writes the Rollout before: its progress clock starts', () => {
    const { status } = asked(recorded, answered)
    expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Progressing' }))
    expect(status.canary?.weights).toEqual(weights(answered))
  })

  test('the answer is persisted together with a change of the weights', () => {
    const former = { ...weights(recorded), canary: { ...weights(recorded).canary, weight: 10 } }
    const { status } = asked(recorded, answered, { ...known, canary: { weights: former } })
    expect(status.canary?.weights).toEqual(weights(answered))
  })
})
