import { describe, expect, test } from 'vitest'
import type { Experiment } from '../../src/index'
import type { RolloutExperimentStep } from '../../src/model/rollout'
import { decide, newHash, now, type Story, service, stableHash } from './update'

const name = `web-${newHash}-2-0`
const comparison: RolloutExperimentStep = {
  duration: '5m',
  templates: [
    { name: 'baseline', specRef: 'stable', metadata: { labels: { arm: 'baseline' } } },
    { name: 'canary', specRef: 'canary', replicas: 2 },
  ],
  analyses: [
    {
      name: 'compare',
      templateName: 'compare',
      requiredForCompletion: true,
      args: [{ name: 'stable', valueFrom: { podTemplateHashValue: 'Stable' } }],
    },
  ],
}

const atExperiment = (more: Partial<Story> = {}, step = comparison): Story => ({
  strategy: { canary: { steps: [{ experiment: step }, { setWeight: 50 }], ...more.strategy?.canary } },
  status: more.status,
  spec: more.spec,
  observed: more.observed,
})

const created = (story: Story) =>
  decide(story).changes.flatMap((change) => (change.kind === 'createExperiment' ? [change.experiment] : []))

/** The Experiment of the step, as the cluster has it. */
function existing(status: Experiment['status'], suffix = '', story = atExperiment()): Experiment {
  const [experiment] = created(story)
  if (!experiment) throw new Error('the story starts no experiment')
  return { ...experiment, metadata: { ...experiment.metadata, name: `${name}${suffix}` }, status }
}

describe('an experiment step', () => {
  test('starts an Experiment out of the ReplicaSets that it compares', () => {
    const [experiment, ...others] = created(atExperiment({ spec: { progressDeadlineSeconds: 120 } }))
    expect(others).toEqual([])
    expect(experiment?.metadata).toMatchObject({
      name,
      labels: { 'rollouts-pod-template-hash': newHash },
      annotations: { 'rollout.argoproj.io/revision': '2' },
      ownerReferences: [{ kind: 'Rollout', name: 'web', controller: true }],
    })
    expect(experiment?.spec).toMatchObject({
      duration: '5m',
      progressDeadlineSeconds: 120,
      templates: [
        {
          name: 'baseline',
          selector: { matchLabels: { app: 'web', arm: 'baseline', 'rollouts-pod-template-hash': stableHash } },
          template: { metadata: { labels: { arm: 'baseline' } }, spec: { containers: [{ image: 'web:1' }] } },
        },
        { name: 'canary', replicas: 2, template: { spec: { containers: [{ image: 'web:2' }] } } },
      ],
      analyses: [{ name: 'compare', args: [{ name: 'stable', value: stableHash }], requiredForCompletion: true }],
    })
    const decision = decide(atExperiment())
    expect(decision.status.canary?.currentExperiment).toBe(name)
    expect(decision.events[0]).toMatchObject({
      reason: 'ExperimentCreated',
      message: `Created Experiment '${name}'`,
    })
  })

  test('gives a template a Service where it gets traffic or asks for one', () => {
    const step = {
      templates: [
        { name: 'a', specRef: 'canary' },
        { name: 'b', specRef: 'canary', service: { name: 'mine' } },
      ],
    }
    expect(created(atExperiment({}, step))[0]?.spec.templates.map((template) => template.service)).toEqual([
      undefined,
      { name: 'mine' },
    ])
  })

  test('waits until there is something stable to compare with', () => {
    expect(created(atExperiment({ status: { stableRS: undefined } }))).toEqual([])
  })

  test('is done when its Experiment succeeded', () => {
    const status = { canary: { currentExperiment: name } }
    const decision = decide(atExperiment({ status, observed: { experiments: [existing({ phase: 'Successful' })] } }))
    expect(decision.status.currentStepIndex).toBe(1)
    expect(decision.status.canary?.currentExperiment).toBeUndefined()
  })

  test('aborts the update with the message of a failed Experiment', () => {
    const failed = existing({ phase: 'Failed', message: 'canary is slower' })
    const decision = decide(
      atExperiment({ status: { canary: { currentExperiment: name } }, observed: { experiments: [failed] } }),
    )
    expect(decision.status).toMatchObject({ abort: true, abortedAt: now })
    expect(decision.status.message).toBe(
      'RolloutAborted: Rollout aborted update to revision 2: Experiment analysis phase is error/failed: canary is slower',
    )
  })

  test('pauses where the Experiment is inconclusive', () => {
    const decision = decide(
      atExperiment({
        status: { canary: { currentExperiment: name } },
        observed: { experiments: [existing({ phase: 'Inconclusive' })] },
      }),
    )
    expect(decision.status.pauseConditions).toEqual([{ reason: 'InconclusiveExperiment', startTime: now }])
  })

  test('takes up an unfinished Experiment that was not noted down; a finished one makes it count its name up', () => {
    const lost = decide(atExperiment({ observed: { experiments: [existing({ phase: 'Running' })] } }))
    expect(lost.changes.filter(({ kind }) => kind.endsWith('Experiment'))).toEqual([])
    expect(lost.status.canary?.currentExperiment).toBe(name)
    const [second] = created(atExperiment({ observed: { experiments: [existing({ phase: 'Failed' })] } }))
    expect(second?.metadata.name).toBe(`${name}-1`)
  })

  test('refuses a template that is neither canary nor stable', () => {
    const decision = decide(atExperiment({}, { templates: [{ name: 'a', specRef: 'other' }] }))
    expect(decision.error?.message).toBe('Invalid template step SpecRef: must be canary or stable')
    expect(decision.changes).toEqual([])
  })
})

describe('experiments that are not wanted any more', () => {
  const running = existing({ phase: 'Running' })

  test('end on an abort, on full promotion, and when another step is due', () => {
    for (const status of [{ abort: true }, { promoteFull: true }, { currentStepIndex: 1 }]) {
      const story = atExperiment({
        status: { canary: { currentExperiment: name }, ...status },
        observed: { experiments: [running] },
      })
      expect(decide(story).changes).toContainEqual({ kind: 'terminateExperiment', namespace: 'shop', name })
      expect(decide(story).desired.experiments[0]?.spec.terminate).toBe(true)
    }
  })

  test('stay as many as the limits say', () => {
    const finished = ['-a', '-b', '-c'].map((suffix) => existing({ phase: 'Successful' }, suffix))
    const story = atExperiment({
      status: { currentStepIndex: 1 },
      spec: { analysis: { successfulRunHistoryLimit: 2 } },
      observed: { experiments: finished },
    })
    expect(decide(story).changes).toContainEqual({
      kind: 'deleteExperiment',
      namespace: 'shop',
      name: `${name}-c`,
    })
  })
})

test('pods of a running experiment get their share of the traffic', () => {
  const weighted: RolloutExperimentStep = {
    templates: [
      { name: 'baseline', specRef: 'stable', weight: 5 },
      { name: 'canary', specRef: 'canary', weight: 5 },
    ],
  }
  const routed: Story = {
    strategy: {
      canary: {
        canaryService: 'canary',
        stableService: 'stable',
        trafficRouting: { smi: {} },
        steps: [{ experiment: weighted }],
      },
    },
    status: { canary: { currentExperiment: name } },
    newPods: 0,
  }
  const counts = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 }
  const templateStatuses = ['baseline', 'canary'].map((template) => ({
    name: template,
    ...counts,
    serviceName: `${name}-${template}`,
    podTemplateHash: `hash-of-${template}`,
  }))
  const decision = decide({
    ...routed,
    observed: {
      services: [service('canary', newHash), service('stable', stableHash)],
      experiments: [existing({ phase: 'Running', templateStatuses })],
    },
  })
  const destinations = templateStatuses.map(({ serviceName, podTemplateHash }) => ({
    serviceName,
    podTemplateHash,
    weight: 5,
  }))
  expect(decision.changes).toContainEqual({ kind: 'setWeight', router: 'smi', weight: 0, destinations })
  expect(decision.desired.traffic?.commanded).toMatchObject({ canary: { weight: 0 }, stable: { weight: 90 } })
})
