import { describe, expect, test } from 'vitest'
import { argoCdActions, argoCdHealth } from '../../src/view/index'

// What Argo CD shows, case by case as its own test data has it, written anew. Beside these its 61 cases were run against its
// rules in Lua, as were 120,000 generated objects.

const now = '2030-01-01T00:00:00Z'

const rolloutOf = (status: object | undefined, spec: object = {}, annotations?: object) =>
  ({
    kind: 'Rollout',
    metadata: { name: 'web', generation: 4, ...(annotations ? { annotations } : {}) },
    spec: { replicas: 5, strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } }, ...spec },
    ...(status ? { status } : {}),
  }) as never

const shown = (object: never): string => {
  const health = argoCdHealth(object)
  return `${health?.status}: ${health?.message}`
}

const blueGreen = { strategy: { blueGreen: { activeService: 'web' } } }
const counts = { replicas: 5, updatedReplicas: 5, availableReplicas: 5 }
/** Before v0.10: a hash for the generation, no phase. */
const old = { observedGeneration: '575bb9f5b9', conditions: [], currentPodHash: 'b', stableRS: 'b', ...counts }

const rollouts: readonly (readonly [what: string, object: never, health: string])[] = [
  ['nothing observed yet', rolloutOf(undefined), 'Progressing: Waiting for rollout spec update to be observed'],
  [
    'a spec that is newer than the status',
    rolloutOf({ observedGeneration: '3', phase: 'Healthy' }),
    'Progressing: Waiting for rollout spec update to be observed',
  ],
  [
    'a workload that is newer than the status',
    rolloutOf(
      { observedGeneration: '4', workloadObservedGeneration: '1', phase: 'Healthy' },
      { workloadRef: { kind: 'Deployment', name: 'web' } },
      { 'rollout.argoproj.io/workload-generation': '2' },
    ),
    'Progressing: Waiting for rollout spec update to be observed',
  ],
  [
    'a phase of the controller',
    rolloutOf({ observedGeneration: '4', phase: 'Degraded', message: 'InvalidSpec' }),
    'Degraded: InvalidSpec',
  ],
  [
    'a pause',
    rolloutOf({ observedGeneration: '4', phase: 'Paused', message: 'CanaryPauseStep' }),
    'Suspended: CanaryPauseStep',
  ],
  [
    'a phase that Argo CD does not know',
    rolloutOf({ observedGeneration: '4', phase: 'Odd' }),
    'Unknown: Lua returned an invalid health status',
  ],
  ['a hash that looks like a great number', rolloutOf({ ...old, observedGeneration: '6754321' }), 'Healthy: '],
  ['all steps done', rolloutOf(old), 'Healthy: '],
  [
    'the stable hash where v0.7 wrote it',
    rolloutOf({ ...old, stableRS: undefined, canary: { stableRS: 'b' } }),
    'Healthy: ',
  ],
  [
    'an aborted update',
    rolloutOf({
      ...old,
      conditions: [{ type: 'Progressing', reason: 'RolloutAborted', message: 'Rollout is aborted' }],
    }),
    'Degraded: Rollout is aborted',
  ],
  [
    'a deadline that passed',
    rolloutOf({
      ...old,
      conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded', message: 'timed out' }],
    }),
    'Degraded: timed out',
  ],
  [
    'a pause of the controller',
    rolloutOf({ ...old, pauseConditions: [{ reason: 'CanaryPauseStep' }] }),
    'Suspended: Rollout is paused',
  ],
  ['a pause of a person', rolloutOf(old, { paused: true }), 'Suspended: Rollout is paused'],
  [
    'pods to update',
    rolloutOf({ ...old, updatedReplicas: 1 }),
    'Progressing: Waiting for roll out to finish: More replicas need to be updated',
  ],
  [
    'pods to become available',
    rolloutOf({ ...old, availableReplicas: 4 }),
    'Progressing: Waiting for roll out to finish: updated replicas are still becoming available',
  ],
  [
    'old pods to end',
    rolloutOf({ ...old, replicas: 6 }),
    'Progressing: Waiting for roll out to finish: old replicas are pending termination',
  ],
  ['steps to take', rolloutOf({ ...old, stableRS: 'a' }), 'Progressing: Waiting for rollout to finish steps'],
  [
    'a Service to switch',
    rolloutOf({ ...old, blueGreen: { activeSelector: 'a' } }, blueGreen),
    'Progressing: active service cutover pending',
  ],
  [
    'analysis after the switch',
    rolloutOf({ ...old, stableRS: 'a', blueGreen: { activeSelector: 'b' } }, blueGreen),
    'Progressing: waiting for analysis to complete',
  ],
  ['a blue-green that serves', rolloutOf({ ...old, blueGreen: { activeSelector: 'b' } }, blueGreen), 'Healthy: '],
  [
    'a status without conditions',
    rolloutOf({ ...old, conditions: undefined }),
    'Unknown: status.conditions is missing',
  ],
]

describe('health of a Rollout', () => {
  test.for(rollouts)('%s', ([, object, health]) => {
    expect(shown(object)).toBe(health)
  })
})

const others: readonly (readonly [kind: string, status: object | undefined, health: string])[] = [
  ['AnalysisRun', undefined, 'Progressing: Waiting for analysis run to finish: status has not been reconciled.'],
  ['AnalysisRun', { phase: 'Pending' }, 'Progressing: Analysis run is running'],
  ['AnalysisRun', { phase: 'Running', message: 'own' }, 'Progressing: Analysis run is running'],
  ['AnalysisRun', { phase: 'Successful' }, 'Healthy: Analysis run completed successfully'],
  ['AnalysisRun', { phase: 'Successful', message: 'run terminated' }, 'Healthy: run terminated'],
  ['AnalysisRun', { phase: 'Failed' }, 'Degraded: Analysis run failed'],
  ['AnalysisRun', { phase: 'Error', message: 'no route' }, 'Degraded: no route'],
  ['AnalysisRun', { phase: 'Inconclusive' }, 'Unknown: Analysis run was inconclusive'],
  ['AnalysisRun', {}, ': '],
  ['Experiment', undefined, 'Progressing: Waiting for experiment to finish: status has not been reconciled.'],
  ['Experiment', { phase: 'Pending' }, 'Progressing: Experiment is pending'],
  ['Experiment', { phase: 'Running' }, 'Progressing: Experiment is running'],
  ['Experiment', { phase: 'Successful' }, 'Healthy: Experiment is successful'],
  ['Experiment', { phase: 'Failed', message: 'own' }, 'Degraded: Experiment has failed'],
  ['Experiment', { phase: 'Error' }, 'Degraded: Experiment had an error'],
]

test.for(others)('health of an %s with %j', ([kind, status, health]) => {
  expect(shown({ kind, metadata: { name: 'x' }, spec: {}, ...(status ? { status } : {}) } as never)).toBe(health)
})

test('what is being deleted is Progressing, unless it is a hook of a sync', () => {
  const leaving = { name: 'x', deletionTimestamp: now }
  expect(shown({ kind: 'Experiment', metadata: leaving, status: { phase: 'Failed' } } as never)).toBe(
    'Progressing: Pending deletion',
  )
  const hook = { ...leaving, finalizers: ['argocd.argoproj.io/hook-finalizer'] }
  expect(shown({ kind: 'Experiment', metadata: hook, status: { phase: 'Failed' } } as never)).toBe(
    'Degraded: Experiment has failed',
  )
})

test('Argo CD has no rules of ours for other kinds', () => {
  expect(argoCdHealth({ kind: 'Deployment', metadata: { name: 'web' } })).toBeUndefined()
  expect(argoCdActions({ kind: 'Experiment', metadata: { name: 'x' }, status: { phase: 'Running' } }, now)).toEqual([])
})

const offered = (object: never): readonly string[] =>
  argoCdActions(object, now)
    .filter(({ disabled }) => !disabled)
    .map(({ name }) => name)
const patchOf = (object: never, action: string): unknown =>
  argoCdActions(object, now).find(({ name }) => name === action)?.patch

const midway = { observedGeneration: '4', currentPodHash: 'b', stableRS: 'a', currentStepIndex: 1 }

describe('actions', () => {
  test('of a paused canary', () => {
    const paused = rolloutOf({ ...midway, pauseConditions: [{ reason: 'CanaryPauseStep' }] })
    expect(offered(paused)).toEqual(['restart', 'resume', 'abort', 'pause', 'promote-full', 'skip-current-step'])
    expect(patchOf(paused, 'resume')).toEqual({ status: { pauseConditions: null } })
    expect(patchOf(paused, 'skip-current-step')).toEqual({ status: { pauseConditions: null, currentStepIndex: 2 } })
    expect(patchOf(paused, 'promote-full')).toEqual({ status: { promoteFull: true } })
    expect(patchOf(paused, 'restart')).toEqual({ spec: { restartAt: now } })
  })

  test('of a healthy canary: a restart only', () => {
    expect(offered(rolloutOf({ ...midway, stableRS: 'b', currentStepIndex: 2 }))).toEqual(['restart'])
  })

  test('of an aborted update', () => {
    const aborted = rolloutOf({ ...midway, abort: true })
    expect(offered(aborted)).toEqual(['restart', 'retry', 'promote-full', 'skip-current-step'])
    expect(patchOf(aborted, 'retry')).toEqual({ status: { abort: null } })
  })

  test('of v0.9, which promotes a canary by its last step and a blue-green not at all', () => {
    const canary = rolloutOf({ ...midway, observedGeneration: '6d5f', abort: true })
    expect(patchOf(canary, 'promote-full')).toEqual({ status: { abort: null, currentStepIndex: 2 } })
    expect(offered(rolloutOf({ ...midway, observedGeneration: '6d5f', abort: true }, blueGreen))).toEqual([
      'restart',
      'retry',
    ])
  })

  test('of a Rollout that a person paused', () => {
    const paused = rolloutOf(midway, { paused: true })
    expect(offered(paused)).toEqual(['restart', 'resume', 'abort', 'promote-full', 'skip-current-step'])
    expect(patchOf(paused, 'resume')).toEqual({ spec: { paused: false } })
  })

  test('of an AnalysisRun: to end it while it runs', () => {
    const run = (phase: string) =>
      ({ kind: 'AnalysisRun', metadata: { name: 'x' }, spec: {}, status: { phase } }) as never
    expect(offered(run('Running'))).toEqual(['terminate'])
    expect(offered(run('Failed'))).toEqual([])
  })

  test('none where Argo CD cannot say', () => {
    expect(argoCdActions(rolloutOf(undefined), now)).toEqual([])
    expect(argoCdActions(null as never, now)).toEqual([])
  })
})
