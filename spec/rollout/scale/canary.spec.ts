import { describe, expect, test } from 'vitest'
import type { KubeObject, Rollout } from '../../../src/index'
import { maxSurgeOf, maxUnavailableOf } from '../../../src/rollout/defaults'
import { decide, hashOf, type Pods, type Story, sizes } from './world'

// What the recordings leave open about sizes of a canary; `npm run mutants` found it.

const indexOf = (story: Story): number | undefined => decide(story).status.currentStepIndex

describe('replicaProgressThreshold', () => {
  const halfway = (threshold?: { type: 'Percent' | 'Pods'; value: number }): Story => ({
    replicas: 4,
    stable: 1,
    pods: { 1: { wanted: 2 }, 2: { wanted: 2, available: 0 } },
    strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }], replicaProgressThreshold: threshold } },
  })

  test('of nothing is reached before any pod is there; below that it counts as none', () => {
    expect(indexOf(halfway())).toBe(0)
    expect(indexOf(halfway({ type: 'Percent', value: 0 }))).toBe(1)
    expect(indexOf(halfway({ type: 'Pods', value: 0 }))).toBe(1)
    expect(indexOf(halfway({ type: 'Percent', value: -1 }))).toBe(0)
    expect(indexOf(halfway({ type: 'Pods', value: -1 }))).toBe(0)
  })
})

const routed = { canaryService: 'web-canary', stableService: 'web-stable', trafficRouting: { plugins: { any: {} } } }
const service = (name: string, revision: number) => ({
  metadata: { name, namespace: 'shop', annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'web' } },
  spec: { selector: { app: 'web', 'rollouts-pod-template-hash': hashOf(revision) } },
})
const servicesOf = (canary: number, stable: number) => ({
  services: [service('web-canary', canary), service('web-stable', stable)],
})

describe('a step of a routed canary', () => {
  const atStep = (stable: Pods): Story => ({
    replicas: 4,
    stable: 1,
    pods: { 1: stable, 2: { wanted: 2 } },
    strategy: { canary: { ...routed, steps: [{ setWeight: 50 }, { pause: {} }] } },
    observed: servicesOf(2, 1),
  })

  test('waits for stable to want all its pods, and for all to exist, not to be available', () => {
    expect(indexOf(atStep({ wanted: 4, available: 2 }))).toBe(1)
    expect(indexOf(atStep({ wanted: 3, created: 4 }))).toBe(0)
    expect(indexOf(atStep({ wanted: 4, created: 3, available: 3 }))).toBe(0)
  })
})

type JsonObject = Readonly<Record<string, unknown>>
const mesh = (kind: string, spec: JsonObject) =>
  ({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'web', namespace: 'shop' }, spec }) as KubeObject
const destination = (subset: string) => ({ destination: { host: 'web', subset } })
const virtualRoutes = { http: [{ route: [destination('a'), destination('b')] }] }

describe('old ReplicaSets of a routed canary', () => {
  const promoted = (old: Pods, subsets: readonly unknown[] = []): Story => ({
    replicas: 4,
    stable: 2,
    pods: { 1: old, 2: { wanted: 4 } },
    strategy: {
      canary: {
        ...routed,
        trafficRouting: {
          istio: {
            virtualService: { name: 'web' },
            destinationRule: { name: 'web', canarySubsetName: 'a', stableSubsetName: 'b' },
          },
        },
      },
    },
    observed: {
      ...servicesOf(2, 2),
      virtualServices: [mesh('VirtualService', virtualRoutes)],
      destinationRules: [mesh('DestinationRule', { host: 'web', subsets })],
    },
  })

  test('wait until their deadline: looked at again by then, unless that is no sooner than the resync', () => {
    const requeueOf = (deadlineSeconds: number) => decide(promoted({ wanted: 4, deadlineSeconds })).requeueAfterSeconds
    expect(requeueOf(899)).toBe(899)
    expect(requeueOf(900)).toBeUndefined()
    expect(requeueOf(901)).toBeUndefined()
    expect(sizes(promoted({ wanted: 4, deadlineSeconds: 900 }))).toEqual({})
    expect(sizes(promoted({ wanted: 4, deadlineSeconds: 0 }))).toEqual({ 1: 0 })
  })

  test('keep their pods while a subset names them; subsets that are none are passed over', () => {
    const oddities = [null, 'text', 7, [], {}, { labels: null }, { labels: 'text' }]
    const named = { labels: { 'rollouts-pod-template-hash': hashOf(1) } }
    expect(sizes(promoted({ wanted: 4, deadlineSeconds: 0 }, oddities))).toEqual({ 1: 0 })
    expect(sizes(promoted({ wanted: 4, deadlineSeconds: 0 }, [...oddities, named]))).toEqual({})
  })

  test('go one after the other: what availability has left decides how many in one reconcile', () => {
    const between = (stableAvailable: number): Story => ({
      replicas: 4,
      stable: 1,
      pods: { 1: { wanted: 4, available: stableAvailable }, 2: { wanted: 1 }, 3: { wanted: 2 }, 4: { wanted: 0 } },
      strategy: { canary: { ...routed, maxSurge: 1, maxUnavailable: 0, steps: [{ setWeight: 0 }, { pause: {} }] } },
      observed: servicesOf(4, 1),
    })
    expect(sizes(between(4))).toEqual({ 3: 0, 2: 0 })
    expect(sizes(between(3))).toEqual({ 3: 0 })
    expect(sizes(between(1))).toEqual({})
  })
})

describe('new pods after an abort', () => {
  const aborted = (deadlineSeconds: number): Story => ({
    replicas: 4,
    stable: 1,
    pods: { 1: { wanted: 4 }, 2: { wanted: 2, deadlineSeconds } },
    strategy: { canary: { ...routed, steps: [{ setWeight: 50 }, { pause: {} }], abortScaleDownDelaySeconds: 1000 } },
    status: { abort: true, abortedAt: '2030-01-01T00:59:00Z' },
    observed: servicesOf(1, 1),
  })

  test('wait for their deadline, unless it is as far away as the resync', () => {
    expect(sizes(aborted(899))).toEqual({})
    expect(decide(aborted(899)).requeueAfterSeconds).toBe(899)
    expect(sizes(aborted(900))).toEqual({ 2: 0 })
    expect(sizes(aborted(0))).toEqual({ 2: 0 })
  })
})

describe('new pods after an abort with dynamicStableScale', () => {
  const aborted = (stable: Story['pods']): Story => ({
    replicas: 3,
    stable: 1,
    pods: { ...stable, 2: { wanted: 4 } },
    strategy: {
      canary: {
        ...routed,
        dynamicStableScale: true,
        abortScaleDownDelaySeconds: 0,
        steps: [{ setWeight: 10 }, { pause: {} }],
      },
    },
    status: { abort: true, abortedAt: '2030-01-01T00:59:00Z' },
    observed: servicesOf(1, 1),
  })

  test('stay for traffic that stable pods cannot carry yet, but not for a stable ReplicaSet that is gone', () => {
    expect(sizes(aborted({ 1: { wanted: 3, available: 0 } }))).toEqual({ 2: 3 })
    expect(sizes(aborted({}))).toEqual({ 2: 0 })
  })
})

describe('new pods after an abort whose deadline is an empty text', () => {
  const aborted = (annotations: Pods['annotations']): Story => ({
    replicas: 4,
    stable: 1,
    pods: { 1: { wanted: 4 }, 2: { wanted: 2, annotations } },
    strategy: { canary: { ...routed, steps: [{ setWeight: 50 }, { pause: {} }] } },
    status: { abort: true, abortedAt: '2030-01-01T00:59:00Z' },
    observed: servicesOf(1, 1),
  })

  test('wait for nothing', () => {
    expect(sizes(aborted({ 'scale-down-deadline': '' }))).toEqual({ 2: 0 })
    expect(sizes(aborted({}))).toEqual({})
  })

  test('show in the desired state until when they stay', () => {
    const { desired, changes } = decide(aborted({}))
    const deadlines = desired.replicaSets.map(({ metadata }) => metadata.annotations?.['scale-down-deadline'])
    expect(deadlines).toEqual([undefined, '2030-01-01T01:00:30Z'])
    expect(changes).toContainEqual({
      kind: 'annotateReplicaSet',
      namespace: 'shop',
      name: `web-${hashOf(2)}`,
      annotations: { 'scale-down-deadline': '2030-01-01T01:00:30Z' },
    })
  })

  test('lose their deadline when they are wanted again', () => {
    const again: Story = { ...aborted({ 'scale-down-deadline': '2030-01-01T01:00:10Z' }), status: {} }
    const [, fresh] = decide(again).desired.replicaSets
    expect(Object.keys(fresh?.metadata.annotations ?? {})).not.toContain('scale-down-deadline')
  })
})

describe('what a ReplicaSet is scaled with', () => {
  const annotationsOf = (annotations: Pods['annotations'], deadlineSeconds?: number) => {
    const story: Story = {
      replicas: 4,
      stable: 1,
      pods: { 1: { wanted: 4 }, 2: { wanted: 1 }, 3: { wanted: 2, annotations, deadlineSeconds }, 4: { wanted: 0 } },
      strategy: { canary: { ...routed, maxSurge: 1, maxUnavailable: 0, steps: [{ setWeight: 0 }, { pause: {} }] } },
      observed: servicesOf(4, 1),
    }
    return decide(story).changes.flatMap((change) =>
      change.kind === 'scaleReplicaSet' && change.name === `web-${hashOf(3)}` ? [change.annotations] : [],
    )
  }

  test('are the annotations that change, and no others', () => {
    expect(annotationsOf({})).toEqual([{}])
    expect(annotationsOf({ 'rollout.argoproj.io/desired-replicas': '7' })).toEqual([
      { 'rollout.argoproj.io/desired-replicas': '4' },
    ])
    expect(annotationsOf({}, 0)).toEqual([{ 'scale-down-deadline': null }])
  })
})

describe('surge and unavailability', () => {
  const limits = (canary: object): [surge: number, unavailable: number] => {
    const rollout = { metadata: { name: 'web' }, spec: { replicas: 10, strategy: { canary } } } as unknown as Rollout
    return [maxSurgeOf(rollout), maxUnavailableOf(rollout)]
  }

  test('are a share rounded up and one rounded down; both 0 would stand still', () => {
    expect(limits({})).toEqual([3, 2])
    expect(limits({ maxSurge: '5%', maxUnavailable: '5%' })).toEqual([1, 0])
    expect(limits({ maxSurge: 0, maxUnavailable: 0 })).toEqual([0, 1])
    expect(limits({ maxSurge: 0, maxUnavailable: 20 })).toEqual([0, 10])
  })

  test('are both 0 where one of them is no number: nothing moves until that is mended', () => {
    expect(limits({ maxSurge: 'one' })).toEqual([0, 0])
    expect(limits({ maxUnavailable: 'one' })).toEqual([0, 0])
    expect(limits({ maxSurge: 'one', maxUnavailable: 'two' })).toEqual([0, 0])
  })
})
