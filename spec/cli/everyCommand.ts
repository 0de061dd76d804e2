import type { KubeObject } from '../../src/model/meta'
import { objectsAt, simulate } from '../../src/simulate/index'

// Files that every command has something to say about, and words that make it say much.

/** Texts that people write into manifests, and that may be anything. */
export interface Texts {
  /** Behind names of objects. */
  readonly name: string
  /** In images, messages, annotations and measured values. */
  readonly free: string
  /** The value of the argument that comes from a Secret. */
  readonly secret: string
}

export const plainTexts: Texts = { name: '', free: '', secret: 'hush-hush-42' }

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})

const rolloutOf = ({ name, free }: Texts, steps: readonly object[]): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: `web${name}`, namespace: 'shop', annotations: { note: free } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: template(`web:1${free}`),
    strategy: {
      canary: {
        canaryService: `canary${name}`,
        stableService: `stable${name}`,
        analysis: { templates: [{ templateName: `rate${name}` }] },
        steps,
      },
    },
  },
})

const stepsOf = ({ name }: Texts): readonly object[] => [
  { setWeight: 30 },
  {
    experiment: {
      templates: [{ name: `new${name}`, specRef: 'canary' }],
      analyses: [{ name: `compare${name}`, templateName: `rate${name}` }],
    },
  },
  { pause: { duration: '10s' } },
]

const serviceOf = (service: string, { name, free }: Texts): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: `${service}${name}`, namespace: 'shop', annotations: { note: free } },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
})

const templateOf = ({ name, free }: Texts, provider: object, more: object): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: `rate${name}`, namespace: 'shop', annotations: { note: free } },
  spec: {
    args: [{ name: 'token', valueFrom: { secretKeyRef: { name: 'creds', key: 'token' } } }],
    metrics: [
      {
        name: `rate${name}`,
        interval: '10s',
        count: 3,
        successCondition: 'result != "never"',
        provider,
        ...more,
      },
    ],
  },
})

const secretOf = ({ secret }: Texts): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'creds', namespace: 'shop' },
  data: { token: Buffer.from(secret).toString('base64') },
})

const configMapOf = ({ name, free }: Texts): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'argo-rollouts-notification-configmap', namespace: 'argo-rollouts' },
  data: {
    'trigger.on-rollout-step-completed': '- send: [step]',
    'template.step': `message: ${JSON.stringify(`{{.rollout.metadata.name}} ${free}`)}`,
    'service.slack': 'token: $slack-token',
    subscriptions: JSON.stringify([{ recipients: [`slack:ops${name}`], triggers: ['on-rollout-step-completed'] }]),
  },
})

const eventOf = ({ name, free }: Texts): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'e1', namespace: 'shop' },
  involvedObject: { kind: 'Rollout', namespace: 'shop', name: `web${name}` },
  type: 'Normal',
  reason: 'RolloutStepCompleted',
  message: `Rollout step 1/3 completed ${free}`,
  firstTimestamp: '2030-01-01T00:00:20Z',
  lastTimestamp: '2030-01-01T00:00:20Z',
})

export interface Analysed {
  readonly provider: object
  /** Further fields of the metric. */
  readonly metric: object
}

const web: Analysed = { provider: { web: { url: 'http://h.example/{{args.token}}' } }, metric: {} }

const list = (items: readonly object[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 1)

/** File names and contents. The dump is a cluster in the middle of an update, with a measurement that failed. */
export function filesOf(texts: Texts, { provider, metric }: Analysed = web): Readonly<Record<string, string>> {
  const { name, free } = texts
  const rollout = rolloutOf(texts, stepsOf(texts))
  const analysis = templateOf(texts, provider, metric)
  const others = [serviceOf('canary', texts), serviceOf('stable', texts), secretOf(texts)]
  const manifests = [rollout, ...others, analysis]
  const series = { [`rate${name}`]: [{ value: { rate: 0.9 } }, { error: `broken ${free}` }, { value: `odd ${free}` }] }
  const update = { atSeconds: 10, image: `web:2${free}` }
  const running = simulate({ manifests, events: [update], untilSeconds: 60, series })
  const ended = Object.values(objectsAt(running, 60)).filter(({ kind }) => kind === 'AnalysisRun')
  const spec = { manifests: ['apply.yaml'], events: [update], untilSeconds: 60, series, expectations }
  return {
    'apply.yaml': list(manifests),
    'small.yaml': list([rolloutOf(texts, [{ setWeight: 30 }]), ...others, analysis]),
    'analysis.yaml': list([analysis]),
    'run.yaml': list(ended.slice(0, 1)),
    'dump.yaml': list([...Object.values(objectsAt(running, 25)), eventOf(texts)]),
    'later.yaml': list(Object.values(objectsAt(running, 40))),
    'notify.yaml': list([configMapOf(texts)]),
    'simulation.yaml': JSON.stringify({
      apiVersion: 'rollout-engine/v1',
      kind: 'Simulation',
      metadata: { name: `story ${free}` },
      spec,
    }),
    'series.json': JSON.stringify(series),
  }
}

const expectations = [{ never: 'available < 3' }, { eventually: 'phase == Degraded' }]

export interface Invocation {
  /** As in the table of commands. */
  readonly command: string
  readonly words: readonly string[]
  /** Standard output is JSON. */
  readonly isJson?: true
}

const rolloutCommands = ['promote', 'abort', 'retry', 'pause', 'resume', 'restart', 'undo']
const now = ['--now', '2030-01-01T00:00:26Z']

/** At least one call of every command, in each of its formats. A word that names a file above is replaced by its path. */
export function invocationsOf({ name, free }: Texts): readonly Invocation[] {
  const call = (command: string, ...words: readonly string[]): Invocation => ({ command, words })
  const json = (command: string, ...words: readonly string[]): Invocation => ({ command, words, isJson: true })
  const update = ['--update', `web:2${free}@10s`, '--until', '1m', '--series', 'series.json']
  return [
    call('simulate', 'apply.yaml', ...update, '--events', '--summary', '--trace'),
    json('simulate', 'apply.yaml', ...update, '--format', 'json', '--trace'),
    call('simulate', 'simulation.yaml', '--summary'),
    call('test', 'simulation.yaml'),
    call('test', 'simulation.yaml', '--format', 'junit'),
    call('test', 'simulation.yaml', '--format', 'github'),
    json('test', 'simulation.yaml', '--format', 'json'),
    call('explain', 'dump.yaml', '--until', '1m', ...now),
    call('explain', 'dump.yaml', '--until', '1m', ...now, '--commands'),
    json('explain', 'dump.yaml', '--until', '1m', ...now, '--output', 'json'),
    call('get rollout', 'dump.yaml', ...now),
    json('get rollout', 'dump.yaml', ...now, '--format', 'json'),
    call('get experiment', 'dump.yaml', ...now),
    json('get experiment', 'dump.yaml', ...now, '--format', 'json'),
    call('list rollouts', 'dump.yaml', ...now),
    json('list rollouts', 'dump.yaml', '--format', 'json'),
    call('list experiments', 'dump.yaml', ...now),
    json('list experiments', 'dump.yaml', '--format', 'json'),
    call('status', 'dump.yaml'),
    ...rolloutCommands.flatMap((command) => [
      call(command, 'dump.yaml', '--preview', '--until', '1m', ...now),
      json(command, 'dump.yaml', '--output', 'json', ...now),
      call(command, 'dump.yaml', '--output', 'kubectl', ...now),
    ]),
    call('set image', 'dump.yaml', `web=web:3${free}`, '--preview', '--until', '1m', ...now),
    call('set image', 'dump.yaml', `web=web:3${free}`, '--output', 'kubectl', ...now),
    call('retry experiment', 'dump.yaml'),
    call('retry experiment', 'dump.yaml', '--output', 'kubectl'),
    call('terminate analysisrun', 'dump.yaml', '--name', `no${name}`),
    call('terminate experiment', 'dump.yaml'),
    call('analyze', 'analysis.yaml', '--series', 'series.json', '--arg', `other=${free}`),
    json('analyze', 'analysis.yaml', '--series', 'series.json', '--format', 'json'),
    call('analyze', 'analysis.yaml', '--measure', `rate${name}=error:broken ${free},text ${free},0.9`),
    call('analyze', 'run.yaml'),
    call('lint', 'apply.yaml'),
    call('lint', 'apply.yaml', '--format', 'github'),
    json('lint', 'apply.yaml', '--format', 'json'),
    json('lint', 'apply.yaml', '--format', 'sarif'),
    call('compare', 'apply.yaml', 'apply.yaml', ...update),
    call('upgrade', 'small.yaml', '--from', 'v1.8', '--live', 'dump.yaml'),
    call('upgrade', 'small.yaml', '--from', 'v1.8', '--format', 'markdown'),
    json('upgrade', 'small.yaml', '--from', 'v1.8', '--format', 'json'),
    call('check', 'small.yaml', '--runs', '1', '--seed', '1'),
    call('check', 'small.yaml', '--runs', '1', '--seed', '1', '--format', 'junit'),
    json('check', 'small.yaml', '--runs', '1', '--seed', '1', '--format', 'json'),
    call('metrics', 'dump.yaml'),
    call('notify', 'notify.yaml', 'dump.yaml'),
    json('notify', 'notify.yaml', 'dump.yaml', '--format', 'json'),
    call('sweep', 'simulation.yaml', '--runs', '1', '--workers', '1', '--quiet'),
    call('replay', 'dump.yaml', 'later.yaml'),
    json('replay', 'dump.yaml', 'later.yaml', '--format', 'json'),
    call('schema', 'Rollout'),
    call('completion', 'bash'),
  ]
}

/** One call of each command, the first. */
export function firstInvocations(texts: Texts): readonly Invocation[] {
  const called = new Set<string>()
  return invocationsOf(texts).filter(({ command }) => !called.has(command) && called.add(command))
}
