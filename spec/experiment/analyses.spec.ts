import { describe, expect, test } from 'vitest'
import { reconcileExperiment } from '../../src/experiment/reconcileExperiment'
import type { AnalysisRun } from '../../src/model/analysis'
import type { ExperimentSpec } from '../../src/model/experiment'
import type { KubeObject } from '../../src/model/meta'
import type { World } from './world'
import {
  eventsOf,
  exists,
  object,
  observe,
  podsObey,
  reconcile,
  runEnds,
  settle,
  status,
  template,
  terminate,
  worldWith,
} from './world'

const metric = (name: string) => ({ name, provider: { web: { url: 'http://judge.example' } } })

const analysisTemplate = (name: string, spec: object = { metrics: [metric(name)] }, kind = 'AnalysisTemplate') =>
  object(kind, name, { spec })

const run = (world: World, name: string) => world.objects[`analysisruns/default/${name}`] as unknown as AnalysisRun

const analysis = (name: string, more: object = {}) => ({ name, templateName: 'latency', ...more })

/** An Experiment with one template, whose pods are available. */
function availableWorld(spec: Partial<ExperimentSpec>, others: readonly KubeObject[] = [], owner?: string): World {
  const world = worldWith({ templates: [template('canary')], ...spec }, [analysisTemplate('latency'), ...others], owner)
  settle(world)
  podsObey(world)
  reconcile(world)
  return world
}

describe('runs of analyses', () => {
  test('start one reconcile after everything is available, with what the Experiment hands down', () => {
    const world = availableWorld({
      analyses: [analysis('an')],
      measurementRetention: [{ metricName: '.*', limit: 2 }],
      analysisRunMetadata: { labels: { purpose: 'trial' }, annotations: { who: 'team' } },
    })
    expect(exists(world, 'AnalysisRun', 'trial-an')).toBe(false)
    const decision = reconcile(world)
    expect(run(world, 'trial-an')).toMatchObject({
      metadata: {
        labels: { purpose: 'trial' },
        annotations: { who: 'team' },
        ownerReferences: [{ kind: 'Experiment', uid: 'experiment-uid', controller: true }],
      },
      spec: { metrics: [metric('latency')], measurementRetention: [{ metricName: '.*', limit: 2 }] },
      status: { phase: '' },
    })
    expect(eventsOf([decision])).toEqual([
      "Experiment Normal AnalysisRunPending: AnalysisRun 'an' transitioned from  -> Pending",
    ])
    expect(decision.blockers).toMatchObject([{ code: 'experimentAnalysis' }])
  })

  test('a run that fails fails the Experiment, and the other runs are terminated', () => {
    const world = availableWorld({ analyses: [analysis('good'), analysis('bad')] })
    reconcile(world)
    runEnds(world, 'trial-good', 'Running')
    runEnds(world, 'trial-bad', 'Failed', 'Metric "latency" assessed Failed')
    const events = eventsOf(settle(world))
    expect(status(world)).toMatchObject({ phase: 'Failed', message: 'Metric "latency" assessed Failed' })
    expect(run(world, 'trial-good').spec.terminate).toBe(true)
    expect(events).toContain('Experiment Normal AnalysisRunTerminating: Terminating good (trial-good)')
    expect(events.filter((event) => event.includes('AnalysisRunTerminating'))).toHaveLength(1)
  })

  test('required analyses end it early, without their message being lost', () => {
    const world = availableWorld({ analyses: [analysis('an', { requiredForCompletion: true })], duration: '1h' })
    reconcile(world)
    runEnds(world, 'trial-an', 'Successful')
    settle(world)
    expect(status(world)).toMatchObject({ phase: 'Successful', message: 'Required AnalysisRuns completed' })
  })

  test('without required ones the duration ends it, whatever still runs', () => {
    const world = availableWorld({ analyses: [analysis('an')], duration: '1m' })
    reconcile(world)
    runEnds(world, 'trial-an', 'Running')
    world.now += 61
    settle(world)
    expect(status(world).phase).toBe('Successful')
    expect(run(world, 'trial-an').spec.terminate).toBe(true)
  })

  test('a required one that is done beside another that runs: it never ends (upstream hangs as well), and says why', () => {
    const world = availableWorld({ analyses: [analysis('must', { requiredForCompletion: true }), analysis('may')] })
    reconcile(world)
    runEnds(world, 'trial-must', 'Successful')
    runEnds(world, 'trial-may', 'Running')
    settle(world)
    runEnds(world, 'trial-may', 'Successful', 'Run Terminated')
    world.now += 3600
    const last = settle(world).at(-1)
    expect(status(world)).toMatchObject({
      phase: 'Running',
      analysisRuns: [{ phase: 'Successful' }, { phase: 'Running' }],
    })
    expect(last?.blockers).toMatchObject([
      { code: 'experimentAnalysis', data: { analysis: 'may', analysisRun: 'trial-may' } },
    ])
  })

  test('a run that somebody deleted is an error', () => {
    const world = availableWorld({ analyses: [analysis('an')] })
    reconcile(world)
    const { 'analysisruns/default/trial-an': _gone, ...others } = world.objects
    world.objects = others
    settle(world)
    expect(status(world)).toMatchObject({ phase: 'Error', message: 'analysisruns.argoproj.io "trial-an" not found' })
  })

  test('nothing starts any more once it is being terminated', () => {
    const world = availableWorld({ analyses: [analysis('an')] })
    terminate(world)
    settle(world)
    expect(exists(world, 'AnalysisRun', 'trial-an')).toBe(false)
    expect(status(world).phase).toBe('Successful')
  })
})

describe('names of runs', () => {
  const owned = { ownerReferences: [{ kind: 'Experiment', name: 'trial', uid: 'experiment-uid', controller: true }] }
  const existing = (name: string, more: object) => {
    const bare = object('AnalysisRun', name)
    return {
      ...bare,
      metadata: { ...bare.metadata, ...owned },
      spec: { metrics: [metric('latency')] },
      ...more,
    } as KubeObject
  }

  test('a run of ours that is not done and measures the same is taken over', () => {
    const world = availableWorld({ analyses: [analysis('an')] }, [
      existing('trial-an', { status: { phase: 'Running' } }),
    ])
    expect(reconcile(world).changes.filter((change) => change.kind === 'createAnalysisRun')).toEqual([])
    expect(status(world).analysisRuns).toEqual([{ name: 'an', analysisRun: 'trial-an', phase: 'Pending' }])
  })

  test('any other gets out of the way: a number is added', () => {
    const done = { status: { phase: 'Successful' } }
    const world = availableWorld({ analyses: [analysis('an')] }, [
      existing('trial-an', done),
      existing('trial-an.1', done),
    ])
    reconcile(world)
    expect(status(world).analysisRuns).toMatchObject([{ analysisRun: 'trial-an.2' }])
  })

  test('two analyses that come to the same name do not share a run that measures something else', () => {
    const more = [analysisTemplate('errors')]
    const analyses = [analysis('an'), analysis('an.1'), { name: 'an', templateName: 'errors' }]
    const world = availableWorld({ analyses }, more)
    const created = reconcile(world).changes.flatMap((change) =>
      change.kind === 'createAnalysisRun' ? [change.analysisRun.metadata.name] : [],
    )
    expect(created).toEqual(['trial-an', 'trial-an.1', 'trial-an.2'])
  })
})

describe('templates and arguments of analyses', () => {
  test('a missing template is found out before anything is available', () => {
    const world = worldWith({ templates: [template('canary')], analyses: [{ name: 'an', templateName: 'gone' }] })
    settle(world)
    const message = `AnalysisTemplate verification failed for analysis 'an': analysistemplate.argoproj.io "gone" not found`
    expect(status(world)).toMatchObject({ phase: 'Error', message })
  })

  test('templates of the cluster are looked up in the cluster', () => {
    const analyses = [{ name: 'an', templateName: 'budget', clusterScope: true }]
    const found = availableWorld({ analyses }, [analysisTemplate('budget', undefined, 'ClusterAnalysisTemplate')])
    reconcile(found)
    expect(run(found, 'trial-an').spec.metrics).toMatchObject([{ name: 'budget' }])
    const missing = availableWorld({ analyses }, [analysisTemplate('budget')])
    expect(status(missing).analysisRuns?.[0]?.message).toContain(
      'clusteranalysistemplate.argoproj.io "budget" not found',
    )
  })

  test('templates may name templates; one that leads back to itself is an error, not a hang', () => {
    const nested = { metrics: [metric('outer')], templates: [{ templateName: 'latency' }, { templateName: 'latency' }] }
    const world = availableWorld({ analyses: [{ name: 'an', templateName: 'outer' }] }, [
      analysisTemplate('outer', nested),
    ])
    reconcile(world)
    expect(run(world, 'trial-an').spec.metrics?.map(({ name }) => name)).toEqual(['outer', 'latency'])

    const circle = [
      analysisTemplate('a', { metrics: [metric('a')], templates: [{ templateName: 'b' }] }),
      analysisTemplate('b', { metrics: [metric('b')], templates: [{ templateName: 'a' }] }),
    ]
    const stuck = availableWorld({ analyses: [{ name: 'an', templateName: 'a' }] }, circle)
    settle(stuck)
    expect(status(stuck)).toMatchObject({ phase: 'Error' })
  })

  test('arguments know pods and times of the Experiment', () => {
    const declared = {
      metrics: [metric('m')],
      args: [{ name: 'hash' }, { name: 'set' }, { name: 'from' }, { name: 'to' }],
    }
    const args = [
      { name: 'hash', value: '{{templates.canary.podTemplateHash}}' },
      { name: 'set', value: '{{ templates.canary.replicaset.name }}' },
      { name: 'from', value: '{{experiment.availableAt}}' },
      { name: 'to', value: '{{experiment.finishedAt}}' },
    ]
    const spec = { analyses: [{ name: 'an', templateName: 'args', args }] }
    const world = availableWorld({ ...spec, duration: '1m30s' }, [analysisTemplate('args', declared)])
    reconcile(world)
    const set = world.objects['replicasets/default/trial-canary']
    expect(run(world, 'trial-an').spec.args).toEqual([
      { name: 'hash', value: set?.metadata.labels?.['rollouts-pod-template-hash'] },
      { name: 'set', value: 'trial-canary' },
      { name: 'from', value: '2030-01-01T00:00:00Z' },
      { name: 'to', value: '2030-01-01T00:01:30Z' },
    ])
    const endless = availableWorld(spec, [analysisTemplate('args', declared)])
    settle(endless)
    expect(status(endless).message).toBe(
      "Failed to create AnalysisRun for analysis 'an': failed to resolve {{experiment.finishedAt}}",
    )
  })

  test('a valueFrom of the Experiment is dropped, so the template must know the value', () => {
    const declared = { metrics: [metric('m')], args: [{ name: 'token' }] }
    const args = [{ name: 'token', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }]
    const world = availableWorld({ analyses: [{ name: 'an', templateName: 'args', args }] }, [
      analysisTemplate('args', declared),
    ])
    settle(world)
    expect(status(world).message).toBe("Failed to create AnalysisRun for analysis 'an': args.token was not resolved")
  })
})

describe('who hears of it', () => {
  test('the Rollout that owns the Experiment hears of every transition, always as a warning', () => {
    const world = availableWorld({ analyses: [analysis('an')] }, [object('Rollout', 'web')], 'web')
    expect(eventsOf([reconcile(world)])).toEqual([
      "Experiment Normal AnalysisRunPending: AnalysisRun 'an' transitioned from  -> Pending",
      "Rollout Warning AnalysisRunPending: AnalysisRun 'an' transitioned from  -> Pending",
    ])
  })

  test('an owner that is gone hears nothing', () => {
    const world = availableWorld({ analyses: [analysis('an')] }, [], 'web')
    expect(eventsOf([reconcile(world)]).filter((event) => event.startsWith('Rollout'))).toEqual([])
  })

  test("a percent sign in a run's message is misread in the event, not in the status (upstream formats it twice)", () => {
    const world = availableWorld({ analyses: [analysis('an')] })
    reconcile(world)
    runEnds(world, 'trial-an', 'Error', 'Get "http://x/?q=a%20b": EOF')
    const decision = reconcile(world)
    expect(decision.status.message).toBe('Get "http://x/?q=a%20b": EOF')
    expect(eventsOf([decision])[0]).toContain('Get "http://x/?q=a%!b(MISSING)": EOF')
  })
})

describe('runs that the host could not start or stop', () => {
  test('a refusal is an error, a name that turned out to be taken is looked at again', () => {
    const world = availableWorld({ analyses: [analysis('an')] })
    const key = 'createAnalysisRun/default/trial-an'
    const refused = reconcileExperiment(observe(world, { failures: { [key]: { message: 'quota exceeded' } } }))
    expect(refused.status).toMatchObject({
      phase: 'Error',
      message: "Failed to create AnalysisRun for analysis 'an': quota exceeded",
    })
    const taken = { message: 'there is one', reason: 'alreadyExists' }
    const again = reconcileExperiment(observe(world, { failures: { [key]: taken } }))
    expect([again.requeueAfterSeconds, again.status.analysisRuns]).toEqual([1, status(world).analysisRuns])
  })

  test('a run that cannot be terminated is an error', () => {
    const world = availableWorld({ analyses: [analysis('an')] })
    reconcile(world)
    runEnds(world, 'trial-an', 'Running')
    settle(world)
    terminate(world)
    const failures = { 'terminateAnalysisRun/default/trial-an': { message: 'no such luck' } }
    expect(reconcile(world, failures).status.analysisRuns).toMatchObject([{ phase: 'Error', message: 'no such luck' }])
  })
})
