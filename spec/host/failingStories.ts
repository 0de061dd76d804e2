import type { MemoryCluster } from '../../src/memory/index'
import type { KubeObject } from '../../src/model/meta'

// Whole lives of Rollouts, AnalysisRuns and Experiments, for a host whose ports fail.

export interface Story {
  readonly name: string
  readonly objects: readonly KubeObject[]
  /** What people do. After each act the host has time until nothing happens any more. */
  readonly acts: readonly ((cluster: MemoryCluster) => void)[]
  /** More than any wait of this life, so that each act comes to its end. */
  readonly secondsForAnAct: number
  readonly measured: 'Successful' | 'Failed'
  /** `kind: phase` of those that have a phase, sorted, at the end of a life in which nothing fails. */
  readonly end: readonly string[]
  /** Changes that every reconcile makes anew, as the controller's does; their number tells the number of reconciles only. */
  readonly repeats?: readonly string[]
}

const metadata = (name: string) => ({ name, namespace: 'shop' })
const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})
const selector = { matchLabels: { app: 'web' } }
const service = (name: string): KubeObject => ({
  kind: 'Service',
  metadata: metadata(name),
  spec: { selector: { app: 'web' } },
})

const metrics = [
  { name: 'errors', interval: '10s', count: 3, provider: { web: { url: 'http://shop.example/{{args.token}}' } } },
  { name: 'sold', initialDelay: '5s', provider: { prometheus: { address: 'http://p', query: 'sold' } } },
]
const args = [{ name: 'token', valueFrom: { secretKeyRef: { name: 'creds', key: 'token' } } }]
const analysisTemplate: KubeObject = { kind: 'AnalysisTemplate', metadata: metadata('check'), spec: { args, metrics } }
/** One that goes on until somebody ends it. */
const endless: KubeObject = {
  kind: 'AnalysisTemplate',
  metadata: metadata('endless'),
  spec: { args, metrics: [{ ...metrics[0], count: undefined }] },
}
const checks = { templates: [{ templateName: 'check' }] }
const watches = { templates: [{ templateName: 'endless' }] }

const rolloutWith = (image: string, strategy: object): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: metadata('web'),
  spec: { replicas: 3, selector, template: template(image), strategy },
})
const rollout = (image: string, canary: object): KubeObject => rolloutWith(image, { canary })
const blueGreenRollout = (image: string, blueGreen: object): KubeObject => rolloutWith(image, { blueGreen })
const routed = { canaryService: 'canary', stableService: 'stable', trafficRouting: { smi: {} } }
const shared = [service('canary'), service('stable'), analysisTemplate, endless]

const update =
  (canary: object): Story['acts'][number] =>
  (cluster) =>
    void cluster.applyObject(rollout('web:2', canary))

const abort = (cluster: MemoryCluster): void => {
  const found = cluster.objects().find(({ kind }) => kind === 'Rollout') as KubeObject
  cluster.putObject({ ...found, status: { ...(found.status as object), abort: true } } as KubeObject)
}

const experimentStep = {
  duration: '30s',
  templates: [
    { name: 'old', specRef: 'stable' },
    { name: 'new', specRef: 'canary' },
  ],
  analyses: [{ name: 'compare', templateName: 'check', requiredForCompletion: true }],
}
const everyStep = {
  ...routed,
  analysis: watches,
  steps: [
    { setWeight: 20 },
    { plugin: { name: 'acme/smoke' } },
    { analysis: checks },
    { pause: { duration: '10s' } },
    { experiment: experimentStep },
    { setWeight: 60 },
  ],
}
const halfWay = {
  ...routed,
  analysis: watches,
  steps: [
    { setWeight: 50 },
    { experiment: { templates: experimentStep.templates, analyses: [{ name: 'watch', templateName: 'endless' }] } },
  ],
}
const checked = { ...routed, steps: [{ setWeight: 20 }, { analysis: checks }, { setWeight: 60 }] }

const blueGreen = {
  activeService: 'active',
  previewService: 'preview',
  prePromotionAnalysis: checks,
  postPromotionAnalysis: checks,
  scaleDownDelaySeconds: 20,
}
const { prePromotionAnalysis: _before, ...halfBlueGreen } = blueGreen
const colours = [service('active'), service('preview'), analysisTemplate]

const experiment: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Experiment',
  metadata: metadata('trial'),
  spec: {
    duration: '30s',
    templates: ['old', 'new'].map((name) => ({
      name,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
      service: {},
    })),
    analyses: [{ name: 'compare', templateName: 'check' }],
  },
}
const analysisRun: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisRun',
  metadata: metadata('look'),
  spec: { args, metrics },
}

export const stories: readonly Story[] = [
  {
    name: 'a routed canary with an analysis beside it and every kind of step',
    objects: [rollout('web:1', everyStep), ...shared],
    acts: [update(everyStep)],
    secondsForAnAct: 110,
    measured: 'Successful',
    end: [
      'AnalysisRun: Successful',
      'AnalysisRun: Successful',
      'AnalysisRun: Successful',
      'Experiment: Successful',
      'Rollout: Healthy',
    ],
  },
  {
    name: 'a canary that is aborted while an analysis and an Experiment are under way',
    objects: [rollout('web:1', halfWay), ...shared],
    acts: [update(halfWay), abort],
    secondsForAnAct: 45,
    measured: 'Successful',
    end: ['AnalysisRun: Successful', 'AnalysisRun: Successful', 'Experiment: Successful', 'Rollout: Degraded'],
    // quirk: the canary Service is given to the new pods and taken away again, as long as they run (AR#3078).
    repeats: ['selectPods'],
  },
  {
    name: 'a canary whose analysis fails',
    objects: [rollout('web:1', checked), ...shared],
    acts: [update(checked)],
    secondsForAnAct: 60,
    measured: 'Failed',
    end: ['AnalysisRun: Failed', 'Rollout: Degraded'],
    repeats: ['selectPods'],
  },
  {
    name: 'blue-green with analyses before and after the switch',
    objects: [blueGreenRollout('web:1', blueGreen), ...colours],
    acts: [(cluster) => void cluster.applyObject(blueGreenRollout('web:2', blueGreen))],
    secondsForAnAct: 90,
    measured: 'Successful',
    end: ['AnalysisRun: Successful', 'AnalysisRun: Successful', 'Rollout: Healthy'],
  },
  {
    name: 'blue-green whose analysis after the switch fails',
    objects: [blueGreenRollout('web:1', halfBlueGreen), ...colours],
    acts: [(cluster) => void cluster.applyObject(blueGreenRollout('web:2', halfBlueGreen))],
    secondsForAnAct: 60,
    measured: 'Failed',
    end: ['AnalysisRun: Failed', 'Rollout: Degraded'],
  },
  {
    name: 'an Experiment of its own',
    objects: [experiment, ...shared],
    acts: [],
    secondsForAnAct: 90,
    measured: 'Successful',
    end: ['AnalysisRun: Successful', 'Experiment: Successful'],
  },
  {
    name: 'an AnalysisRun of its own',
    objects: [analysisRun],
    acts: [],
    secondsForAnAct: 40,
    measured: 'Successful',
    end: ['AnalysisRun: Successful'],
  },
]
