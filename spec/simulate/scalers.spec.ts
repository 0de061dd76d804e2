import { describe, expect, test } from 'vitest'
import { autoscaler, constantTraffic, type Manifest, type SimulationInput, simulate } from '../../src/simulate/index'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const rollout = {
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template },
}
const hpa = (metrics: readonly object[], more: object = {}): Manifest =>
  ({
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { scaleTargetRef: { kind: 'Rollout', name: 'web' }, minReplicas: 2, maxReplicas: 9, metrics, ...more },
  }) as Manifest
const cpu = (target: object) => ({ type: 'Resource', resource: { name: 'cpu', target } })
const utilisation = hpa([cpu({ averageUtilization: 50 })])
const load = (more: object = {}) => autoscaler({ traffic: constantTraffic(400), ...more }) as never

const told = (manifests: readonly Manifest[], input: Partial<SimulationInput> = {}) => {
  const { issues, frames } = simulate({ manifests: [rollout, ...manifests], untilSeconds: 60, ...input })
  return { messages: issues.map(({ message }) => message), replicas: frames.at(-1)?.replicas }
}

describe('nothing that scales the Rollout is passed over silently', () => {
  test('an autoscaler without a load', () => {
    const { messages, replicas } = told([utilisation])
    expect(messages).toEqual([
      expect.stringMatching(
        /^HorizontalPodAutoscaler web \(2 to 9 pods\) does nothing here: .*--load and --requests-per-pod/,
      ),
    ])
    expect(replicas).toBe(2)
    expect(told([hpa([], { scaleTargetRef: { kind: 'Deployment', name: 'web' } })]).messages).toEqual([])
  })

  test('one that is applied later', () => {
    const later = { ...utilisation, metadata: { name: 'web' } } as Manifest
    const events = [{ atSeconds: 5, apply: [later] }]
    expect(told([], { events }).messages[0]).toContain('does nothing here')
    expect(told([], { events, models: [load({ requestsPerPod: 200 })] })).toEqual({ messages: [], replicas: 4 })
  })

  test('a ScaledObject of KEDA', () => {
    const spec = { scaleTargetRef: { kind: 'Rollout', name: 'web' }, maxReplicaCount: 9 }
    const keda = { kind: 'ScaledObject', metadata: { name: 'web', namespace: 'shop' }, spec } as Manifest
    expect(told([keda], { models: [load()] }).messages).toEqual([
      expect.stringContaining('ScaledObject web (0 to 9 pods) does nothing here'),
      expect.stringContaining('no HorizontalPodAutoscaler has the Rollout as its target'),
    ])
  })

  test('an autoscaler that has what it needs is no reason for a warning', () => {
    expect(told([utilisation], { models: [load({ requestsPerPod: 200 })] })).toEqual({ messages: [], replicas: 4 })
  })

  test('a load without what a pod can do', () => {
    expect(told([utilisation], { models: [load()] })).toEqual({
      messages: [expect.stringContaining('--requests-per-pod')],
      replicas: 2,
    })
  })

  test('targets that are not modelled: they are no numbers of requests', () => {
    const models = [load({ requestsPerPod: 100 })]
    expect(told([hpa([cpu({ averageValue: '500m' })])], { models })).toEqual({
      messages: [expect.stringContaining('wants an average amount of cpu')],
      replicas: 2,
    })
    const external = (target: object) => ({ type: 'External', external: { metric: { name: 'queue' }, target } })
    expect(told([hpa([external({ value: '30' })])], { models })).toEqual({
      messages: [expect.stringContaining('wants a value of queue for all pods')],
      replicas: 2,
    })
    const two = told([hpa([external({ averageValue: '100' }), cpu({ averageUtilization: 50 })])], { models })
    expect(two).toEqual({
      messages: [
        expect.stringContaining('only the first metric is modelled, not the 1 after it'),
        expect.stringContaining('queue of HorizontalPodAutoscaler web is taken for requests per second'),
      ],
      replicas: 4,
    })
  })
})
