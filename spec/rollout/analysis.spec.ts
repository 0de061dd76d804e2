import { describe, expect, test } from 'vitest'
import type { RolloutStatus, RunReference } from '../../src/model/rolloutStatus'
import { analysisTemplate, decide, newHash, now, run, type Story, service, stableHash } from './update'

const templates = { analysisTemplates: [analysisTemplate('success-rate')] }
const analysis = { templates: [{ templateName: 'success-rate' }] }
const noted = (name: string, status: RunReference['status'] = 'Running'): RunReference => ({
  name: `web-${newHash}-2${name}`,
  status,
})

const created = (story: Story) =>
  decide(story).changes.flatMap((change) => (change.kind === 'createAnalysisRun' ? [change.analysisRun] : []))
const terminated = (story: Story) =>
  decide(story).changes.flatMap((change) => (change.kind === 'terminateAnalysisRun' ? [change.name] : []))
const deleted = (story: Story) =>
  decide(story).changes.flatMap((change) => (change.kind === 'deleteAnalysisRun' ? [change.name] : []))

/** A canary with an analysis beside its steps. */
const background = (more: Partial<Story> = {}, startingStep?: number): Story => ({
  strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }], analysis: { ...analysis, startingStep } } },
  observed: { ...templates, ...more.observed },
  status: more.status,
  spec: more.spec,
})

/** A canary that stands at an analysis step. */
const atStep = (more: Partial<Story> = {}): Story => ({
  strategy: { canary: { steps: [{ analysis }, { analysis }] } },
  observed: { ...templates, ...more.observed },
  status: more.status,
})

describe('background analysis', () => {
  test('starts with the update, named after revision and template, owned and labelled', () => {
    const [started, ...others] = created(background())
    expect(others).toEqual([])
    expect(started?.metadata).toMatchObject({
      name: `web-${newHash}-2`,
      namespace: 'shop',
      labels: { app: 'web', 'rollout-type': 'Background', 'rollouts-pod-template-hash': newHash },
      annotations: { 'rollout.argoproj.io/revision': '2' },
      ownerReferences: [{ kind: 'Rollout', name: 'web', controller: true }],
    })
    expect(decide(background()).status.canary?.currentBackgroundAnalysisRunStatus).toEqual(noted('', ''))
  })

  test('does not start at the first deploy, nor before its starting step', () => {
    expect(created(background({ status: { stableRS: undefined } }))).toEqual([])
    expect(created(background({}, 1))).toEqual([])
    expect(created(background({ status: { currentStepIndex: 1 } }, 1))).toHaveLength(1)
  })

  test('that failed aborts the update with its message, and says so once', () => {
    const failed = run('', 'Failed', { message: 'too many errors' })
    const decision = decide(
      background({
        observed: { analysisRuns: [failed] },
        status: { canary: { currentBackgroundAnalysisRunStatus: noted('') } },
      }),
    )
    expect(decision.status).toMatchObject({ abort: true, abortedAt: now, phase: 'Degraded' })
    const told = decision.events
      .filter(({ type }) => type === 'Warning')
      .map(({ reason, message }) => [reason, message])
    expect(told).toEqual([
      ['AnalysisRunFailed', `Background Analysis Run 'web-${newHash}-2' Status New: 'Failed' Previous: 'Running'`],
      [
        'RolloutAborted',
        'Rollout aborted update to revision 2: Background analysis phase error/failed: too many errors',
      ],
    ])
  })

  test('that succeeded is not started again', () => {
    const story = background({
      observed: { analysisRuns: [run('', 'Successful')] },
      status: { canary: { currentBackgroundAnalysisRunStatus: noted('', 'Successful') } },
    })
    expect(created(story)).toEqual([])
  })

  test('is ended by an abort, by full promotion, and once the update is promoted', () => {
    const running = { observed: { analysisRuns: [run('', 'Running')] } }
    const canary = { currentBackgroundAnalysisRunStatus: noted('') }
    for (const status of [{ abort: true }, { promoteFull: true }, { stableRS: newHash }]) {
      expect(terminated(background({ ...running, status: { canary, ...status } }))).toEqual([`web-${newHash}-2`])
    }
  })

  test('that an earlier reconcile started and did not note down is taken up, not started twice', () => {
    const lost = { ...run('', 'Running'), spec: created(background())[0]!.spec }
    const decision = decide(background({ observed: { analysisRuns: [lost] } }))
    expect(decision.changes.filter(({ kind }) => kind.endsWith('AnalysisRun'))).toEqual([])
    expect(decision.status.canary?.currentBackgroundAnalysisRunStatus).toEqual(noted(''))
  })

  test('whose name is taken by another run gets a number', () => {
    const [started] = created(background({ observed: { analysisRuns: [run('', 'Failed')] } }))
    expect(started?.metadata.name).toBe(`web-${newHash}-2.1`)
  })
})

describe('an analysis step', () => {
  test('starts its run, named after the step', () => {
    const [started] = created(atStep())
    expect(started?.metadata.name).toBe(`web-${newHash}-2-0`)
    expect(started?.metadata.labels).toMatchObject({ 'rollout-type': 'Step', 'step-index': '0' })
  })

  test('is done once its run succeeded; the next analysis step takes one reconcile to let go of it', () => {
    const succeeded = run('-0', 'Successful', { labels: { 'step-index': '0' } })
    const canary = { currentStepAnalysisRunStatus: noted('-0') }
    const done = decide(atStep({ observed: { analysisRuns: [succeeded] }, status: { canary } }))
    expect(done.status.currentStepIndex).toBe(1)
    const next = atStep({ observed: { analysisRuns: [succeeded] }, status: { canary, currentStepIndex: 1 } })
    expect(created(next)).toEqual([])
    expect(created(atStep({ status: { currentStepIndex: 1 } }))[0]?.metadata.name).toBe(`web-${newHash}-2-1`)
  })

  test('with an inconclusive run pauses; a person who goes on gets another run', () => {
    const inconclusive = { analysisRuns: [run('-0', 'Inconclusive', { labels: { 'step-index': '0' } })] }
    const canary = { currentStepAnalysisRunStatus: noted('-0', 'Inconclusive') }
    const paused = decide(atStep({ observed: inconclusive, status: { canary } }))
    expect(paused.status).toMatchObject({
      phase: 'Paused',
      controllerPause: true,
      pauseConditions: [{ reason: 'InconclusiveAnalysisRun', startTime: now }],
    })
    const resumed = atStep({ observed: inconclusive, status: { canary, controllerPause: true } })
    expect(created(resumed)[0]?.metadata.name).toBe(`web-${newHash}-2-0.1`)
  })

  test('gets another run on a retry', () => {
    const failed = { analysisRuns: [run('-0', 'Failed', { labels: { 'step-index': '0' } })] }
    const canary = { currentStepAnalysisRunStatus: noted('-0', 'Failed') }
    const status: Partial<RolloutStatus> = { canary, abort: false, abortedAt: '2030-01-01T00:50:00Z' }
    expect(created(atStep({ observed: failed, status }))[0]?.metadata.name).toBe(`web-${newHash}-2-0.1`)
  })

  test('whose run could not be created ends the reconcile and tries again', () => {
    const failures = { [`createAnalysisRun/shop/web-${newHash}-2-0`]: { message: 'quota exceeded' } }
    const decision = decide(atStep({ observed: { answers: { failures } } }))
    expect(decision).toMatchObject({ error: { message: 'quota exceeded' }, requeueSoon: true })
    expect(decision.status.canary).toBeUndefined()
  })

  test('hands hashes and fields of the Rollout to its templates, and measures what was meant', () => {
    const metrics = [{ name: 'rate', provider: { web: { url: 'http://x/{{args.hash}}/{{args.owner}}' } } }]
    const story: Story = {
      strategy: {
        canary: {
          steps: [
            {
              analysis: {
                templates: [{ templateName: 'with-args' }],
                args: [
                  { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } },
                  { name: 'owner', valueFrom: { fieldRef: { fieldPath: 'spec.replicas' } } },
                ],
              },
            },
          ],
        },
      },
      observed: {
        analysisTemplates: [analysisTemplate('with-args', { metrics, args: [{ name: 'hash' }, { name: 'owner' }] })],
      },
    }
    const [started] = created(story)
    expect(started?.spec.args).toEqual([
      { name: 'hash', value: newHash },
      { name: 'owner', value: '4' },
    ])
    expect(JSON.stringify(started?.spec.metrics)).toContain('http://x/{{args.hash}}/{{args.owner}}')
    const shared = { ...story, observed: { ...story.observed, options: { sharesTemplates: true } } }
    expect(JSON.stringify(created(shared)[0]?.spec.metrics)).toContain('http://x/dummy-value/dummy-value')
  })
})

describe('runs that are over', () => {
  const others = [1, 2, 3].map((n) =>
    run(`-old${n}`, n === 3 ? 'Failed' : 'Successful', { createdAt: `2030-01-01T00:1${n}:00Z` }),
  )

  test('stay as many as the limits say, the newest', () => {
    const limits = { successfulRunHistoryLimit: 1, unsuccessfulRunHistoryLimit: 0 }
    const story: Story = {
      strategy: { canary: { steps: [{ pause: {} }] } },
      spec: { analysis: limits },
      observed: { analysisRuns: others },
    }
    expect(deleted(story)).toEqual([`web-${newHash}-2-old3`, `web-${newHash}-2-old1`])
    const { desired } = decide(story)
    expect(desired.analysisRuns).toEqual([others[1]])
  })

  test('go with their ReplicaSet, and when nobody knows to which they belong', () => {
    const orphans = [
      run('-gone', 'Running', { labels: { 'rollouts-pod-template-hash': 'no-such-hash' } }),
      { ...run('-lost', 'Successful'), metadata: { ...run('-lost', 'Successful').metadata, labels: {} } },
    ]
    const story: Story = {
      strategy: { canary: { steps: [{ pause: {} }] } },
      observed: { analysisRuns: orphans },
    }
    expect(deleted(story)).toEqual(orphans.map(({ metadata }) => metadata.name))
    expect(terminated(story)).toEqual([`web-${newHash}-2-gone`])
  })

  test('of other owners are left alone', () => {
    const foreign = { ...run('-x', 'Running'), metadata: { ...run('-x', 'Running').metadata, ownerReferences: [] } }
    const story: Story = { strategy: { canary: {} }, observed: { analysisRuns: [foreign] } }
    expect(decide(story).changes.filter(({ kind }) => kind.endsWith('AnalysisRun'))).toEqual([])
  })
})

describe('blue-green', () => {
  const blueGreen = (more: Partial<Story> = {}, switched = false): Story => ({
    strategy: {
      blueGreen: { activeService: 'active', previewService: 'preview', ...more.strategy?.blueGreen },
    },
    newPods: more.newPods,
    status: {
      blueGreen: { activeSelector: switched ? newHash : stableHash, previewSelector: newHash },
      ...more.status,
    },
    observed: {
      ...templates,
      services: [service('active', switched ? newHash : stableHash), service('preview', newHash)],
      ...more.observed,
    },
  })
  const pre = { blueGreen: { prePromotionAnalysis: analysis } }
  const post = { blueGreen: { postPromotionAnalysis: analysis } }

  test('analyses before the switch once all new pods are there, and switches only after success', () => {
    expect(created(blueGreen({ strategy: pre, newPods: 3 }))).toEqual([])
    const started = decide(blueGreen({ strategy: pre }))
    expect(started.changes.map(({ kind }) => kind)).toEqual(['createAnalysisRun'])
    const status = {
      blueGreen: {
        activeSelector: stableHash,
        previewSelector: newHash,
        prePromotionAnalysisRunStatus: noted('-pre'),
      },
    }
    const done = decide(blueGreen({ strategy: pre, status, observed: { analysisRuns: [run('-pre', 'Successful')] } }))
    expect(done.changes).toContainEqual(expect.objectContaining({ kind: 'selectPods', name: 'active' }))
  })

  test('goes back when the analysis after the switch fails', () => {
    const status = {
      blueGreen: { activeSelector: newHash, previewSelector: newHash, postPromotionAnalysisRunStatus: noted('-post') },
    }
    const failed = decide(
      blueGreen({ strategy: post, status, observed: { analysisRuns: [run('-post', 'Failed')] } }, true),
    )
    expect(failed.status).toMatchObject({ abort: true, stableRS: stableHash })
    expect(failed.events.at(1)?.message).toContain('Blue/green post-promotion analysis phase error/failed')
    const aborted = decide(
      blueGreen(
        {
          strategy: post,
          status: { ...status, abort: true, abortedAt: now },
          observed: { analysisRuns: [run('-post', 'Failed')] },
        },
        true,
      ),
    )
    expect(aborted.changes).toContainEqual(
      expect.objectContaining({ kind: 'selectPods', name: 'active', podTemplateHash: stableHash }),
    )
  })

  test('keeps naming its last runs after promotion', () => {
    const slots = { prePromotionAnalysisRunStatus: noted('-pre', 'Successful') }
    const status = { stableRS: newHash, blueGreen: { activeSelector: newHash, previewSelector: newHash, ...slots } }
    const decision = decide(
      blueGreen({ strategy: pre, status, observed: { analysisRuns: [run('-pre', 'Successful')] } }, true),
    )
    expect(decision.status.blueGreen).toMatchObject(slots)
  })
})

describe('an analysis that cannot be carried out makes the Rollout invalid', () => {
  const invalid = (story: Story) => decide(story).error
  const path = 'spec.strategy.canary.steps[0].analysis.templates'

  test('where a template is missing, or one that it names', () => {
    const story: Story = { strategy: { canary: { steps: [{ analysis }] } } }
    expect(invalid(story)).toEqual({
      code: 'invalid-reference',
      path,
      message: `${path}: Invalid value: "success-rate": AnalysisTemplate 'success-rate' not found`,
    })
    const nested = [analysisTemplate('success-rate', { templates: [{ templateName: 'inner', clusterScope: true }] })]
    expect(invalid({ ...story, observed: { analysisTemplates: nested } })).toMatchObject({
      path: 'spec.templates',
      message: `spec.templates: Invalid value: "inner": ClusterAnalysisTemplate 'inner' not found`,
    })
    expect(decide(story).status.conditions?.[0]).toMatchObject({ type: 'InvalidSpec', status: 'True' })
  })

  test('where templates name each other in a circle, which crashes upstream', () => {
    const circle = [analysisTemplate('success-rate', { templates: [{ templateName: 'success-rate' }] })]
    const story: Story = { strategy: { canary: { steps: [{ analysis }] } }, observed: { analysisTemplates: circle } }
    expect(invalid(story)?.message).toContain("AnalysisTemplate 'success-rate' refers to itself")
  })

  test('where an argument has no value, or a metric of a step has no end', () => {
    const withArg = [analysisTemplate('success-rate', { args: [{ name: 'service' }] })]
    const story: Story = { strategy: { canary: { steps: [{ analysis }] } } }
    expect(invalid({ ...story, observed: { analysisTemplates: withArg } })?.message).toBe(
      `${path}: Invalid value: "templateNames: [success-rate]": args.service was not resolved`,
    )
    const endless = [
      analysisTemplate('success-rate', { metrics: [{ name: 'rate', interval: '1m', provider: { job: {} } }] }),
    ]
    expect(invalid({ ...story, observed: { analysisTemplates: endless } })?.message).toContain(
      'AnalysisTemplate success-rate has metric rate which runs indefinitely. Invalid value for count: <nil>',
    )
    const beside: Story = { strategy: { canary: { analysis } }, observed: { analysisTemplates: endless } }
    expect(invalid(beside)).toBeUndefined()
  })

  test('where a Service selects other pods, or another Rollout manages it', () => {
    const strategy = { canary: { stableService: 'stable' } }
    const foreign = { metadata: { name: 'stable', namespace: 'shop' }, spec: { selector: { app: 'api' } } }
    expect(invalid({ strategy, observed: { services: [foreign] } })?.message).toBe(
      'spec.strategy.canary.stableService: Invalid value: "stable": Service "stable" has unmatch label "app" in rollout',
    )
    const managed = service('stable', stableHash)
    const annotations = { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'api' }
    const other = { ...managed, metadata: { ...managed.metadata, annotations } }
    expect(invalid({ strategy, observed: { services: [other] } })?.message).toContain('is managed by another Rollout')
  })
})
