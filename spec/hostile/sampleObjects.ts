import { template as experimentTemplate, observe as observedExperiment, worldWith } from '../experiment/world'
import { analysisTemplate, run, service, stableHash, updating } from '../rollout/update'

// Sound objects that the samples are made of. Small, so that a million inputs take minutes.

export const now = '2030-01-01T00:00:00Z'
const at = (canary: object, more: object = {}) => updating({ strategy: { canary }, ...more } as never)

const trafficRouting = {
  istio: { virtualService: { name: 'web' } },
  smi: {},
  nginx: { stableIngress: 'web' },
  maxTrafficWeight: 100,
}
const routed = { canaryService: 'web-canary', stableService: 'web-stable', trafficRouting }
export const services = [service('web-canary', stableHash), service('web-stable', stableHash)]
const analysis = { templates: [{ templateName: 'rate' }], args: [{ name: 'x', value: 'y' }] }
export const experimentStep = {
  templates: [{ name: 'baseline', specRef: 'stable', replicas: 1 }],
  duration: '5m',
  analyses: [{ name: 'a', templateName: 'rate' }],
}

export const rolloutObservations = [
  at({ steps: [{ setWeight: 25 }, { pause: { duration: '30s' } }], maxSurge: '25%', maxUnavailable: 0 }),
  at(
    {
      ...routed,
      steps: [
        { setWeight: 20 },
        { setCanaryScale: { replicas: 1 } },
        { setHeaderRoute: { name: 'h', match: [{ headerName: 'a', headerValue: { exact: 'b' } }] } },
      ],
    },
    { observed: { services } },
  ),
  at(
    { steps: [{ analysis }, { setWeight: 50 }], analysis },
    {
      observed: {
        analysisTemplates: [analysisTemplate('rate', { args: [{ name: 'x' }] })],
        analysisRuns: [run('-0', 'Running')],
      },
    },
  ),
  at({ steps: [{ experiment: experimentStep }] }, { observed: { analysisTemplates: [analysisTemplate('rate')] } }),
  at(
    { steps: [{ plugin: { name: 'acme/smoke', config: { a: 1 } } }] },
    { newPods: 0, observed: { answers: { replies: { 'stepPlugin/0/run': { phase: 'Running' } }, failures: {} } } },
  ),
  updating({
    strategy: {
      blueGreen: {
        activeService: 'web-canary',
        previewService: 'web-stable',
        autoPromotionSeconds: 30,
        prePromotionAnalysis: analysis,
      },
    },
    observed: { services },
  }),
]

export const provider = { prometheus: { address: 'http://prometheus:9090', query: 'rate{a="{{args.x}}"}' } }
export const metric = {
  name: 'rate',
  interval: '30s',
  count: 3,
  successCondition: 'result[0] > 0.9',
  failureLimit: 1,
  provider,
}
export const measurement = { phase: 'Successful', startedAt: now, finishedAt: now, value: '[1]', metadata: { a: 'b' } }
export const analysisRun = {
  metadata: { name: 'rate', namespace: 'shop', uid: 'u' },
  spec: {
    metrics: [metric],
    args: [
      { name: 'x', value: 'y' },
      { name: 's', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    ],
    dryRun: [{ metricName: 'r.*' }],
    measurementRetention: [{ metricName: '.*', limit: 2 }],
  },
  status: {
    phase: 'Running',
    startedAt: '2029-12-31T23:58:00Z',
    metricResults: [{ name: 'rate', phase: 'Running', count: 1, successful: 1, measurements: [measurement] }],
  },
}
export const runAnswers = {
  replies: { 'secret/shop/s': { data: { k: 'v' } }, 'run/rate': { measurement }, 'garbageCollect/rate': {} },
  failures: {},
}

export const experiment = observedExperiment(
  worldWith({
    templates: [experimentTemplate('a', { replicas: 2, service: {} })],
    duration: '5m',
    analyses: [{ name: 'rate', templateName: 'rate' }],
  }),
)

export const rollout = rolloutObservations[1]!.rollout
export const podTemplate = {
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      {
        name: 'web',
        image: 'web:1',
        ports: [{ containerPort: 80 }],
        resources: { requests: { cpu: '250m', memory: '1Gi' } },
      },
    ],
  },
}
export const manifest = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: podTemplate,
    strategy: { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 1 } }] } },
  },
}
export const rateTemplate = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: { metrics: [{ ...metric, interval: '1s' }], args: [{ name: 'x', value: 'y' }] },
}
