import { describe, expect, test } from 'vitest'
import type { ControllerVersion } from '../../../src/model/controllerVersion'
import { hashOf, type Story, weightOf } from '../scale/world'

// An abort with dynamicStableScale: weights go back along the steps, no faster than stable pods come (behaviour 3.10.1).

interface Retreat {
  readonly stableAvailable: number
  readonly newAvailable?: number
  readonly weight?: number
  readonly abortScaleDownDelaySeconds?: number
  readonly steps?: readonly number[]
  readonly controller?: ControllerVersion
}

const retreat = ({
  stableAvailable,
  newAvailable = 5,
  weight,
  steps = [20, 60],
  controller,
  ...delay
}: Retreat): Story => ({
  replicas: 10,
  stable: 1,
  pods: { 1: { wanted: 10, available: stableAvailable }, 2: { wanted: newAvailable } },
  strategy: {
    canary: {
      canaryService: 'web-canary',
      stableService: 'web-stable',
      dynamicStableScale: true,
      trafficRouting: { nginx: { stableIngress: 'web' } },
      steps: [...steps.map((setWeight) => ({ setWeight })), { pause: {} }],
      ...delay,
    },
  },
  status: {
    abort: true,
    abortedAt: '2030-01-01T00:59:00Z',
    currentStepIndex: 0,
    canary: {
      weights:
        weight === undefined
          ? undefined
          : {
              canary: { weight, serviceName: 'web-canary', podTemplateHash: hashOf(2) },
              stable: { weight: 100 - weight, serviceName: 'web-stable', podTemplateHash: hashOf(1) },
            },
    },
  },
  observed: {
    options: { controller },
    services: [service('web-canary', 2), service('web-stable', 1)],
    ingresses: [
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web', namespace: 'shop' },
        spec: ingressSpec,
      },
    ],
  },
})

const ingressSpec = {
  rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web-stable', port: { number: 80 } } } }] } }],
}

const service = (name: string, revision: number) => ({
  metadata: { name, namespace: 'shop', annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'web' } },
  spec: { selector: { app: 'web', 'rollouts-pod-template-hash': hashOf(revision) } },
})

describe('an abort with dynamicStableScale', () => {
  test('keeps the weight while stable pods cannot carry what the next step down would leave them', () => {
    expect(weightOf(retreat({ stableAvailable: 6, weight: 60 }))).toBe(60)
    expect(weightOf(retreat({ stableAvailable: 7, weight: 60 }))).toBe(60)
  })

  test('goes a step down as soon as they can', () => {
    expect(weightOf(retreat({ stableAvailable: 8, weight: 60 }))).toBe(20)
    expect(weightOf(retreat({ stableAvailable: 9, weight: 60 }))).toBe(20)
  })

  test('never goes up', () => {
    expect(weightOf(retreat({ stableAvailable: 9, weight: 10 }))).toBe(10)
    expect(weightOf(retreat({ stableAvailable: 9, weight: 10, newAvailable: 1, steps: [50, 60] }))).toBe(10)
  })

  test('goes as far down as stable pods allow where no step is left', () => {
    expect(weightOf(retreat({ stableAvailable: 7, weight: 60, newAvailable: 1 }))).toBe(60)
    expect(weightOf(retreat({ stableAvailable: 9, weight: 60, newAvailable: 1 }))).toBe(10)
    expect(weightOf(retreat({ stableAvailable: 10, weight: 60, newAvailable: 0 }))).toBe(0)
  })

  test('takes the larger of step and need where no weight was commanded yet', () => {
    expect(weightOf(retreat({ stableAvailable: 6 }))).toBe(40)
    expect(weightOf(retreat({ stableAvailable: 9 }))).toBe(20)
  })

  test('does not wait for new pods that a delay of their own keeps (AR#4898), but for those that nothing does (AR#4841)', () => {
    const delayed = { stableAvailable: 9, weight: 60, abortScaleDownDelaySeconds: 60 }
    expect(weightOf(retreat({ ...delayed, controller: 'main' }))).toBe(10)
    expect(weightOf(retreat({ stableAvailable: 9, weight: 60, controller: 'main' }))).toBe(20)
  })

  test('waits for them all the same in v1.10', () => {
    const delayed = { stableAvailable: 9, weight: 60, abortScaleDownDelaySeconds: 60 }
    expect(weightOf(retreat({ ...delayed, controller: 'v1.10' }))).toBe(20)
  })
})
