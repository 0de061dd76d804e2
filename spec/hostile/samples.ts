import type { KubeObject } from '../../src/model/meta'
import { describeMetrics } from '../../src/monitoring/index'
import { describeExperiment, describeRollout, listExperiments, listRollouts } from '../../src/view/index'
import { analysisTemplate } from '../rollout/update'
import { commandSamples } from './commandSamples'
import {
  analysisRun,
  experiment,
  experimentStep,
  manifest,
  measurement,
  now,
  podTemplate,
  provider,
  rateTemplate,
  rollout,
  rolloutObservations,
  runAnswers,
  services,
} from './sampleObjects'
import { modelSamples, scenarioSamples } from './scenarioSamples'
import { textSamples } from './textSamples'

// Sound arguments of every published function; the attack spoils them.

const cluster: Record<string, KubeObject> = {
  'rollouts/shop/web': manifest,
  'pods/shop/a': { kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } },
  'experiments/default/trial': experiment.experiment as unknown as KubeObject,
}

const yaml = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web, labels: &l {app: web}}
spec:
  replicas: 4
  selector:
    matchLabels: *l
  strategy:
    canary:
      steps:
      - setWeight: 20
      - pause: {duration: "1h"}
---
- a: 'b'
- "c\\n"
- |
  text
`
const json = JSON.stringify(manifest)

const context = {
  metric: { name: 'rate', provider, successCondition: 'result > 0' },
  run: { metadata: { name: 'rate', namespace: 'shop' }, status: { phase: 'Running' } },
}
const contexts = [
  context,
  ...[
    {
      web: {
        url: 'https://a/b',
        jsonPath: '{$.a[0].b}',
        headers: [{ key: 'a', value: 'b' }],
        authentication: { oauth2: { tokenUrl: 'https://a', clientId: 'a', clientSecret: 'b' } },
      },
    },
    { datadog: { query: 'a', queries: { a: 'b' }, formula: 'a', apiVersion: 'v2' } },
    { newRelic: { query: 'select 1', profile: 'p' } },
    { job: { spec: { template: podTemplate } } },
    { cloudWatch: { metricDataQueries: [{ id: 'a', expression: 'b' }] } },
    {
      kayenta: {
        address: 'https://a',
        threshold: { pass: 90, marginal: 50 },
        scopes: [{ name: 'a', controlScope: { scope: 'a', step: 60 }, experimentScope: { scope: 'b', step: 60 } }],
      },
    },
    { graphite: { address: 'https://a', query: 'b' } },
    { influxdb: { query: 'a' } },
    { skywalking: { address: 'https://a', query: 'b', interval: '1m' } },
    { wavefront: { address: 'a', query: 'b' } },
    { plugin: { 'acme/x': { a: 1 } } },
  ].map((one) => ({ ...context, metric: { ...context.metric, provider: one } })),
]
const operations = [
  { op: 'run' },
  { op: 'resume', measurement },
  { op: 'terminate', measurement },
  { op: 'garbageCollect', limit: 1 },
]
const body =
  '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"2"]}]},"access_token":"t","a":[{"b":1}]}'
const answers = [
  { kind: 'http', status: 200, headers: { 'content-type': 'application/json' }, body },
  { kind: 'http', status: 302, headers: { location: 'https://b' }, body: '' },
  { kind: 'environment', values: { PROMETHEUS_ADDRESS: 'https://a', DD_API_KEY: 'k', DD_APP_KEY: 'k' } },
  {
    kind: 'secret',
    data: {
      'api-key': 'a',
      'app-key': 'b',
      'personal-api-key': 'c',
      'account-id': '1',
      authToken: 't',
      org: 'o',
      address: 'https://a',
    },
  },
  {
    kind: 'object',
    object: { metadata: { name: 'j' }, status: { conditions: [{ type: 'Complete', status: 'True' }] } },
  },
  { kind: 'objects', objects: [{ metadata: { name: 'j' } }] },
  { kind: 'aws', output: { MetricDataResults: [{ Values: [1] }] } },
  { kind: 'plugin', result: measurement },
  { kind: 'refused', reason: 'NotFound' },
  { kind: 'failed', message: 'm' },
  { kind: 'timeout' },
]
const asks = [
  { kind: 'http', request: { method: 'GET', url: 'https://a/b?c', headers: { a: 'b' }, timeoutSeconds: 1 } },
  { kind: 'secret', namespace: 'shop', name: 'datadog' },
  { kind: 'environment', names: ['A'] },
  { kind: 'wait', seconds: 2 },
  { kind: 'kubernetes', verb: 'create', resource: 'jobs', namespace: 'shop', object: { metadata: { name: 'j' } } },
  { kind: 'aws', service: 'cloudwatch', operation: 'GetMetricData', input: {} },
  { kind: 'plugin', plugin: 'a/b', operation: 'run' },
]
const state = { operation: { op: 'run' }, startedAt: now, answers: [] }
const known = {
  environment: { A: 'b' },
  secrets: [{ namespace: 'argo-rollouts', name: 'datadog', data: { 'api-key': 'a' } }],
}

const conditions = [
  'result[0] < 0.05 and result.errors == 3',
  'all(result, # > 1) || any([1, 2], # in [1, 2, 3])',
  'asFloat(result) ** 2 > len("a" + string(result))',
  'default(result, 0) matches "a+" ? now() : date("2030-01-01")',
]
const results = [[0.02, 1], { errors: 3, a: [{ b: null }] }, 'text', 12, null]
const pairs = conditions.flatMap((condition) =>
  results.map((result) => [condition, result, { now, resultType: 'json' }]),
)

const changes = [
  { kind: 'scaleReplicaSet', namespace: 'shop', name: 'a', fromReplicas: 1, replicas: 2, annotations: { a: 'b' } },
  { kind: 'createReplicaSet', replicaSet: { metadata: { name: 'r', namespace: 'shop' }, spec: {} } },
  { kind: 'selectPods', namespace: 'shop', name: 'web', podTemplateHash: 'x', managedBy: null },
  { kind: 'setWeight', router: 'smi', weight: 20, destinations: [] },
  { kind: 'deletePod', namespace: 'shop', name: 'a' },
  { kind: 'evictPod', namespace: 'shop', name: 'a' },
  { kind: 'annotateRollout', namespace: 'shop', name: 'web', annotations: { a: null } },
]
const simulation = {
  manifests: [manifest, rateTemplate],
  events: [
    { atSeconds: 1, image: 'web:2' },
    { whenPaused: true, command: 'promote' },
  ],
  untilSeconds: 3,
  startAt: now,
  pods: { readyAfterSeconds: 1 },
  router: { lagSeconds: 1 },
  series: { rate: [1] },
  options: {},
}
const sentence = ['pods serve', () => true]
const invariants = [{ id: 'X', sentence: 'x', threads: [], start: () => ({ next: () => undefined }) }]
const checkOptions = { invariants, name: 'web', runs: 1, seed: 1, options: {} }
const scenario = {
  firstInstall: false,
  events: [{ atSeconds: 10, image: 'web:2' }],
  pods: { readyAfterSeconds: 1 },
  router: { lagSeconds: 1 },
  series: { rate: [1] },
  healedAtSeconds: 20,
  settleSeconds: 10,
  untilSeconds: 30,
}
const series = { rate: [0.99, { atSeconds: 1, value: 0.4 }, 'Failed', { error: 'x' }] }
const plan = {
  templates: [analysisTemplate('rate', { args: [{ name: 'x' }] })],
  clusterTemplates: [],
  args: [{ name: 'x', value: 'y' }],
  name: 'web-2',
  namespace: 'shop',
}
const lookup = {
  refs: [{ templateName: 'rate' }],
  namespace: 'shop',
  analysisTemplates: [analysisTemplate('rate', { templates: [{ templateName: 'rate' }] })],
  clusterAnalysisTemplates: [],
}
const routerObject = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    http: [
      {
        route: [
          { destination: { host: 'web-stable' }, weight: 100 },
          { destination: { host: 'web-canary' }, weight: 0 },
        ],
      },
    ],
  },
}
const routerCalls = ['istio', 'nginx', 'alb', 'smi', 'traefik', 'apisix', 'ambassador', 'appMesh'].map((router) => [
  {
    rollout,
    change: { kind: 'setWeight', router, weight: 20, destinations: [{ weight: 20, serviceName: 'web-canary' }] },
    objects: [routerObject],
  },
])

const shares = [
  { service: 'web-canary', weightPercent: 20 },
  { service: 'web-stable', weightPercent: 80 },
]
const backend = { name: 'web', servers: shares.map(({ service }) => ({ name: service, address: 'h:80', service })) }
const address = {
  resource: 'virtualservices',
  apiVersion: 'networking.istio.io/v1beta1',
  namespace: 'shop',
  name: 'web',
}
const resourceChanges = [
  { kind: 'createResource', ...address, object: routerObject },
  { kind: 'updateResource', ...address, object: routerObject },
  { kind: 'patchResource', ...address, patch: { spec: null, metadata: { labels: { a: 'b' } } } },
  { kind: 'deleteResource', ...address },
]
const timeline = { resources: [{ atSeconds: 0, objects: [routerObject], problems: [] }] }

const patches = [
  { op: 'replace', path: ['rollouts/shop/web', 'spec', 'replicas'], value: 3 },
  { op: 'add', path: ['pods/shop/z'], value: { kind: 'Pod', metadata: { name: 'z' } } },
  { op: 'remove', path: ['pods/shop/z', 'metadata', 'name'] },
]
const told = { history: { start: cluster, seconds: [{ atSeconds: 1, patches }] } }

const ranges = { mostReplicas: 3, mostSteps: 2, mostSeconds: 60, mostEvents: 2 }
const rolloutView = describeRollout(rolloutObservations[0] as never)
const experimentView = describeExperiment(experiment as never)
const { rollout: shown } = rolloutObservations[0]!

/** Argument lists by the function's name. A function without one is attacked with odd values alone. */
export const samples: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  ...commandSamples,
  ...textSamples,
  reconcileRollout: rolloutObservations.map((one) => [one]),
  reconcileExperiment: [[experiment]],
  reconcileService: [[{ service: services[0], rollouts: [rollout] }]],
  reconcileAnalysisRun: [[{ now, analysisRun }], [{ now, analysisRun, answers: runAnswers }]],
  buildAnalysisRun: [[plan]],
  collectTemplates: [[lookup]],
  podTemplateHash: [[podTemplate, 1, 'k8s-0.34']],
  stepHash: [[[{ setWeight: 20 }, { pause: {} }, { experiment: experimentStep }]]],
  blockerText: [[{ code: 'pause', data: { reason: 'CanaryPauseStep', seconds: 60 } }]],
  wakeUpText: [[{ code: 'pauseStepEnds', data: { stepIndex: 2 } }]],
  changeKey: changes.map((one) => [one]),
  statusPatch: [
    [
      { phase: 'Paused', pauseConditions: [{ reason: 'a' }], canary: { a: 1 } },
      { phase: 'Healthy', canary: {} },
    ],
  ],
  nextRound: [[{ asks: [{ key: 'a' }], changes }, { replies: { a: {} } }, 1]],
  evaluateCondition: pairs,
  evaluateExpression: pairs,
  explainCondition: pairs,
  parseCondition: conditions.map((one) => [one, 'spec.metrics[0]']),
  jsonSchemaOf: [['Service'], ['AnalysisTemplate']],
  manifestSchema: [[]],
  changedObject: [[{ kind: 'scaleReplicaSet', namespace: 'shop', name: 'web', fromReplicas: 1, replicas: 2 }]],
  lineOfField: [[yaml, { kind: 'Rollout', name: 'web' }, 'spec.strategy.canary.steps[0]']],
  objectsOfKind: [[[manifest, rateTemplate], 'Rollout']],
  parseDocuments: [[yaml], [json], [`${json}\n${json}`]],
  parseManifests: [[yaml, { defaultNamespace: 'x' }], [json], [`{"kind":"List","items":[${json}]}`]],
  parseSeries: [
    ['time,rate\n2030-01-01T00:00:00Z,1\n,"a""b"\n', 'csv', { metric: 'rate' }],
    ['{"rate": [1, {"time": 1, "value": 2}]}', 'json'],
    ['metric,value,phase\nrate,1,Failed\n', 'csv'],
  ],
  argoCdHealth: [[{ ...shown, kind: 'Rollout' }], [{ ...analysisRun, kind: 'AnalysisRun' }]],
  argoCdActions: [[{ ...shown, kind: 'Rollout' }]],
  describeRollout: rolloutObservations.map((one) => [one]),
  describeExperiment: [[experiment]],
  listRollouts: [[[shown, rollout]]],
  listExperiments: [[[experiment.experiment], now]],
  renderRollout: [[rolloutView, { now, colour: true }]],
  renderExperiment: [[experimentView, { now }]],
  renderRolloutList: [[listRollouts([shown]), { namespaces: true, timestamp: now }]],
  renderExperimentList: [[listExperiments([experiment.experiment], now), { namespaces: true }]],
  statusReport: [[rolloutView]],
  describeMetrics: [[[{ ...shown, kind: 'Rollout' }, { ...analysisRun, kind: 'AnalysisRun' }, rateTemplate]]],
  renderMetrics: [[describeMetrics([{ ...shown, kind: 'Rollout' } as never])]],
  readControllerVersion: [['v1.9.3']],
  validateRollout: rolloutObservations.map((one) => [one]),
  hideSecrets: [['Get "http://h/a%20b": EOF', ['a b', 'c%22d']]],
  fieldDifferences: [[manifest, rateTemplate]],
  resourceAt: [[timeline, { kind: 'VirtualService', name: 'web', namespace: 'shop' }, 3]],
  applyResource: resourceChanges.map((one) => [[routerObject], one]),
  envoyRoutes: [[{ name: 'web', domains: ['*'], prefix: '/' }, shares]],
  haproxyBackend: [[backend, shares]],
  haproxyCommands: [[backend, shares]],
  nginxSplitClients: [[{ variable: 'upstream', key: '$remote_addr' }, shares]],
  trafficShares: [[{ canary: 'a', stable: 'b', weight: 20, destinations: [{ serviceName: 'c', weight: 5 }] }]],
  readAs: [
    ['Rollout', manifest, { maxDepth: 20 }],
    ['AnalysisTemplate', rateTemplate],
  ],
  readObject: [[manifest], [rateTemplate], [analysisRun]],
  applied: changes.map((one) => [cluster, one, { now, uidOf: () => 'u' }]),
  applyStatus: [[cluster, 'rollouts/shop/web', { phase: 'Healthy' }]],
  keysOf: [[cluster, 'Pod', 'shop']],
  listObjects: [[cluster, 'Pod', 'shop']],
  objectAt: [[cluster, 'Rollout', 'rollouts/shop/web']],
  objectsAt: [[told, 3]],
  compareTimelines: [[told, { history: { ...told.history, seconds: [] } }]],
  objectKey: [['Pod', 'shop', 'a']],
  observeRollout: [[cluster, 'rollouts/shop/web', now]],
  shadow: [
    [
      [
        { now, objects: cluster },
        { now, objects: cluster },
      ],
      'rollouts/shop/web',
      { controller: 'v1.9' },
    ],
  ],
  shadowLog: [
    [
      [
        {
          ref: { kind: 'Rollout', namespace: 'shop', name: 'web' },
          observed: { now, objects: Object.values(cluster) },
          decision: { changes: [], status: { phase: 'Healthy' } },
        },
      ],
      { controller: 'v1.9' },
    ],
  ],
  observeExperiment: [[cluster, 'experiments/default/trial', now]],
  recordedSeries: [[analysisRun]],
  replayAnalysis: [[rateTemplate, series, { args: [{ name: 'x', value: 'y' }], maxSeconds: 2 }]],
  simulate: [[simulation]],
  createWorld: [[simulation]],
  until: [
    [() => true, 60],
    [...sentence, () => true],
  ],
  tryStrategy: [[simulation.manifests, { ...checkOptions, corpus: [scenario] }]],
  checkStrategy: [[simulation.manifests, checkOptions]],
  checkEveryWay: [[simulation.manifests, { depth: 1, mostStates: 5, invariants, options: {} }]],
  rollouts: [[ranges]],
  invalidRollouts: [[ranges]],
  rolloutEdits: [[manifest, ranges]],
  worlds: [[['shop/web:2'], ranges]],
  metricSeries: [[['rate'], ranges]],
  commandSequences: [[ranges]],
  updateSchedules: [[['shop/web:2'], ranges]],
  checkAndSave: [[simulation.manifests, checkOptions]],
  strategyModel: [[simulation.manifests, checkOptions]],
  scheduledPort: [[{ schedule: 'schedule' }, { read: 'read', write: 'write' }, ['read']]],
  adapterContract: [[{ namespace: 'shop', ports: {}, routed: rollout }, 'write']],
  monitorRollout: [
    [
      { namespace: 'shop', name: 'web' },
      invariants,
      { ref: { kind: 'Rollout', namespace: 'shop', name: 'web' }, object: manifest },
      1_900_000_000_000,
    ],
  ],
  replayScenario: [[simulation.manifests, scenario, checkOptions]],
  ...modelSamples,
  ...scenarioSamples(simulation.manifests, scenario),
  never: [sentence],
  always: [sentence],
  eventually: [sentence],
  before: [[...sentence, () => true]],
  within: [[60, ...sentence, () => true]],
  monotone: [['up', 'it grows', () => 1]],
  startExchange: contexts.flatMap((one) => operations.map((operation) => [one, operation, now])),
  continueExchange: contexts.flatMap((one) => answers.map((answer) => [one, state, answer, now])),
  request: contexts.map((one) => [one, known, now]),
  interpret: contexts.map((one) => [one, known, { kind: 'request', state }, answers[0], now]),
  describeAsk: asks.map((one) => [one]),
  errorMeasurement: [['x', now]],
  routeTraffic: routerCalls,
  syncDestinationRule: [
    [
      {
        destinationRule: { ...routerObject, kind: 'DestinationRule', spec: { subsets: [{ name: 'a', labels: {} }] } },
        rollouts: [rollout],
      },
    ],
  ],
  createHost: rolloutObservations.map(({ rollout: one, replicaSets }) => [one, replicaSets, undefined]),
  memoryHost: rolloutObservations.map(({ rollout: one, replicaSets }) => [
    [{ ...one, kind: 'Rollout' }, ...replicaSets.map((set) => ({ ...set, kind: 'ReplicaSet' }))],
  ]),
  objectStore: rolloutObservations.map(({ replicaSets: [set] }) => [
    { kind: 'ReplicaSet', namespace: 'shop', name: set?.metadata.name ?? 'web' },
    set,
    { names: new Set(['web']), ownedBy: ['u1'] },
  ]),
  memoryCluster: rolloutObservations.map(({ rollout: one, replicaSets: [set] }, at) => [
    at === 0 ? { ...one, kind: 'Rollout' } : { ...set, kind: 'ReplicaSet' },
    { kind: 'scaleReplicaSet', namespace: 'shop', name: set?.metadata.name, fromReplicas: 1, replicas: 3 },
    { replicas: 3, ready: 2 },
  ]),
  fetchMetrics: [[{ now }]],
  manualClock: [[now]],
  reconcileOnce: [
    [rolloutObservations[0], { phase: 'Running' }, undefined],
    [rolloutObservations[1], { verified: true }, { message: 'no' }],
  ],
  drive: [
    [rolloutObservations[0], { phase: 'Running' }, undefined],
    [rolloutObservations[4], { error: 'x' }, { message: 'no' }],
  ],
  measureWithFetch: contexts.flatMap((one) => answers.map((answer) => [one, operations[0], answer])),
  measureAnalysisRun: answers.map((answer) => [analysisRun, answer]),
  insecureFetch: [['https://127.0.0.1:1/', { method: 'POST', headers: { a: 'b' }, body: 'x' }]],
  sendWithFetch: [
    [
      { method: 'POST', url: 'http://a.example/b', headers: { a: 'b' }, body: 'x' },
      { status: 200, statusText: 'OK', body: 'x' },
    ],
  ],
}
