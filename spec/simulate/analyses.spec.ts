import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { type Frame, type FrameRun, keysOf, type SimulationInput, simulate } from '../../src/simulate/index'

const provider = { prometheus: { address: 'http://prometheus.example', query: 'up' } }
const templateOf = (name: string, metric: object, spec: object = {}): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name, namespace: 'shop' },
  spec: { metrics: [{ name, interval: '10s', provider, ...metric }], ...spec },
})
const podTemplate = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 8080 }] }] },
}
const rolloutOf = (canary: object, spec: object = {}): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web' } },
    strategy: { canary },
    template: podTemplate,
    ...spec,
  },
})
const update = { atSeconds: 10, image: 'web:2' }
const story = (manifests: readonly KubeObject[], input: Partial<SimulationInput> = {}) =>
  simulate({ manifests, events: [update], untilSeconds: 600, ...input })
const analysis = { templates: [{ templateName: 'rate' }] }
type Experiments = Frame['experiments']
const endsOf = (experiments: Experiments = {}) => Object.values(experiments).map(({ phase }) => phase)
const podsOf = (experiments: Experiments = {}) =>
  Object.values(experiments).flatMap(({ pods }) => pods.map(({ wanted, available }) => [wanted, available]))
const phasesOf = (runs: readonly FrameRun[] = []) => runs.map(({ phase }) => phase)
const when = (frames: readonly Frame[], holds: (frame: Frame) => boolean) => frames.find(holds)?.atSeconds

describe('a canary with a background analysis', () => {
  const rollout = rolloutOf({ steps: [{ setWeight: 25 }, { pause: { duration: 100 } }], analysis })
  const metric = { successCondition: 'result[0] > 0.9' }

  test('goes its way while measurements succeed, which is what they do if nothing else is said', () => {
    const { frames, issues } = story([rollout, templateOf('rate', metric)])
    expect(issues).toEqual([])
    expect(frames.at(-1)).toMatchObject({ phase: 'Healthy', pods: [{ revision: 2, wanted: 4, available: 4 }] })
    expect(phasesOf(frames.at(-1)?.runs)).toEqual(['Successful'])
  })

  test('rolls back once a raw value breaks the condition', () => {
    const { frames } = story([rollout, templateOf('rate', metric)], { series: { rate: [0.99, 0.95, 0.4] } })
    expect(when(frames, ({ abort }) => abort)).toBe(30)
    expect(frames.at(-1)).toMatchObject({ phase: 'Degraded', pods: [{ revision: 1, wanted: 4, available: 4 }] })
    expect(frames.at(-1)?.message).toContain('Metric "rate" assessed Failed due to failed (1) > failureLimit (0)')
  })

  test('follows points with a time of the simulation', () => {
    const series = {
      rate: [
        { atSeconds: 0, value: 1 },
        { atSeconds: 50, value: 0 },
      ],
    }
    const { frames } = story([rollout, templateOf('rate', metric)], { series })
    expect(when(frames, ({ abort }) => abort)).toBe(50)
  })

  test('measures anew in every run', () => {
    const events = [update, { atSeconds: 60, image: 'web:3' }]
    const { frames } = story([rollout, templateOf('rate', metric)], {
      events,
      series: { rate: ['Successful', 'Successful', 'Failed'] },
    })
    expect(frames.filter(({ abort }) => abort).map(({ atSeconds }) => atSeconds)).toEqual([30, 80])
  })

  test('pauses where nobody can tell', () => {
    const { frames } = story([rollout, templateOf('rate', {})], { series: { rate: ['Inconclusive'] } })
    expect(frames.at(-1)).toMatchObject({ phase: 'Paused', message: 'InconclusiveAnalysisRun' })
  })
})

describe('what the modelled provider is told', () => {
  const rollout = rolloutOf({ steps: [{ analysis }] })

  test('a series for a metric that nobody has is probably a slip, and one without items is none', () => {
    const { issues } = story([rollout, templateOf('rate', { count: 1 })], { series: { raet: ['Failed'], rate: [] } })
    expect(issues).toMatchObject([
      { code: 'series-unused', path: 'series.raet', message: 'no metric is called raet: there are rate' },
      { code: 'series-empty', path: 'series.rate' },
    ])
  })

  test('a Secret counts as it is among the manifests, or else as existing, with a warning', () => {
    const args = [{ name: 'token', valueFrom: { secretKeyRef: { name: 'prometheus', key: 'token' } } }]
    const template = templateOf('rate', { count: 1 }, { args })
    const assumed = story([rollout, template])
    expect(assumed.issues.map(({ code, severity }) => [code, severity])).toEqual([['assumed', 'warning']])
    expect(assumed.frames.at(-1)?.phase).toBe('Healthy')
    const secret = (data: object): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'prometheus', namespace: 'shop' },
      ...data,
    })
    const given = story([rollout, template, secret({ data: { token: 'dG9rZW4=' } })])
    expect(given.issues).toEqual([])
    expect(given.frames.at(-1)?.phase).toBe('Healthy')
    const other = story([rollout, template, secret({ stringData: { user: 'me' } })])
    expect(phasesOf(other.frames.at(-1)?.runs)).toEqual(['Error'])
  })

  test('a measurement in flight ends as the series says', () => {
    const run: KubeObject = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AnalysisRun',
      metadata: { name: 'given', namespace: 'shop' },
      spec: { metrics: [{ name: 'job', provider: { job: {} } }] },
      status: {
        phase: 'Running',
        startedAt: '2029-12-31T23:59:00Z',
        metricResults: [
          { name: 'job', phase: 'Running', measurements: [{ phase: 'Running', startedAt: '2029-12-31T23:59:00Z' }] },
        ],
      },
    }
    const { frames, objects } = story([rolloutOf({}), run], { series: { job: ['Failed'] } })
    expect(frames[0]?.runs).toEqual([{ name: 'given', revision: null, step: null, kind: 'other', phase: 'Failed' }])
    expect(objects['analysisruns/shop/given']?.status).toMatchObject({
      metricResults: [{ measurements: [{ phase: 'Failed', startedAt: '2029-12-31T23:59:00Z' }] }],
    })
  })
})

describe('an Experiment', () => {
  const templates = [
    { name: 'baseline', specRef: 'stable', weight: 5 },
    { name: 'canary', specRef: 'canary', weight: 5 },
  ]
  const service = (name: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  })
  const routed = (experiment: object) => [
    rolloutOf({
      steps: [{ experiment }],
      canaryService: 'canary',
      stableService: 'stable',
      trafficRouting: { smi: {} },
    }),
    service('canary'),
    service('stable'),
  ]

  test('compares two versions with weights of their own, and gives them back', () => {
    const { frames, objects } = story(routed({ duration: '60s', templates }), { pods: { readyAfterSeconds: 5 } })
    const compared = frames.find(({ destinations }) => destinations.length > 0)
    expect(compared?.atSeconds).toBe(15)
    expect(compared?.destinations.map(({ weight }) => weight)).toEqual([5, 5])
    expect(podsOf(compared?.experiments)).toEqual([
      [1, 1],
      [1, 1],
    ])
    const last = frames.at(-1)
    expect(last).toMatchObject({ phase: 'Healthy', destinations: [], weight: 0 })
    expect(podsOf(last?.experiments)).toEqual([])
    expect(endsOf(last?.experiments)).toEqual(['Successful'])
    expect(keysOf(objects, 'Service', 'shop')).toEqual(['services/shop/canary', 'services/shop/stable'])
  })

  test('that fails aborts the update', () => {
    const analyses = [{ name: 'check', templateName: 'rate', requiredForCompletion: true }]
    const manifests = [...routed({ templates, analyses }), templateOf('rate', { count: 3 })]
    const { frames } = story(manifests, { series: { rate: ['Successful', 'Failed'] } })
    expect(frames.at(-1)).toMatchObject({ phase: 'Degraded', abort: true })
    expect([phasesOf(frames.at(-1)?.runs), endsOf(frames.at(-1)?.experiments)]).toEqual([['Failed'], ['Failed']])
  })

  test('takes what it owns along when history lets it go', () => {
    const history = { successfulRunHistoryLimit: 1 }
    const [rollout, ...services] = routed({ duration: '20s', templates })
    const spec = { ...(rollout?.spec as object), analysis: history }
    const events = [1, 2, 3, 4].map((version) => ({ atSeconds: version * 200, image: `web:${version + 1}` }))
    const { objects } = story([{ ...(rollout as KubeObject), spec }, ...services], { events, untilSeconds: 1500 })
    const experiments = keysOf(objects, 'Experiment', 'shop')
    expect(experiments.length).toBeLessThan(4)
    const uids = experiments.map((key) => objects[key]?.metadata.uid)
    const owners = Object.values(objects).flatMap(({ metadata }) => metadata.ownerReferences ?? [])
    const ofExperiments = owners.filter(({ kind }) => kind === 'Experiment')
    expect(ofExperiments.length).toBeGreaterThan(0)
    expect(ofExperiments.every(({ uid }) => uids.includes(uid))).toBe(true)
  })
})
