import { describe, expect, test } from 'vitest'
import type { RolloutDecision, RolloutObservation } from '../../src/index'
import { reconcileRollout } from '../../src/index'
import type { RolloutStatus } from '../../src/model/rolloutStatus'
import type { ReplicaSet } from '../../src/model/workload'
import { newHash, type Story, service, updating } from './update'

const newName = `web-${newHash}`
const twoSteps: Story['strategy'] = { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } }
const blueGreen = (): Story['strategy'] => ({ blueGreen: { activeService: 'web-active' } })

const annotated = (set: ReplicaSet, annotations: Record<string, string>): ReplicaSet => ({
  ...set,
  metadata: { ...set.metadata, annotations },
})

describe('a Deployment that is gone', () => {
  const error = 'deployments.apps "web-old" not found'
  const workloads: RolloutObservation['workloads'] = [
    {
      kind: 'PodTemplate',
      metadata: { name: 'web-old', namespace: 'shop' },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:2' }] } },
    },
  ]
  const migrating = (scaleDown: string, strategy: Story['strategy'], more: Partial<RolloutStatus>): RolloutDecision => {
    const observed = updating({
      strategy,
      observed: { workloads, services: [service('web-active', newHash)] },
      status: more,
    })
    const { template: _template, ...spec } = observed.rollout.spec
    const workloadRef = { apiVersion: 'v1', kind: 'PodTemplate', name: 'web-old', scaleDown }
    const annotations = { 'rollout.argoproj.io/revision': '1', 'rollout.argoproj.io/workload-generation': '0' }
    const metadata = { ...observed.rollout.metadata, annotations }
    const only = observed.replicaSets.filter((set) => set.metadata.name === newName)
    const first = only.map((set) => annotated(set, { ...set.metadata.annotations, ...annotations }))
    const rollout = { ...observed.rollout, metadata, spec: { ...spec, workloadRef } }
    return reconcileRollout({ ...observed, rollout, replicaSets: first })
  }
  const healthy: Partial<RolloutStatus> = { phase: 'Healthy', stableRS: newHash, readyReplicas: 4 }
  const active = { ...healthy, blueGreen: { activeSelector: newHash } }

  test('ends the reconcile that would shrink it, and nobody tries again at once', () => {
    for (const [strategy, status] of [
      [twoSteps, healthy],
      [blueGreen(), active],
    ] as const) {
      const decision = migrating('progressively', strategy, status)
      expect(decision.error?.message).toBe(error)
      expect(decision.requeueSoon).toBeUndefined()
      expect(decision.status).toEqual(expect.objectContaining(status))
    }
  })

  test('says so in a scaling event too', () => {
    const desired = { 'rollout.argoproj.io/desired-replicas': '3' }
    const observed = migrating('progressively', twoSteps, healthy)
    expect(observed.error?.message).toBe(error)
    const event = updating({ strategy: twoSteps, status: healthy, observed: { workloads } })
    const { template: _template, ...spec } = event.rollout.spec
    const workloadRef = { apiVersion: 'v1', kind: 'PodTemplate', name: 'web-old', scaleDown: 'progressively' }
    const [, fresh] = event.replicaSets
    const annotations = { 'rollout.argoproj.io/revision': '1', 'rollout.argoproj.io/workload-generation': '0' }
    const decision = reconcileRollout({
      ...event,
      rollout: { ...event.rollout, spec: { ...spec, workloadRef } },
      replicaSets: fresh ? [annotated(fresh, { ...annotations, ...desired })] : [],
    })
    expect(decision.error?.message).toBe(`failed to reconcileCanaryReplicaSets in syncReplicasOnly: ${error}`)
  })

  test('keeps a blue-green from becoming stable', () => {
    expect(migrating('onsuccess', blueGreen(), active).error?.message).toBe(error)
  })
})
