import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { type Frame, recordedFrame, type SimulationInput, simulate } from '../../src/simulate/index'

const rolloutOf = (spec: object, canary: object = { steps: [{ setWeight: 25 }, { pause: {} }] }): KubeObject => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
  const whole = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary }, template, ...spec }
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop' },
    spec: whole,
  }
}
const run = (input: Partial<SimulationInput>) => simulate({ manifests: [rolloutOf({})], untilSeconds: 100, ...input })

describe('input that makes no sense', () => {
  test.for<[string, unknown]>([
    ['null', null],
    ['no metadata', { kind: 'Rollout' }],
    ['no kind', { metadata: { name: 'web' } }],
    ['no spec', { kind: 'Rollout', metadata: { name: 'web' } }],
  ])('%s among the manifests is an issue', ([, manifest]) => {
    const { frames, issues } = run({ manifests: [manifest as KubeObject] })
    expect(frames).toEqual([])
    expect(issues.length).toBeGreaterThan(0)
  })

  test('an event at no time is left out with an issue; the others happen', () => {
    const { frames, issues } = run({
      events: [
        { atSeconds: Number.NaN, command: 'abort' },
        { atSeconds: 10, image: 'web:2' },
      ],
    })
    expect(issues).toMatchObject([{ code: 'wrong-time', path: 'events[0].atSeconds' }])
    expect(frames.at(-1)).toMatchObject({ atSeconds: 10, phase: 'Paused' })
  })

  test('a start or an end that is none is replaced, with an issue', () => {
    const { frames, issues } = run({ startAt: 'yesterday', untilSeconds: Number.NaN })
    expect(issues.map(({ path }) => path)).toEqual(['startAt', 'untilSeconds'])
    expect(frames.at(-1)?.phase).toBe('Healthy')
    expect(run({ untilSeconds: Number.POSITIVE_INFINITY, maxReconciles: 50 }).issues.map(({ code }) => code)).toEqual([
      'wrong-time',
      'too-long',
    ])
  })

  test('a start after which there are no times of four digits is replaced, with an issue', () => {
    const { issues, reconciles } = run({ startAt: '9999-12-31T23:59:59Z', untilSeconds: 1000 })
    expect(issues.map(({ path }) => path)).toEqual(['startAt'])
    expect(reconciles).toBeLessThan(50)
  })

  test('a time of an event that is an object is an issue', () => {
    const events = [{ atSeconds: { toString: 'x' } as unknown as number, command: 'abort' as const }]
    expect(run({ events }).issues.map(({ path }) => path)).toContain('events[0].atSeconds')
  })

  test('the same Rollout given twice is one Rollout', () => {
    expect(run({ manifests: [rolloutOf({}), rolloutOf({})] }).issues).toEqual([])
  })
})

test('a frame that contains itself is recorded as one without values', () => {
  const endless: unknown[] = []
  endless.push({ endless })
  expect(recordedFrame({ destinations: endless } as unknown as Frame)).toEqual(recordedFrame({} as Frame))
})

describe('analyses that make no sense', () => {
  const object = (kind: string, name: string, more: object): KubeObject =>
    ({ apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name, namespace: 'shop' }, ...more }) as KubeObject
  const metrics = [null, { name: 'rate', provider: { job: {} } }]
  const secret = { name: 'token', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }

  test('are decided about like others', () => {
    const manifests = [
      rolloutOf({}, { steps: [{ analysis: { templates: [{ templateName: 'odd' }] } }] }),
      object('AnalysisTemplate', 'odd', { spec: { metrics, args: [null, secret] } }),
      object('AnalysisTemplate', 'none', {}),
      object('AnalysisRun', 'none', {}),
      object('AnalysisRun', 'over', { status: { phase: 'Successful', completedAt: '2030-01-01T00:00:00Z' } }),
      object('AnalysisRun', 'odd', { spec: { metrics, args: [null, secret] }, status: { metricResults: [null] } }),
      object('Experiment', 'none', {}),
      object('Experiment', 'odd', {
        spec: { templates: [null], analyses: [null] },
        status: { templateStatuses: [null] },
      }),
    ]
    const series = { rate: [null, { atSeconds: 3 }, 'Failed'], other: 'Failed' } as unknown as SimulationInput['series']
    const { frames, issues } = run({ manifests, series, events: [{ atSeconds: 10, image: 'web:2' }] })
    expect((frames.at(-1)?.runs ?? []).map(({ name }) => name)).toEqual(expect.arrayContaining(['none', 'odd', 'over']))
    expect(issues.map(({ code }) => code)).toContain('series-empty')
  })
})

describe('input that is huge', () => {
  test.for<[string, object]>([
    ['AnalysisTemplate', { spec: { metrics: Array(2 ** 32 - 1) } }],
    ['Deployment', { spec: { template: { spec: { containers: Array(2 ** 32 - 1) } } } }],
    ['Service', { spec: { ports: Array(2 ** 32 - 1) } }],
    ['ReplicaSet', { status: { conditions: Array(2 ** 32 - 1) } }],
    ['Pod', { metadata: { name: 'endless', namespace: 'shop', ownerReferences: Array(2 ** 32 - 1) } }],
    ['Secret', { data: { key: Array(2 ** 32 - 1) } }],
  ])('a list without end in a %s is an issue with its path', ([kind, parts]) => {
    const endless = { kind, metadata: { name: 'endless', namespace: 'shop' }, ...parts } as KubeObject
    const series = { rate: ['Successful'] as const }
    const events = [
      { atSeconds: 5, apply: [endless] },
      { atSeconds: 10, image: 'web:2' },
    ]
    const given = run({ manifests: [rolloutOf({}), endless], series }).issues.map(({ path }) => path)
    const applied = run({ events, series }).issues.map(({ path }) => path)
    const [field] = Object.keys(parts)
    expect(given.some((path) => path.startsWith(`manifests[1].${field}`))).toBe(true)
    expect(applied.some((path) => path.startsWith(`events[0].apply[0].${field}`))).toBe(true)
  })

  test('two billion pods cost what one costs', () => {
    const { frames, reconciles } = run({ manifests: [rolloutOf({ replicas: 2e9 })] })
    expect(frames.at(-1)?.pods).toMatchObject([{ revision: 1, wanted: 2e9, available: 2e9 }])
    expect(reconciles).toBeLessThan(100)
  })

  test('events in any number and order', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => ({
      atSeconds: 200_000 - index,
      command: 'retry' as const,
    }))
    expect(run({ events: many, untilSeconds: 3 }).frames).toHaveLength(1)
  })

  test('a Rollout that is tried again for ever is cut off with an issue', () => {
    const invalid = rolloutOf({}, { canaryService: 'gone' })
    const { frames, issues, reconciles } = run({
      manifests: [invalid],
      missing: 'strict',
      untilSeconds: 1e6,
      maxReconciles: 500,
    })
    expect(frames.at(-1)?.phase).toBe('Degraded')
    expect(issues.at(-1)?.code).toBe('too-long')
    expect(reconciles).toBeLessThan(600)
  })
})

describe('a cluster that exists already', () => {
  test('keeps the pods that its ReplicaSets report as available', () => {
    const live = Object.values(run({}).objects)
    const { frames } = run({ manifests: live, startAt: '2030-01-01T01:00:00Z', pods: { readyAfterSeconds: 60 } })
    expect(frames).toHaveLength(1)
    expect(frames[0]).toMatchObject({ phase: 'Healthy', pods: [{ revision: 1, wanted: 4, available: 4 }] })
  })
})

describe('who waits for the pause', () => {
  test('waits for one that needs a person, not for one that ends by itself', () => {
    const steps = [{ setWeight: 25 }, { pause: { duration: 30 } }, { setWeight: 50 }, { pause: {} }]
    const { frames } = run({
      manifests: [rolloutOf({}, { steps })],
      events: [
        { atSeconds: 10, image: 'web:2' },
        { whenPaused: true, command: 'promote' },
      ],
    })
    expect(frames.map(({ atSeconds, stepIndex }) => [atSeconds, stepIndex])).toEqual([
      [0, 4],
      [10, 1],
      [40, 3],
      [41, 4],
    ])
  })

  test('resumes a Rollout that a person paused', () => {
    const { frames } = run({
      manifests: [rolloutOf({ paused: true })],
      events: [{ whenPaused: true, command: 'resume' }],
    })
    expect(frames.at(-1)?.phase).toBe('Healthy')
  })
})

test('set image finds init containers too', () => {
  const spec = { initContainers: [{ name: 'init', image: 'i:1' }], containers: [{ name: 'web', image: 'web:1' }] }
  const manifest = rolloutOf({ template: { metadata: { labels: { app: 'web' } }, spec } })
  const { issues, frames } = run({ manifests: [manifest], events: [{ atSeconds: 5, image: 'i:2', container: 'init' }] })
  expect(issues).toEqual([])
  expect(frames.at(-1)?.phase).toBe('Paused')
})

test('more pods than can be looked at one by one end the run, and it says so', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
  const spec = {
    replicas: 2 ** 31 - 1,
    restartAt: '2030-01-01T00:00:30Z',
    selector: { matchLabels: { app: 'web' } },
    strategy: { canary: {} },
    template,
  }
  const manifests = [{ kind: 'Rollout', metadata: { name: 'web' }, spec }]
  const { issues } = simulate({ manifests, startAt: '2030-01-01T00:00:00Z', untilSeconds: 60 })
  expect(issues.map(({ code }) => code)).toContain('too-many-pods')
})
