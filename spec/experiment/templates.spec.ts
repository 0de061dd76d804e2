import { describe, expect, test } from 'vitest'
import { reconcileExperiment } from '../../src/experiment/reconcileExperiment'
import type { ReplicaSet, Service } from '../../src/model/workload'
import type { World } from './world'
import {
  eventsOf,
  exists,
  experimentKey,
  experimentName,
  object,
  observe,
  patch,
  podsObey,
  reconcile,
  replicasOf,
  settle,
  status,
  template,
  terminate,
  worldWith,
} from './world'

const set = (world: World, name: string) => world.objects[`replicasets/default/${name}`] as unknown as ReplicaSet
const service = (world: World, name: string) => world.objects[`services/default/${name}`] as unknown as Service

describe('the life of an Experiment without analyses', () => {
  test('ReplicaSets are made without pods, get them, keep them for the duration and lose them after the delay', () => {
    const world = worldWith({ templates: [template('baseline'), template('canary', { replicas: 3 })], duration: '1m' })
    const first = reconcile(world)
    expect(first.changes.map((change) => change.kind)).toEqual(['createReplicaSet', 'createReplicaSet'])
    expect(eventsOf([first])).toEqual([
      "Experiment Normal TemplateProgressing: Template 'baseline' transitioned from  -> Progressing",
      "Experiment Normal TemplateProgressing: Template 'canary' transitioned from  -> Progressing",
      'Experiment Normal ExperimentPending: Experiment transitioned from  -> Pending',
    ])
    expect(first.requeueAfterSeconds).toBe(600)
    expect([replicasOf(world, 'trial-baseline'), replicasOf(world, 'trial-canary')]).toEqual([0, 0])

    settle(world)
    expect([replicasOf(world, 'trial-baseline'), replicasOf(world, 'trial-canary')]).toEqual([1, 3])
    podsObey(world)
    const available = settle(world)
    expect(status(world)).toMatchObject({ phase: 'Running', availableAt: '2030-01-01T00:00:00Z' })
    expect(available.at(-1)?.requeueAfterSeconds).toBe(60)
    expect(available.at(-1)?.blockers.map((blocker) => blocker.code)).toEqual(['duration'])

    world.now += 60
    settle(world)
    expect(status(world).phase).toBe('Running')
    world.now += 1
    settle(world)
    expect(status(world).phase).toBe('Successful')
    expect(status(world).conditions?.map(({ reason }) => reason)).toEqual(['ExperimentCompleted'])
    expect(replicasOf(world, 'trial-canary')).toBe(3)
    const waiting = reconcile(world)
    expect(waiting.requeueAfterSeconds).toBe(30)
    expect(waiting.blockers.map((blocker) => blocker.code)).toEqual(['scaleDownDelay', 'scaleDownDelay'])

    world.now += 30
    settle(world)
    expect([replicasOf(world, 'trial-baseline'), replicasOf(world, 'trial-canary')]).toEqual([0, 0])
    podsObey(world)
    settle(world)
    expect(reconcile(world).blockers).toEqual([])
  })

  test('a ReplicaSet carries the hash in its name-giving labels, its selector and its pods, and is owned', () => {
    const own = template('canary', { minReadySeconds: 5 })
    const labels = { ...own.template.metadata?.labels, 'rollouts-pod-template-hash': 'stale' }
    const marked = template('marked', { template: { ...own.template, metadata: { labels } } })
    const world = worldWith({ templates: [own, { ...marked, name: 'marked' }] })
    reconcile(world)
    const created = set(world, 'trial-canary')
    const hash = created.metadata.labels?.['rollouts-pod-template-hash']
    expect(hash).toMatch(/^[0-9a-z]+$/)
    expect(created.spec.minReadySeconds).toBe(5)
    expect(created.spec.selector?.matchLabels).toEqual({
      app: 'web',
      arm: 'canary',
      'rollouts-pod-template-hash': hash,
    })
    expect(created.spec.template?.metadata?.labels).toEqual(created.metadata.labels)
    expect(created.metadata.annotations).toEqual({
      'experiment.argoproj.io/name': 'trial',
      'experiment.argoproj.io/template-name': 'canary',
    })
    expect(created.metadata.ownerReferences).toMatchObject([
      { kind: 'Experiment', uid: 'experiment-uid', controller: true },
    ])
    expect(set(world, 'trial-marked').metadata.labels?.['rollouts-pod-template-hash']).toBe(hash)
  })

  test('a template that takes too long fails the Experiment', () => {
    const world = worldWith({ templates: [template('canary')], progressDeadlineSeconds: 20 })
    settle(world)
    world.now += 20
    settle(world)
    expect(status(world).phase).toBe('Pending')
    expect(reconcile(world).blockers.map((blocker) => blocker.code)).toEqual(['template'])
    world.now += 1
    const late = settle(world)
    const message = "Template 'canary' exceeded its progressDeadlineSeconds (20)"
    expect(status(world)).toMatchObject({ phase: 'Failed', message })
    expect(eventsOf(late)).toContain(
      `Experiment Warning TemplateFailed: Template 'canary' transitioned from Progressing -> Failed: ${message}`,
    )
    expect(late.at(-1)?.blockers).toEqual([
      { code: 'ended', data: { message } },
      expect.objectContaining({ code: 'scaleDownDelay' }),
    ])
  })

  test('progress renews the condition, and twice within a second leaves it the very same', () => {
    const world = worldWith({ templates: [template('canary', { replicas: 2 })] })
    settle(world)
    world.now += 5
    podsObey(world, false)
    const { conditions } = reconcile(world).status
    expect(conditions).toMatchObject([
      { lastUpdateTime: '2030-01-01T00:00:05Z', lastTransitionTime: '2030-01-01T00:00:00Z' },
    ])
    podsObey(world)
    const later = reconcile(world).status
    expect(later.templateStatuses?.[0]?.availableReplicas).toBe(2)
    expect(later.conditions).toBe(conditions)
  })

  test('waiting for the scale-down deadline counts as a transition, so the deadline never strikes meanwhile', () => {
    const world = worldWith({
      templates: [template('canary')],
      scaleDownDelaySeconds: 3600,
      progressDeadlineSeconds: 5,
    })
    settle(world)
    podsObey(world)
    settle(world)
    terminate(world)
    const [waiting] = settle(world)
    // The deadline lies beyond the controller's resync, which would look again anyway.
    expect(waiting?.requeueAfterSeconds).toBeUndefined()
    world.now += 100
    settle(world)
    expect(status(world).templateStatuses?.[0]?.lastTransitionTime).toBe('2030-01-01T00:01:40Z')
    expect(replicasOf(world, 'trial-canary')).toBe(1)
  })

  test('without a delay pods go at once, and a deadline from earlier is taken away', () => {
    const world = worldWith({ templates: [template('canary')], scaleDownDelaySeconds: 0 })
    settle(world)
    podsObey(world)
    settle(world)
    const { metadata } = set(world, 'trial-canary')
    const annotations = { ...metadata.annotations, 'scale-down-deadline': '2031-01-01T00:00:00Z' }
    patch(world, 'ReplicaSet', 'trial-canary', { metadata: { ...metadata, annotations } })
    terminate(world)
    const [decision] = settle(world)
    expect(decision?.changes.map((change) => change.kind)).toEqual(['annotateReplicaSet', 'scaleReplicaSet'])
    expect(set(world, 'trial-canary').metadata.annotations).not.toHaveProperty('scale-down-deadline')
    expect(replicasOf(world, 'trial-canary')).toBe(0)
  })

  test('a clock with fractions: what happened just now is not taken for its whole second', () => {
    const world = worldWith({ templates: [template('canary')], duration: '1m' })
    const decide = (now: string) => reconcileExperiment({ ...observe(world), now })
    expect(decide('2030-01-01T00:00:00.25Z').requeueAfterSeconds).toBe(600)
    reconcile(world)
    reconcile(world)
    podsObey(world)
    const { status: available, requeueAfterSeconds } = decide('2030-01-01T00:00:02.75Z')
    expect([available.availableAt, requeueAfterSeconds]).toEqual(['2030-01-01T00:00:02Z', 60])
    patch(world, 'Experiment', experimentName, { status: available })
    expect(decide('2030-01-01T00:00:02.75Z').requeueAfterSeconds).toBe(59.25)
  })

  test('a duration that nobody can read never passes, yet is looked at again at once', () => {
    const world = worldWith({ templates: [template('canary')], duration: 'long' })
    settle(world)
    podsObey(world)
    settle(world)
    world.now += 1e6
    expect(settle(world).at(-1)?.requeueAfterSeconds).toBe(0)
    expect(status(world).phase).toBe('Running')
  })
})

describe('Services of templates', () => {
  const withService = (name?: string) =>
    worldWith({ templates: [template('canary', { service: name ? { name } : {} })] })

  test('a Service comes with the pods and goes with the last available one', () => {
    const world = withService()
    settle(world)
    expect(service(world, 'trial-canary').spec).toEqual({
      selector: set(world, 'trial-canary').metadata.labels,
      ports: [{ name: 'http', port: 8080, targetPort: 8080 }],
    })
    expect(status(world).templateStatuses?.[0]).toMatchObject({
      serviceName: 'trial-canary',
      podTemplateHash: set(world, 'trial-canary').metadata.labels?.['rollouts-pod-template-hash'],
    })
    podsObey(world)
    settle(world)
    terminate(world)
    world.now += 1
    settle(world)
    world.now += 31
    settle(world)
    expect(exists(world, 'Service', 'trial-canary')).toBe(true)
    podsObey(world)
    settle(world)
    expect(exists(world, 'Service', 'trial-canary')).toBe(false)
    expect(status(world).templateStatuses?.[0]).not.toHaveProperty('serviceName')
  })

  test('a name of its own is kept, and asking for it again changes nothing', () => {
    const world = withService('web-canary')
    settle(world)
    expect(exists(world, 'Service', 'web-canary')).toBe(true)
    expect(status(world).templateStatuses?.[0]?.serviceName).toBe('web-canary')
    expect(reconcile(world).changes).toEqual([])
  })

  test("somebody else's Service of that name is an error of the template", () => {
    const world = worldWith({ templates: [template('canary', { service: { name: 'web' } })] }, [
      object('Service', 'web'),
    ])
    settle(world)
    const message =
      "Failed to create Service web for template 'canary': service web already exists and is not owned by experiment template canary"
    expect(status(world)).toMatchObject({ phase: 'Error', message })
  })

  test('two templates cannot share one', () => {
    const shared = { service: { name: 'web' } }
    const world = worldWith({ templates: [template('baseline', shared), template('canary', shared)] })
    settle(world)
    expect(status(world).templateStatuses?.map((entry) => entry.status)).toEqual(['Successful', 'Error'])
  })

  test('a name that one template gives up is free for the next within the same reconcile', () => {
    const shared = { service: { name: 'web' }, replicas: 0 }
    const world = worldWith({ templates: [template('done', shared), template('next', shared)] })
    reconcile(world)
    const [done, next] = status(world).templateStatuses ?? []
    const more = { ...shared, replicas: 1 }
    patch(world, 'Experiment', experimentName, {
      spec: { templates: [template('done', more), template('next', more)] },
      status: { ...status(world), templateStatuses: [done, { ...next, status: 'Successful' }] },
    })
    reconcile(world)
    expect(service(world, 'web').spec?.selector?.arm).toBe('done')
    patch(world, 'Experiment', experimentName, {
      status: { ...status(world), templateStatuses: [{ ...done, status: 'Successful' }, next] },
    })
    const { changes } = reconcile(world)
    expect(changes.map((change) => change.kind)).toEqual([
      'deleteService',
      'annotateReplicaSet',
      'createService',
      'scaleReplicaSet',
    ])
    expect(service(world, 'web').spec?.selector?.arm).toBe('next')
  })

  test('containers without ports get none', () => {
    const bare = template('canary', { service: {} })
    const world = worldWith({
      templates: [{ ...bare, template: { ...bare.template, spec: { containers: [{ name: 'web', image: 'web:1' }] } } }],
    })
    settle(world)
    expect(exists(world, 'Service', 'trial-canary')).toBe(false)
    expect(status(world).phase).toBe('Pending')
  })

  test('one that the template no longer wants goes', () => {
    const world = withService()
    settle(world)
    patch(world, 'Experiment', experimentName, { spec: { templates: [template('canary')] } })
    settle(world)
    expect(exists(world, 'Service', 'trial-canary')).toBe(false)
  })
})

describe('names in the way', () => {
  test("a ReplicaSet of somebody else: each reconcile that writes nothing leaves one more entry (upstream's quirk)", () => {
    const world = worldWith({ templates: [template('canary')] }, [object('ReplicaSet', 'trial-canary', { spec: {} })])
    const decisions = [reconcile(world), reconcile(world), reconcile(world)]
    expect(decisions.flatMap((decision) => decision.changes)).toEqual([])
    expect(status(world).templateStatuses?.map(({ status: code, collisionCount }) => [code, collisionCount])).toEqual([
      ['Progressing', undefined],
      [undefined, 1],
      [undefined, 1],
    ])
    expect(decisions[2]?.blockers.map((blocker) => blocker.code)).toEqual(['template', 'collision'])
  })

  test('two ReplicaSets of one template: nothing is done, and it is tried again', () => {
    const world = worldWith({ templates: [template('canary')] })
    settle(world)
    const twin = { ...set(world, 'trial-canary'), metadata: { ...set(world, 'trial-canary').metadata, name: 'twin' } }
    world.objects = { ...world.objects, 'replicasets/default/twin': twin as never }
    const decision = reconcile(world)
    expect(decision.error?.message).toBe('multiple ReplicaSets match single experiment template: canary')
    expect(decision).toMatchObject({ changes: [], events: [], requeueSoon: true })
    expect(decision.status).toBe(status(world))
  })
})

describe('an invalid spec', () => {
  const invalid = worldWith({ templates: [template('a', { minReadySeconds: 601 })] })

  test('is a condition, once, and nothing else is done', () => {
    const first = reconcile(invalid)
    const message = 'MinReadySeconds cannot be longer than ProgressDeadlineSeconds. Check template index 0'
    expect(first.status.conditions).toMatchObject([{ type: 'InvalidSpec', status: 'True', message }])
    expect([first.changes, first.events]).toEqual([[], []])
    const second = reconcile(invalid)
    expect(second.status).toBe(first.status)
    expect(second.blockers).toMatchObject([{ code: 'invalidSpec', data: { message } }])
  })

  test('with the same message it stays as it is, whoever wrote it', () => {
    const world = worldWith({ templates: [template('a', { minReadySeconds: 700 })] })
    const [written] = reconcile(world).status.conditions ?? []
    patch(world, 'Experiment', experimentName, { status: { conditions: [{ ...written, status: 'False' }] } })
    expect(reconcile(world).status).toBe(status(world))
  })

  test('the condition follows the reason, and goes when the spec is mended', () => {
    patch(invalid, 'Experiment', experimentName, { spec: { templates: [template('a'), template('a')] } })
    expect(reconcile(invalid).status.conditions).toMatchObject([
      { message: "Experiment trial has repeated template name 'a' in templates" },
    ])
    patch(invalid, 'Experiment', experimentName, { spec: { templates: [template('a')] } })
    expect(reconcile(invalid).status.conditions).toMatchObject([{ type: 'Progressing' }])
  })

  test.for([
    [{ selector: undefined }, "Rollout has missing field '.Spec.Templates[0].Selector'"],
    [{ selector: {} }, 'This experiment is selecting all pods at index 0. A non-empty selector is required.'],
    [{ name: '' }, 'Experiment trial has empty template name at index 0'],
  ] as const)('%j', ([more, message]) => {
    const world = worldWith({ templates: [template('a', more)] })
    expect(reconcile(world).status.conditions).toMatchObject([{ message }])
  })
})

describe('changes that the host could not carry out', () => {
  const refused = { message: 'quota exceeded' }

  test('a ReplicaSet that cannot be made ends in Error', () => {
    const world = worldWith({ templates: [template('canary')] })
    const decision = reconcileExperiment(
      observe(world, { failures: { 'createReplicaSet/default/trial-canary': refused } }),
    )
    expect(decision.status.templateStatuses?.[0]).toMatchObject({
      status: 'Error',
      message: "Failed to create ReplicaSet for template 'canary': quota exceeded",
    })
    expect(eventsOf([decision])[0]).toBe(
      'Experiment Normal ReplicaSetCreateError: Failed to create new replica set "trial-canary": quota exceeded',
    )
  })

  test('a conflict while scaling is tried again in a second; another refusal is an error', () => {
    const world = worldWith({ templates: [template('canary')] })
    reconcile(world)
    const key = 'scaleReplicaSet/default/trial-canary'
    const conflict = reconcileExperiment(observe(world, { failures: { [key]: { message: 'x', reason: 'conflict' } } }))
    expect([conflict.requeueAfterSeconds, conflict.status.templateStatuses?.[0]?.status]).toEqual([1, 'Progressing'])
    const failed = reconcile(world, { [key]: refused })
    expect(failed.status.templateStatuses?.[0]).toMatchObject({
      status: 'Error',
      message: "Unable to scale ReplicaSet for template 'canary' to desired replica count '1': quota exceeded",
    })
    expect(replicasOf(world, 'trial-canary')).toBe(0)
  })

  test('a Service that is gone already was not a failure', () => {
    const world = worldWith({ templates: [template('canary', { service: {} })] })
    settle(world)
    patch(world, 'Experiment', experimentName, { spec: { templates: [template('canary')] } })
    const key = 'deleteService/default/trial-canary'
    const gone = reconcileExperiment(observe(world, { failures: { [key]: { message: 'x', reason: 'notFound' } } }))
    expect(gone.status.templateStatuses?.[0]?.status).toBe('Progressing')
    const stuck = reconcileExperiment(observe(world, { failures: { [key]: refused } }))
    expect(stuck.status.templateStatuses?.[0]?.message).toBe(
      "Failed to delete Service for template 'canary': quota exceeded",
    )
  })
})

test('an Experiment that is being deleted is left alone', () => {
  const world = worldWith({ templates: [template('canary')] })
  const { metadata } = world.objects[experimentKey]!
  patch(world, 'Experiment', experimentName, { metadata: { ...metadata, deletionTimestamp: '2030-01-01T00:00:00Z' } })
  expect(reconcile(world)).toMatchObject({ changes: [], events: [], blockers: [] })
})
