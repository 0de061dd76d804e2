import { describe, expect, test } from 'vitest'
import { type SimulationInput, simulate } from '../../src/simulate/index'

// Restarted pods are really gone for a while: what the Rollout evicts, its ReplicaSet makes again.

const template = { metadata: { labels: { app: 'fig' } }, spec: { containers: [{ name: 'fig', image: 'fig:1' }] } }
const service = (name: string) => ({ kind: 'Service', metadata: { name, namespace: 'shop' }, spec: {} })
const story = (spec: object, input: Partial<SimulationInput> = {}) =>
  simulate({
    manifests: [
      {
        kind: 'Rollout',
        metadata: { name: 'fig', namespace: 'shop' },
        spec: { replicas: 4, selector: { matchLabels: { app: 'fig' } }, template, ...spec },
      },
      service('live'),
      service('next'),
    ],
    events: [{ atSeconds: 60, command: 'restart' }],
    pods: { readyAfterSeconds: 15 },
    untilSeconds: 600,
    missing: 'strict',
    ...input,
  })
const available = ({ frames }: ReturnType<typeof story>, revision = 1) =>
  frames.map((frame) => [frame.atSeconds, frame.pods.find((pods) => pods.revision === revision)?.available])
const canary = (more: object = {}) => ({ strategy: { canary: more } })

describe('a restart', () => {
  test('evicts the only pod although none may be missing, and is over once nothing is left to restart', () => {
    const { frames } = story({ replicas: 1, ...canary({ maxUnavailable: 0 }) })
    expect(frames.slice(2)).toMatchObject([
      {
        atSeconds: 60,
        phase: 'Progressing',
        message: 'updated replicas are still becoming available',
        pods: [{ revision: 1, wanted: 1, available: 0 }],
      },
      { atSeconds: 75, phase: 'Healthy', pods: [{ revision: 1, wanted: 1, available: 1 }] },
    ])
  })

  test('goes one by one, or as many at a time as may be unavailable', () => {
    expect(available(story(canary({ maxUnavailable: 1 }))).slice(2)).toEqual([
      [60, 3],
      [105, 3],
      [120, 4],
    ])
    expect(available(story(canary({ maxUnavailable: 2 }))).slice(2)).toEqual([
      [60, 2],
      [75, 2],
      [90, 4],
    ])
  })

  test('waits until new pods are available, not only ready', () => {
    const { frames } = story({ replicas: 2, minReadySeconds: 5, ...canary({ maxUnavailable: 1 }) })
    expect(frames.at(-1)).toMatchObject({
      atSeconds: 100,
      phase: 'Healthy',
      pods: [{ revision: 1, wanted: 2, available: 2 }],
    })
  })

  test('is asked for again in its midst: the pods that it made are restarted too', () => {
    const events = [60, 76].map((atSeconds) => ({ atSeconds, command: 'restart' as const }))
    const { frames } = story({ replicas: 2, ...canary({ maxUnavailable: 1 }) }, { events })
    expect(frames.at(-1)).toMatchObject({
      atSeconds: 120,
      phase: 'Healthy',
      pods: [{ revision: 1, wanted: 2, available: 2 }],
    })
  })

  test('of blue-green goes on while the Rollout does what else there is to do', () => {
    const blueGreen = { activeService: 'live', previewService: 'next', maxUnavailable: 1 }
    expect(available(story({ replicas: 2, strategy: { blueGreen } })).slice(2)).toEqual([
      [60, 1],
      [75, 1],
      [90, 2],
    ])
  })

  test('is given up for an update', () => {
    const events: SimulationInput['events'] = [
      { atSeconds: 60, command: 'restart' },
      { atSeconds: 65, image: 'fig:2' },
    ]
    const { objects } = story(canary({ maxUnavailable: 1 }), { events })
    const { spec, status } = objects['rollouts/shop/fig'] as unknown as { spec: { restartAt: string }; status: object }
    expect(status).toMatchObject({ restartedAt: spec.restartAt, phase: 'Healthy' })
  })

  test('does not wait for pods that are never ready: they are evicted at once', () => {
    const { frames, objects } = story(canary({ maxUnavailable: 1 }), { pods: { neverReadyImages: ['fig:1'] } })
    expect(frames.at(-1)?.pods).toMatchObject([{ revision: 1, wanted: 4, available: 0 }])
    expect(objects['rollouts/shop/fig']?.status).not.toHaveProperty('restartedAt')
  })

  test('of 5,000 pods is cheap', () => {
    const { frames, reconciles } = story({ replicas: 5000, ...canary() })
    expect(frames.at(-1)).toMatchObject({ phase: 'Healthy', pods: [{ revision: 1, wanted: 5000, available: 5000 }] })
    expect(reconciles).toBeLessThan(200)
  })

  test('shows its pods by name, number and owner', () => {
    const { objects } = story({ replicas: 2, ...canary({ maxUnavailable: 1 }) })
    const pods = Object.entries(objects).filter(([key]) => key.startsWith('pods/'))
    expect(pods.map(([key]) => key.replace(/-\w{8,10}-/, '-HASH-'))).toEqual([
      'pods/shop/fig-HASH-00003',
      'pods/shop/fig-HASH-00004',
    ])
    expect(pods[0]?.[1]).toMatchObject({
      kind: 'Pod',
      metadata: { labels: { app: 'fig' }, ownerReferences: [{ kind: 'ReplicaSet', controller: true }] },
      status: { phase: 'Running' },
    })
  })
})

describe('metadata that pods have for a while', () => {
  test('is on the pods as long as they play the role', () => {
    const strategy = {
      canary: {
        steps: [{ setWeight: 50 }, { pause: {} }],
        canaryMetadata: { labels: { role: 'canary' } },
        stableMetadata: { labels: { role: 'stable' } },
      },
    }
    const rolesAfter = (events: SimulationInput['events']): unknown[] =>
      Object.entries(story({ replicas: 2, strategy }, { events }).objects)
        .filter(([key]) => key.startsWith('pods/'))
        .map(([, pod]) => (pod.metadata.labels as { role?: string }).role)
        .sort()
    expect(rolesAfter([])).toEqual(['stable', 'stable'])
    const update = { atSeconds: 60, image: 'fig:2' }
    expect(rolesAfter([update])).toEqual(['canary', 'stable'])
    expect(rolesAfter([update, { whenPaused: true, command: 'promote' }])).toEqual(['stable', 'stable'])
  })
})
