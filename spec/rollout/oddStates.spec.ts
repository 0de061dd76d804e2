import { describe, expect, test } from 'vitest'
import type { RolloutDecision, Service } from '../../src/index'
import { reconcileRollout } from '../../src/index'
import type { RolloutStatus } from '../../src/model/rolloutStatus'
import type { ReplicaSet } from '../../src/model/workload'
import { analysisTemplate, decide, newHash, now, type Story, service, stableHash, updating } from './update'

// States that people and other controllers leave behind. Each was found by comparing decisions with upstream's.

const deadlineKey = 'scale-down-deadline'
const [stableName, newName] = [`web-${stableHash}`, `web-${newHash}`]

/** The story with its ReplicaSets changed: an undefined answer takes one away. */
function withSets(story: Story, change: (set: ReplicaSet) => ReplicaSet | undefined, more: readonly ReplicaSet[] = []) {
  const observed = updating(story)
  const replicaSets = [...observed.replicaSets.flatMap((set) => change(set) ?? []), ...more]
  return reconcileRollout({ ...observed, replicaSets })
}

const annotated = (set: ReplicaSet, annotations: Record<string, string> | undefined): ReplicaSet => ({
  ...set,
  metadata: { ...set.metadata, annotations },
})

/** An old revision beside the two of the story. */
function old(name: string, createdAt: string, annotations?: Record<string, string>): ReplicaSet {
  const [like] = updating({ strategy: { canary: {} } }).replicaSets
  if (!like) throw new Error('the story has two ReplicaSets')
  const labels = { app: 'web', 'rollouts-pod-template-hash': name }
  const metadata = {
    ...like.metadata,
    name: `web-${name}`,
    uid: name,
    creationTimestamp: createdAt,
    labels,
    annotations,
  }
  return { ...like, metadata, spec: { ...like.spec, selector: { matchLabels: labels } } }
}

const scaled = ({ changes }: RolloutDecision) =>
  changes.flatMap((change) => (change.kind === 'scaleReplicaSet' ? [`${change.name}: ${change.replicas}`] : []))
const notes = ({ changes }: RolloutDecision, name: string) =>
  changes.flatMap((change) =>
    change.kind === 'annotateReplicaSet' && change.name === name ? [change.annotations ?? {}] : [],
  )
const weights = ({ changes }: RolloutDecision) =>
  changes.flatMap((change) => (change.kind === 'setWeight' ? [change.weight] : []))

const twoSteps: Story['strategy'] = { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } }
const services = [service('web-canary', newHash), service('web-stable', stableHash)]
const routed = (steps: NonNullable<Story['strategy']['canary']>['steps'], more: object = {}): Story['strategy'] => ({
  canary: { canaryService: 'web-canary', stableService: 'web-stable', trafficRouting: { smi: {} }, steps, ...more },
})
const blueGreen = (more: object = {}): Story['strategy'] => ({ blueGreen: { activeService: 'web-active', ...more } })

describe('old ReplicaSets', () => {
  const spare = { strategy: { canary: { maxUnavailable: '50%' } } } satisfies Story
  const order = (sets: readonly ReplicaSet[]) =>
    scaled(withSets(spare, (set) => set, sets)).map((text) => text.slice(4, 7))

  test('of the same revision go the youngest first', () => {
    const revision = { 'rollout.argoproj.io/revision': '1', 'rollout.argoproj.io/desired-replicas': '4' }
    const [early, late] = [old('aaa', '2030-01-01T00:00:01Z', revision), old('bbb', '2030-01-01T00:00:02Z', revision)]
    expect(order([early, late])).toEqual(['bbb', 'aaa'])
  })

  test('whose revision cannot be read go before all others', () => {
    const desired = { 'rollout.argoproj.io/desired-replicas': '4' }
    const sets = ['1', 'x', '2'].map((revision, index) =>
      old(`aa${revision}`, `2030-01-01T00:00:0${index}Z`, { ...desired, 'rollout.argoproj.io/revision': revision }),
    )
    expect(order(sets)).toEqual(['aax', 'aa2', 'aa1'])
  })

  test('without any annotation cannot get a deadline: they keep their pods, and nobody looks again for them', () => {
    const story: Story = {
      strategy: blueGreen(),
      observed: { services: [service('web-active', newHash)] },
      status: { stableRS: newHash, blueGreen: { activeSelector: newHash } },
    }
    const bare = withSets(story, (set) => set, [old('aaa', '2030-01-01T00:00:01Z')])
    expect(notes(bare, 'web-aaa')).toEqual([])
    expect(scaled(bare).join()).not.toContain('web-aaa')
    const noted = withSets(story, (set) => set, [old('aaa', '2030-01-01T00:00:01Z', { a: 'b' })])
    expect(notes(noted, 'web-aaa')).toEqual([{ [deadlineKey]: '2030-01-01T01:00:30Z' }])
  })

  test('that the selector does not pick any more are let go, on their way out or not', () => {
    const decision = withSets({ strategy: twoSteps }, (set) =>
      set.metadata.name === stableName
        ? {
            ...set,
            metadata: {
              ...set.metadata,
              labels: { app: 'other', 'rollouts-pod-template-hash': stableHash },
              deletionTimestamp: now,
            },
          }
        : set,
    )
    expect(decision.changes).toContainEqual(expect.objectContaining({ kind: 'releaseReplicaSet', name: stableName }))
  })
})

test('a promoted canary that shrinks while pods are missing counts those it has twice', () => {
  const story: Story = {
    strategy: { canary: { maxUnavailable: 0 } },
    spec: { replicas: 7 },
    status: { stableRS: newHash },
  }
  const shrunk = (available: number) =>
    scaled(
      withSets(story, (set) =>
        set.metadata.name === newName
          ? { ...set, spec: { ...set.spec, replicas: 13 }, status: { replicas: 13, availableReplicas: available } }
          : undefined,
      ),
    )
  expect(shrunk(3)).toEqual([`${newName}: 6`])
  expect(shrunk(13)).toEqual([`${newName}: 7`])
})

describe('the new ReplicaSet', () => {
  test('whose name is taken by one without the label is not found, and not counted as a collision', () => {
    const decision = withSets({ strategy: twoSteps }, (set) =>
      set.metadata.name === newName ? { ...set, metadata: { ...set.metadata, labels: { app: 'web' } } } : set,
    )
    expect(decision.error?.message).toBe(`replicaset.apps "${newName}" not found`)
    expect(decision.requeueSoon).toBeUndefined()
    expect(decision.status.collisionCount).toBeUndefined()
  })

  test('notes ephemeral metadata in the bytes that Go prints', () => {
    const metadata = { labels: { role: 'a&b' }, annotations: { z: '<1>', a: 'é' } }
    const decision = decide({ strategy: { canary: { steps: [{ pause: {} }], canaryMetadata: metadata } } })
    expect(notes(decision, newName)).toEqual([
      {
        'rollout.argoproj.io/ephemeral-metadata':
          '{"labels":{"role":"a\\u0026b"},"annotations":{"a":"é","z":"\\u003c1\\u003e"}}',
      },
    ])
  })

  test('does not copy annotations of the Rollout that have no text', () => {
    const observed = updating({ strategy: twoSteps })
    const { metadata } = observed.rollout
    const annotations = { ...metadata.annotations, empty: '', full: 'x' }
    const decision = reconcileRollout({
      ...observed,
      rollout: { ...observed.rollout, metadata: { ...metadata, annotations } },
    })
    expect(notes(decision, newName)[0]).toMatchObject({ full: 'x' })
    expect(notes(decision, newName)[0]).not.toHaveProperty('empty')
  })

  test('copies the note about a workload that is gone, once the Rollout was read back from the cluster', () => {
    const observed = updating({ strategy: twoSteps })
    const { metadata, status } = observed.rollout
    const key = 'rollout.argoproj.io/workload-generation'
    const noting = { ...metadata, annotations: { ...metadata.annotations, [key]: '3' } }
    const copied = (conditions: RolloutStatus['conditions']) =>
      notes(
        reconcileRollout({
          ...observed,
          rollout: { ...observed.rollout, metadata: noting, status: { ...status, conditions } },
        }),
        newName,
      ).some((note) => note[key] === '3')
    expect(copied(undefined)).toBe(true)
    const progressing = { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message: '' } as const
    expect(copied([{ ...progressing, lastUpdateTime: now, lastTransitionTime: now }])).toBe(false)
  })
})

test('an Experiment gets the pods as they were before this reconcile put metadata on them', () => {
  const templates = [{ name: 'trial', specRef: 'canary' }] as const
  const decision = decide({
    strategy: { canary: { steps: [{ experiment: { templates } }], canaryMetadata: { labels: { role: 'canary' } } } },
  })
  const created = decision.changes.flatMap((change) => (change.kind === 'createExperiment' ? [change.experiment] : []))
  expect(created).toHaveLength(1)
  expect(created[0]?.spec.templates?.[0]?.template.metadata?.labels).not.toHaveProperty('role')
  expect(notes(decision, newName)).toHaveLength(1)
})

describe('scale-down deadlines', () => {
  test('without text are no deadlines, and stay', () => {
    const decision = withSets({ strategy: twoSteps }, (set) =>
      annotated(set, { ...set.metadata.annotations, [deadlineKey]: '' }),
    )
    expect([...notes(decision, stableName), ...notes(decision, newName)]).toEqual([])
  })

  test('of a ReplicaSet that is new and stable after an abort are taken away, and still waited for this once', () => {
    const story: Story = {
      strategy: blueGreen({ abortScaleDownDelaySeconds: 60 }),
      observed: { services: [service('web-active', newHash)] },
      status: { abort: true, stableRS: newHash, currentPodHash: undefined, blueGreen: { activeSelector: newHash } },
    }
    const decision = withSets(story, (set) =>
      set.metadata.name === newName
        ? annotated(set, { ...set.metadata.annotations, [deadlineKey]: '2030-01-01T01:00:31Z' })
        : undefined,
    )
    expect(notes(decision, newName)).toEqual([{ [deadlineKey]: null }])
    expect(decision.requeueAfterSeconds).toBe(31)
  })
})

describe('traffic', () => {
  test('of a Rollout without a recorded step is that of the first step', () => {
    const decision = decide({
      strategy: routed([{ setWeight: 100 }], { dynamicStableScale: true }),
      status: { currentStepIndex: undefined },
      observed: { services },
    })
    expect(weights(decision)).toEqual([100])
  })

  test('that is not confirmed at the end waits without an error where the step lies beyond the last', () => {
    const unverified = (currentStepIndex: number): RolloutDecision =>
      decide({
        strategy: routed([{ setCanaryScale: { matchTrafficWeight: true } }]),
        status: { currentStepIndex },
        observed: { services, answers: { replies: { 'verifyWeight/smi': { verified: false } } } },
      })
    expect(unverified(1).error?.message).toBe('end of rollout, desired weight 100 not yet verified')
    expect(unverified(2).error).toBeUndefined()
    expect(unverified(2).requeueAfterSeconds).toBe(10)
  })
})

describe('step plugins', () => {
  const plugin = { plugin: { name: 'acme/smoke' } }
  const ran = (phase: 'Failed' | 'Successful', index = 0) =>
    ({ index, name: 'acme/smoke', operation: 'Run', phase, executions: 1 }) as const

  test('whose turn did not come in this reconcile complete no step', () => {
    const decision = decide({
      strategy: { canary: { steps: [plugin, { setWeight: 20 }], maxSurge: 1, maxUnavailable: 0 } },
      status: { promoteFull: true, canary: { stepPluginStatuses: [ran('Failed')] } },
      newPods: 0,
    })
    expect(scaled(decision)).toHaveLength(1)
    expect(decision.events.map(({ reason }) => reason)).not.toContain('RolloutStepCompleted')
  })

  test('of an earlier attempt are forgotten at the first step, recorded or not', () => {
    const statuses = (currentStepIndex: number | undefined) =>
      decide({
        strategy: { canary: { steps: [{ setWeight: 20 }, plugin] } },
        status: { currentStepIndex, canary: { stepPluginStatuses: [ran('Successful', 1)] } },
        newPods: 1,
        observed: { replicaSets: atTwenty },
      }).status.canary?.stepPluginStatuses
    expect(statuses(undefined)).toBeUndefined()
    expect(statuses(0)).toBeUndefined()
    expect(statuses(1)).toHaveLength(1)
  })
})

/** Both revisions at the sizes of 20 %. */
const atTwenty = updating({ strategy: twoSteps, newPods: 1 }).replicaSets.map((set) =>
  set.metadata.name === newName ? set : { ...set, spec: { ...set.spec, replicas: 4 } },
)

describe('a status that was wiped', () => {
  test('gets no parts that say nothing', () => {
    const { status } = decide({
      strategy: blueGreen({ previewService: 'web-preview', previewReplicaCount: 1, autoPromotionEnabled: false }),
      observed: { services: [service('web-active', stableHash), service('web-preview', newHash)] },
    })
    expect(status.blueGreen).toEqual({ activeSelector: stableHash, previewSelector: newHash })
    expect(status.canary).toBeUndefined()
  })
})

test('an active Service that names no hash gets one, be it empty', () => {
  const unselected: Service = { ...service('web-active', ''), spec: { selector: { app: 'web' } } }
  const decision = withSets(
    {
      strategy: blueGreen(),
      status: { abort: true, stableRS: '' },
      observed: { services: [unselected] },
    },
    (set) => set,
  )
  expect(decision.changes).toContainEqual(
    expect.objectContaining({ kind: 'selectPods', name: 'web-active', podTemplateHash: '' }),
  )
})

test('a Service that this very reconcile adopts is a stranger to the checks that follow', () => {
  const unmanaged: Service = { metadata: { name: 'ping', namespace: 'shop' }, spec: { selector: { app: 'web' } } }
  const switched = (ping: Service) =>
    withSets(
      {
        strategy: routed([{ setWeight: 0 }], {
          canaryService: undefined,
          stableService: 'ping',
          pingPong: { pingService: 'ping', pongService: 'pong' },
          trafficRouting: { plugins: { 'acme/router': {} } },
        }),
        status: { canary: { stablePingPong: 'pong' } },
        observed: { services: [ping, service('pong', stableHash)] },
      },
      (set) => (set.metadata.name === stableName ? { ...set, status: { replicas: 4, availableReplicas: 3 } } : set),
    ).changes.flatMap((change) => (change.kind === 'selectPods' ? [change.podTemplateHash] : []))
  expect(switched(unmanaged)).toEqual([newHash])
  expect(switched(service('ping', ''))).toEqual([newHash, stableHash])
})

test('a spec that is found invalid again before the status is written keeps saying so', () => {
  const invalid = { type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec', message: 'm' } as const
  const args = [{ name: 'who' }]
  const story = (sharesTemplates: boolean): Story => ({
    strategy: {
      canary: {
        steps: [
          { pause: {} },
          {
            analysis: {
              templates: [{ templateName: 'a' }, { templateName: 'b' }],
              args: [{ name: 'who', value: 'me' }],
            },
          },
        ],
      },
    },
    status: { conditions: [{ ...invalid, lastUpdateTime: now, lastTransitionTime: now }] },
    observed: {
      options: { sharesTemplates },
      analysisTemplates: [
        analysisTemplate('a', { args: [{ name: 'who', value: 'x' }] }),
        analysisTemplate('b', { args, metrics: [{ name: 'other', provider: { job: {} } }] }),
      ],
    },
  })
  const types = (decision: RolloutDecision) => decision.status.conditions?.map(({ type }) => type)
  expect(types(decide(story(true)))).toContain('InvalidSpec')
  expect(types(decide(story(false)))).not.toContain('InvalidSpec')
})
