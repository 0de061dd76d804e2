import { describe, expect, test } from 'vitest'
import { podTemplateHash } from '../../src/kube/hash/podTemplateHash'
import { stepHash } from '../../src/kube/hash/stepHash'
import { type ControllerVersion, controllerVersions } from '../../src/model/controllerVersion'
import { reconcileRollout } from '../../src/reconcile'
import type { RolloutObservation } from '../../src/rollout/observation'

// A pod counts as available `minReadySeconds` after it became ready. Kubernetes 0.29, in v1.7 and v1.8, wants more than these
// seconds, Kubernetes 0.34 wants them full. Found beside the released v1.8.5.

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }

/** Two old pods, of which one became ready at `readyAt`. */
function observed(controller: ControllerVersion, readyAt: string): RolloutObservation {
  const hash = podTemplateHash(template, undefined, controller)
  const labels = { app: 'web', 'rollouts-pod-template-hash': hash }
  const owner = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid: 'r', controller: true }
  const set = {
    metadata: {
      name: `web-${hash}`,
      namespace: 'shop',
      uid: 's',
      labels,
      annotations: { 'rollout.argoproj.io/revision': '1', 'rollout.argoproj.io/desired-replicas': '2' },
      ownerReferences: [owner],
    },
    spec: { replicas: 2, minReadySeconds: 10, selector: { matchLabels: labels }, template },
    status: { replicas: 2, readyReplicas: 2, availableReplicas: 2 },
  }
  const pod = (name: string, lastTransitionTime: string) => ({
    metadata: {
      name,
      namespace: 'shop',
      labels,
      creationTimestamp: '2030-01-01T00:00:00Z',
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: set.metadata.name, uid: 's' }],
    },
    status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }] },
  })
  const rollout = {
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'r',
      generation: 1,
      annotations: { 'rollout.argoproj.io/revision': '1' },
    },
    spec: {
      replicas: 2,
      minReadySeconds: 10,
      restartAt: '2030-01-01T00:01:00Z',
      selector: { matchLabels: { app: 'web' } },
      template,
      strategy: { canary: {} },
    },
    status: {
      currentPodHash: hash,
      stableRS: hash,
      currentStepHash: stepHash([], controller),
      observedGeneration: '1',
    },
  }
  return {
    now: '2030-01-01T00:02:00Z',
    rollout,
    replicaSets: [set],
    pods: [pod('web-a', '2030-01-01T00:00:00Z'), pod('web-b', readyAt)],
    options: { controller },
  } as unknown as RolloutObservation
}

const evictedBy = (readyAt: string): readonly ControllerVersion[] =>
  controllerVersions.filter((controller) =>
    reconcileRollout(observed(controller, readyAt)).changes.some(({ kind }) => kind === 'evictPod'),
  )

describe('a restart waits until all pods but one are available', () => {
  test('which the second pod is after more than minReadySeconds, or after as many from v1.9 on', () => {
    expect(evictedBy('2030-01-01T00:01:49Z')).toEqual(controllerVersions)
    expect(evictedBy('2030-01-01T00:01:50Z')).toEqual(['v1.9', 'v1.10', 'main'])
    expect(evictedBy('2030-01-01T00:01:51Z')).toEqual([])
  })
})
