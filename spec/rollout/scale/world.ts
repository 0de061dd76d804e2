import type { Change, ReplicaSet, Rollout, RolloutDecision, RolloutObservation, RolloutSpec } from '../../../src/index'
import { podTemplateHash, reconcileRollout, stepHash } from '../../../src/index'
import type { RolloutStatus } from '../../../src/model/rolloutStatus'
import type { PodTemplate } from '../../../src/model/workload'

// Rollouts with pods of several revisions, for stories about sizes and weights.

export const now = '2030-01-01T01:00:00Z'
const hash = 'rollouts-pod-template-hash'
const uid = 'rollout-uid'

export const template = (revision: number): PodTemplate => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: `web:${revision}` }] },
})

export const hashOf = (revision: number): string => podTemplateHash(template(revision))

export interface Pods {
  readonly wanted: number
  /** Default: as many as wanted. */
  readonly created?: number
  /** Default: as many as wanted. */
  readonly available?: number
  /** Seconds from now until the ReplicaSet may go to 0. */
  readonly deadlineSeconds?: number
  /** Added to those of every ReplicaSet; `none`: there are none at all. */
  readonly annotations?: Readonly<Record<string, string>> | 'none'
}

export interface Story {
  readonly replicas: number
  readonly strategy: NonNullable<RolloutSpec['strategy']>
  /** Pods by revision. The last revision is the new one. */
  readonly pods: Readonly<Record<number, Pods>>
  readonly stable: number
  readonly status?: Partial<RolloutStatus>
  readonly spec?: Partial<RolloutSpec>
  readonly observed?: Partial<RolloutObservation>
}

function replicaSet(story: Story, revision: number, pods: Pods): ReplicaSet {
  const { wanted, created = wanted, available = wanted, deadlineSeconds, annotations = {} } = pods
  const labels = { app: 'web', [hash]: hashOf(revision) }
  const deadline = new Date(Date.parse(now) + (deadlineSeconds ?? 0) * 1000).toISOString().replace('.000', '')
  return {
    metadata: {
      name: `web-${hashOf(revision)}`,
      namespace: 'shop',
      uid: `set-${revision}`,
      creationTimestamp: `2030-01-01T00:0${revision}:00Z`,
      labels,
      annotations:
        annotations === 'none'
          ? undefined
          : {
              'rollout.argoproj.io/revision': String(revision),
              'rollout.argoproj.io/desired-replicas': String(story.replicas),
              ...(deadlineSeconds !== undefined && { 'scale-down-deadline': deadline }),
              ...annotations,
            },
      ownerReferences: [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid, controller: true }],
    },
    spec: {
      replicas: wanted,
      selector: { matchLabels: labels },
      template: { ...template(revision), metadata: { labels } },
    },
    status: { replicas: created, readyReplicas: available, availableReplicas: available, observedGeneration: 0 },
  }
}

export function observe(story: Story): RolloutObservation {
  const revisions = Object.keys(story.pods).map(Number)
  const newest = Math.max(...revisions)
  const steps = story.strategy.canary?.steps ?? []
  const rollout: Rollout = {
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid,
      generation: 2,
      annotations: { 'rollout.argoproj.io/revision': String(newest) },
    },
    spec: {
      replicas: story.replicas,
      selector: { matchLabels: { app: 'web' } },
      template: template(newest),
      strategy: story.strategy,
      ...story.spec,
    },
    status: {
      observedGeneration: '2',
      phase: 'Progressing',
      stableRS: hashOf(story.stable),
      currentPodHash: hashOf(newest),
      ...(story.strategy.canary && { currentStepHash: stepHash(steps) }),
      ...(steps.length > 0 && { currentStepIndex: 0 }),
      ...story.status,
    },
  }
  const replicaSets = revisions.map((revision) => replicaSet(story, revision, story.pods[revision] ?? { wanted: 0 }))
  return { now, rollout, replicaSets, ...story.observed }
}

/** The finished decision; routers cannot say whether a weight is in effect. */
export function decide(story: Story): RolloutDecision {
  const observation = observe(story)
  const first = reconcileRollout(observation)
  const replies = Object.fromEntries(first.asks.map(({ key }) => [key, {}]))
  return first.asks.length === 0 ? first : reconcileRollout({ ...observation, answers: { replies } })
}

const revisionOf = (story: Story, name: string): number =>
  Object.keys(story.pods)
    .map(Number)
    .find((revision) => name === `web-${hashOf(revision)}`) ?? 0

/** Sizes that the decision changes, by revision. */
export function sizes(story: Story): Readonly<Record<number, number>> {
  const scaled = decide(story).changes.flatMap((change) => (change.kind === 'scaleReplicaSet' ? [change] : []))
  const changed = scaled.filter(({ fromReplicas, replicas }) => fromReplicas !== replicas)
  return Object.fromEntries(changed.map(({ name, replicas }) => [revisionOf(story, name), replicas]))
}

/** The weight that routers are told; undefined where they are told none. */
export const weightOf = (story: Story): number | undefined =>
  decide(story).changes.find((change): change is Change & { kind: 'setWeight' } => change.kind === 'setWeight')?.weight
