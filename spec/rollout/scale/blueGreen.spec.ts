import { describe, expect, test } from 'vitest'
import { decide, hashOf, type Pods, type Story, sizes } from './world'

// What the recordings leave open about sizes of a blue-green Rollout; `npm run mutants` found it.

const promoted = (old: Pods, scaleDownDelaySeconds?: number): Story => ({
  replicas: 4,
  stable: 2,
  pods: { 1: old, 2: { wanted: 4 } },
  strategy: { blueGreen: { activeService: 'web', scaleDownDelaySeconds } },
  status: { blueGreen: { activeSelector: hashOf(2) } },
  observed: {
    services: [
      {
        metadata: {
          name: 'web',
          namespace: 'shop',
          annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'web' },
        },
        spec: { selector: { app: 'web', 'rollouts-pod-template-hash': hashOf(2) } },
      },
    ],
  },
})

describe('pods of the revision before', () => {
  const deadlines = (story: Story) =>
    decide(story).changes.flatMap((change) => (change.kind === 'annotateReplicaSet' ? [change.annotations] : []))

  test('get a deadline, and stay until then', () => {
    expect(deadlines(promoted({ wanted: 4 }))).toEqual([{ 'scale-down-deadline': '2030-01-01T01:00:30Z' }])
    expect(decide(promoted({ wanted: 4 })).requeueAfterSeconds).toBe(30)
    expect(sizes(promoted({ wanted: 4 }))).toEqual({})
  })

  test('stay for ever, without a deadline, where the delay is 0 (AR#1992)', () => {
    expect(deadlines(promoted({ wanted: 4 }, 0))).toEqual([])
    expect(sizes(promoted({ wanted: 4 }, 0))).toEqual({})
    expect(decide(promoted({ wanted: 4 }, 0)).requeueAfterSeconds).toBe(0)
  })

  test('stay without a deadline as well where the ReplicaSet has no annotation to put it beside', () => {
    expect(deadlines(promoted({ wanted: 4, annotations: 'none' }))).toEqual([])
    expect(decide(promoted({ wanted: 4, annotations: 'none' })).requeueAfterSeconds).toBeUndefined()
    expect(decide(promoted({ wanted: 4, annotations: 'none' }, 0)).requeueAfterSeconds).toBe(0)
  })
})
