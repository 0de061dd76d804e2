import { expect, test } from 'vitest'
import { podTemplateHash, reconcileRollout, stepHash } from '../../src/index'
import type { Rollout } from '../../src/model/rollout'
import type { PodTemplate, ReplicaSet } from '../../src/model/workload'
import type { RolloutObservation } from '../../src/rollout/observation'

// Work is counted, not timed: every read of a property of the observation. Twice as many objects may at most double it.

/** The observation behind proxies that count reads; the same object is behind the same proxy each time. */
function counting<T extends object>(value: T): { readonly counted: T; readonly reads: () => number } {
  const known = new WeakMap<object, object>()
  let reads = 0
  const get = (target: object, key: string | symbol): unknown => {
    reads++
    return wrapped(Reflect.get(target, key))
  }
  const wrapped = <V>(inner: V): V => {
    if (typeof inner !== 'object' || inner === null) return inner
    const proxy = known.get(inner) ?? new Proxy(inner, { get })
    known.set(inner, proxy)
    return proxy as V
  }
  return { counted: wrapped(value), reads: () => reads }
}

function readsOf(observation: RolloutObservation): number {
  const { counted, reads } = counting(observation)
  expect(reconcileRollout(counted).error).toBeUndefined()
  return reads()
}

const template = (image: string): PodTemplate => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})

const uid = 'u'
const owner = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid, controller: true }
const analysisTemplates = [
  {
    metadata: { name: 't', namespace: 'shop' },
    spec: { metrics: [{ name: 'm', count: 1, provider: { web: { url: 'http://a' } } }] },
  },
]

function setOf(image: string, revision: number): ReplicaSet {
  const hash = podTemplateHash(template(image))
  const labels = { app: 'web', 'rollouts-pod-template-hash': hash }
  const createdAt = new Date(Date.UTC(2030, 0, 1) + revision * 1000).toISOString().replace('.000', '')
  const annotations = { 'rollout.argoproj.io/revision': `${revision}`, 'rollout.argoproj.io/desired-replicas': '1' }
  return {
    metadata: {
      name: `web-${hash}`,
      namespace: 'shop',
      uid: `rs-${revision}`,
      labels,
      annotations,
      creationTimestamp: createdAt,
      ownerReferences: [owner],
    },
    spec: { replicas: 0, selector: { matchLabels: labels }, template: template(image) },
    status: { replicas: 0, observedGeneration: 0 },
  } as ReplicaSet
}

/** A Rollout on its way from the second youngest image to the youngest. */
function observationOf(given: {
  steps?: number
  analysisSteps?: number
  sets?: number
  pods?: number
  services?: number
}): RolloutObservation {
  const { sets = 2 } = given
  const replicaSets = Array.from({ length: sets }, (_, i) => setOf(`web:${i}`, i + 1))
  const stable = replicaSets[sets - 2] as ReplicaSet
  const steps = [
    ...Array.from({ length: given.steps ?? 1 }, (_, i) => ({ setWeight: i % 100 })),
    ...Array.from({ length: given.analysisSteps ?? 0 }, () => ({ analysis: { templates: [{ templateName: 't' }] } })),
  ]
  const spec = {
    replicas: 1,
    revisionHistoryLimit: 10_000,
    restartAt: '2030-01-01T00:00:00Z',
    selector: { matchLabels: { app: 'web' } },
    strategy: { canary: { steps } },
    template: template(`web:${sets - 1}`),
  }
  const status = {
    stableRS: stable.metadata.labels?.['rollouts-pod-template-hash'],
    currentPodHash: podTemplateHash(spec.template),
    currentStepHash: stepHash(steps),
    currentStepIndex: 0,
    observedGeneration: '1',
    conditions: [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetCreated' }],
  }
  const pod = (i: number) => ({
    metadata: {
      name: `p${i}`,
      namespace: 'shop',
      labels: stable.metadata.labels,
      ownerReferences: [{ ...owner, kind: 'ReplicaSet', name: stable.metadata.name, uid: stable.metadata.uid }],
    },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  })
  return {
    now: '2030-02-01T00:00:00Z',
    rollout: { metadata: { name: 'web', namespace: 'shop', uid, generation: 1 }, spec, status } as unknown as Rollout,
    replicaSets,
    analysisTemplates: analysisTemplates as unknown as RolloutObservation['analysisTemplates'],
    pods: Array.from({ length: given.pods ?? 0 }, (_, i) => pod(i)) as unknown as RolloutObservation['pods'],
    services: Array.from({ length: given.services ?? 0 }, (_, i) => ({
      metadata: { name: `s${i}`, namespace: 'shop' },
    })) as unknown as RolloutObservation['services'],
  }
}

const growing: readonly (readonly [keyof Parameters<typeof observationOf>[0], number])[] = [
  ['steps', 100],
  ['analysisSteps', 100],
  ['sets', 100],
  ['pods', 5000],
  ['services', 1000],
]

test.for(growing)('twice as many %s (from %i) cost at most twice as much', ([what, count]) => {
  const [one, two] = [readsOf(observationOf({ [what]: count })), readsOf(observationOf({ [what]: 2 * count }))]
  expect(one).toBeGreaterThan(count)
  expect(two / one).toBeLessThan(2.1)
})
