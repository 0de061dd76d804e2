import type { AnalysisRun, AnalysisTemplate, RolloutDecision, RolloutObservation, Service } from '../../src/index'
import { podTemplateHash, reconcileRollout, stepHash } from '../../src/index'
import type { CanaryStep, Rollout, RolloutSpec } from '../../src/model/rollout'
import type { RolloutStatus } from '../../src/model/rolloutStatus'
import type { PodTemplate, ReplicaSet } from '../../src/model/workload'
import { deepFreeze } from '../properties/recorded'

// A Rollout in the middle of its second revision, for stories: all pods of both revisions are there.

export const now = '2030-01-01T01:00:00Z'
const uid = 'rollout-uid'

const template = (image: string): PodTemplate => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})
export const stableHash = podTemplateHash(template('web:1'))
export const newHash = podTemplateHash(template('web:2'))

function replicaSet(image: string, revision: number, replicas: number): ReplicaSet {
  const hash = podTemplateHash(template(image))
  const labels = { app: 'web', 'rollouts-pod-template-hash': hash }
  return {
    metadata: {
      name: `web-${hash}`,
      namespace: 'shop',
      uid: `set-${revision}`,
      creationTimestamp: `2030-01-01T00:0${revision}:00Z`,
      labels,
      annotations: {
        'rollout.argoproj.io/revision': String(revision),
        'rollout.argoproj.io/desired-replicas': '4',
      },
      ownerReferences: [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid, controller: true }],
    },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { ...template(image), metadata: { labels } },
    },
    status: { replicas, readyReplicas: replicas, availableReplicas: replicas, observedGeneration: 0 },
  }
}

export const service = (name: string, hash: string): Service => ({
  metadata: {
    name,
    namespace: 'shop',
    annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'web' },
  },
  spec: { selector: { app: 'web', 'rollouts-pod-template-hash': hash } },
})

export const analysisTemplate = (name: string, spec: Partial<AnalysisTemplate['spec']> = {}): AnalysisTemplate => ({
  metadata: { name, namespace: 'shop' },
  spec: { metrics: [{ name: 'success-rate', provider: { job: {} }, successCondition: 'result > 0.9' }], ...spec },
})

/** A run of this Rollout as the cluster has it; `suffix` ends its name as the controller would end it. */
export const run = (
  suffix: string,
  phase: NonNullable<AnalysisRun['status']>['phase'],
  more: { readonly message?: string; readonly labels?: Record<string, string>; readonly createdAt?: string } = {},
): AnalysisRun => ({
  metadata: {
    name: `web-${newHash}-2${suffix}`,
    namespace: 'shop',
    creationTimestamp: more.createdAt ?? '2030-01-01T00:30:00Z',
    labels: { 'rollouts-pod-template-hash': newHash, ...more.labels },
    ownerReferences: [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid, controller: true }],
  },
  spec: { metrics: analysisTemplate('any').spec.metrics, args: [] },
  status: { phase, ...(more.message && { message: more.message }) },
})

export interface Story {
  readonly strategy: NonNullable<RolloutSpec['strategy']>
  readonly status?: Partial<RolloutStatus>
  readonly spec?: Partial<RolloutSpec>
  /** Pods of the new revision. Default: all four. */
  readonly newPods?: number
  readonly observed?: Partial<RolloutObservation>
}

export function updating({ strategy, status, spec, newPods = 4, observed }: Story): RolloutObservation {
  const steps: readonly CanaryStep[] = strategy.canary?.steps ?? []
  const rollout: Rollout = {
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid,
      generation: 2,
      annotations: { 'rollout.argoproj.io/revision': '2' },
    },
    spec: {
      replicas: 4,
      selector: { matchLabels: { app: 'web' } },
      template: template('web:2'),
      strategy,
      ...spec,
    },
    status: {
      observedGeneration: '2',
      phase: 'Progressing',
      stableRS: stableHash,
      currentPodHash: newHash,
      ...(strategy.canary && {
        currentStepHash: stepHash(steps),
        ...(steps.length > 0 && { currentStepIndex: 0 }),
      }),
      ...status,
    },
  }
  return deepFreeze({
    now,
    rollout,
    replicaSets: [replicaSet('web:1', 1, 4), replicaSet('web:2', 2, newPods)],
    ...observed,
  })
}

export const decide = (story: Story): RolloutDecision => reconcileRollout(updating(story))
