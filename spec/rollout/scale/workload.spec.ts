import { describe, expect, test } from 'vitest'
import type { Workload } from '../../../src/index'
import { decide, type Story, template } from './world'

// Scaling down what `workloadRef` names; what the recordings leave open.

const deployment = (name: string, replicas?: number): Workload => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: template(1) },
})

const podTemplate: Workload = { ...deployment('old'), apiVersion: 'v1', kind: 'PodTemplate', template: template(1) }

const healthy = (kind: string, workloads: readonly Workload[]): Story => ({
  replicas: 4,
  stable: 1,
  pods: { 1: { wanted: 4 } },
  strategy: { canary: {} },
  spec: {
    template: undefined,
    workloadRef: {
      apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
      kind,
      name: 'old',
      scaleDown: 'progressively',
    },
  },
  status: { phase: 'Healthy', readyReplicas: 4 },
  observed: { workloads },
})

const scaled = (story: Story) => decide(story).changes.filter(({ kind }) => kind === 'scaleWorkload')
const toNone = [{ kind: 'scaleWorkload', workloadKind: 'Deployment', namespace: 'shop', name: 'old', replicas: 0 }]

describe('a healthy Rollout', () => {
  test('scales the Deployment that it names to 0, once', () => {
    expect(scaled(healthy('Deployment', [deployment('old', 3)]))).toEqual(toNone)
    expect(scaled(healthy('Deployment', [deployment('old')]))).toEqual(toNone)
    expect(scaled(healthy('Deployment', [deployment('old', 0)]))).toEqual([])
  })

  test('looks at no other workload, be it of the kind or of the name', () => {
    expect(scaled(healthy('Deployment', [deployment('other', 0), deployment('old', 3)]))).toEqual(toNone)
    expect(scaled(healthy('Deployment', [{ ...podTemplate, spec: { replicas: 0 } }, deployment('old', 3)]))).toEqual(
      toNone,
    )
  })

  test('misses a Deployment where it names something else (behaviour 10.29)', () => {
    expect(decide(healthy('PodTemplate', [podTemplate])).error?.message).toBe('deployments.apps "old" not found')
    expect(scaled(healthy('PodTemplate', [podTemplate]))).toEqual([])
  })
})
