import { describe, expect, test } from 'vitest'
import type { Blocker } from '../../src/index'
import { blockerText, podTemplateHash } from '../../src/index'
import type { RolloutSpec } from '../../src/model/rollout'
import type { RolloutStatus } from '../../src/model/rolloutStatus'
import { decide, newHash, type Story, service, stableHash, updating } from './update'

// Until when a pause lasts is said only where time alone ends it.

const since = '2030-01-01T00:59:50Z'
const paused = (reason: 'CanaryPauseStep' | 'BlueGreenPause' | 'InconclusiveAnalysisRun'): Partial<RolloutStatus> => ({
  controllerPause: true,
  pauseConditions: [{ reason, startTime: since }],
})

const pauses = (story: Story): readonly Blocker[] => decide(story).blockers.filter(({ code }) => code === 'pause')

const canary = (seconds: number, more: Partial<RolloutStatus> = {}, spec: Partial<RolloutSpec> = {}): Story => ({
  strategy: { canary: { steps: [{ pause: { duration: seconds } }, { setWeight: 50 }] } },
  status: { ...paused('CanaryPauseStep'), ...more },
  spec,
  newPods: 0,
})

const blueGreen = (newPods: number): Story => ({
  strategy: { blueGreen: { activeService: 'web', autoPromotionSeconds: 60 } },
  status: { ...paused('BlueGreenPause'), blueGreen: { activeSelector: stableHash } },
  newPods,
  observed: { services: [service('web', stableHash)] },
})

describe('a pause says until when it lasts', () => {
  test('while its seconds pass', () => {
    expect(pauses(canary(60))).toEqual([
      { code: 'pause', data: { reason: 'CanaryPauseStep', seconds: 60 }, since, until: '2030-01-01T01:00:50Z' },
    ])
    expect(pauses(blueGreen(4))).toEqual([
      { code: 'pause', data: { reason: 'BlueGreenPause', seconds: 60 }, since, until: '2030-01-01T01:00:50Z' },
    ])
  })

  test('not before the switch while new pods are missing: the controller does not look at it', () => {
    const { replicaSets } = updating(blueGreen(4))
    const crashed = replicaSets.map((set) => ({ ...set, status: { ...set.status, availableReplicas: 3 } }))
    const story = blueGreen(4)
    const { blockers } = decide({ ...story, observed: { ...story.observed, replicaSets: crashed } })
    const [pause, pods] = blockers
    expect(pause).toEqual({
      code: 'pause',
      data: { reason: 'BlueGreenPause', seconds: 60, needsPods: true },
      since,
    })
    expect(pods?.code).toBe('pods')
    expect(blockerText(pause as Blocker).waitsFor).toBe(
      'BlueGreenPause: all new pods to be available, and 60 s to pass',
    )
  })

  test('not if it is paused by hand as well', () => {
    const [pause] = pauses(canary(60, {}, { paused: true }))
    expect(pause).toEqual({ code: 'pause', data: { reason: 'CanaryPauseStep', seconds: 60 }, since })
  })

  test('not once another update has begun: the next reconcile ends it', () => {
    const { status } = canary(60, { currentPodHash: podTemplateHash({ metadata: {}, spec: { containers: [] } }) })
    // Only sizes are looked at in this reconcile.
    const [pause] = pauses({ ...canary(60), status, spec: { replicas: 5 } })
    expect(pause?.data).toEqual({ reason: 'CanaryPauseStep', seconds: 60, isOver: true })
    expect(blockerText(pause as Blocker)).toEqual({
      waitsFor: 'CanaryPauseStep: the next reconcile, which ends this pause',
      clearedBy: 'the next reconcile',
    })
  })

  test('not if it is over, and this reconcile looks at sizes only', () => {
    const [pause] = pauses({ ...canary(5), spec: { replicas: 5 } })
    expect(pause).toEqual({ code: 'pause', data: { reason: 'CanaryPauseStep', seconds: 5, isOver: true }, since })
  })
})

test('no time is said where the reconcile fails: the Service is gone, and nobody looks at the pause', () => {
  const { blockers } = decide({ ...blueGreen(4), observed: { services: [] } })
  expect(blockers.map(({ code }) => code)).toContain('error')
  expect(blockers).toContainEqual({ code: 'pause', data: { reason: 'BlueGreenPause', seconds: 60 }, since })
})

test('an abort ends every pause', () => {
  const { blockers } = decide({ ...canary(60, { abort: true, currentPodHash: newHash }), spec: { replicas: 5 } })
  expect(blockers.map(({ code }) => code)).toEqual(['aborted'])
})
