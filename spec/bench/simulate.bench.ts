import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KubeObject } from '../../src/model/meta'
import type { Simulation } from '../../src/scenario/index'
import type { SimulationInput } from '../../src/simulate/index'
import { recordedInput } from '../conformance/simulationTrace'
import { readCases, vectorsFolder } from '../conformance/vectors'
import type { Figure } from './bench'
import { processorTime } from './measure'
import { type Shipped, withShipped } from './shipped'

/**
 * What a simulated canary costs: one of ten steps in three kinds, a long pause, a day of metrics, recorded stories, and
 * a sweep of a thousand runs.
 */
export async function bench(): Promise<readonly Figure[]> {
  const kinds = ['canary-basic', 'canary-routed', 'blue-green', 'analysis']
  return withShipped(async ({ simulation, scenario, program }) =>
    [
      measure(simulation, 'a canary of ten steps', [tenSteps], { most: 2 }),
      measure(simulation, 'the same routed', [routed], { most: 3 }),
      measure(simulation, 'the same with a background analysis', [analysed], { most: 6 }),
      measure(simulation, '30 days of pause', [longPause], { most: 20, warmUps: 150, runs: 20 }),
      measure(simulation, 'a day of ten metrics every ten seconds', [dayOfMetrics], {
        most: 2000,
        warmUps: 1,
        runs: 1,
      }),
      ...kinds.map((tag) => measure(simulation, `recorded stories, ${tag}`, recorded(tag), { runs: 20 })),
      sweepHere(scenario),
      await sweepInWorkers(program),
    ].flat(),
  )
}

const named = (apiVersion: string, kind: string, name: string, spec: object): KubeObject =>
  ({ apiVersion, kind, metadata: { name, namespace: 'shop' }, spec }) as unknown as KubeObject

const rolloutOf = (canary: object): KubeObject =>
  named('argoproj.io/v1alpha1', 'Rollout', 'web', {
    replicas: 10,
    selector: { matchLabels: { app: 'web' } },
    strategy: { canary },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
  })

const updated = (...manifests: readonly KubeObject[]): SimulationInput => ({
  manifests,
  events: [{ atSeconds: 10, image: 'web:2' }],
  pods: { readyAfterSeconds: 3 },
})

const steps = [20, 40, 60, 80, 100].flatMap((setWeight) => [{ setWeight }, { pause: { duration: 60 } }])
const pauses = [{ setWeight: 20 }, { pause: {} }]
const routing = {
  canaryService: 'canary',
  stableService: 'stable',
  trafficRouting: { nginx: { stableIngress: 'web' } },
}
const backend = { service: { name: 'stable', port: { number: 80 } } }
const routes = [
  ...['canary', 'stable'].map((name) =>
    named('v1', 'Service', name, { selector: { app: 'web' }, ports: [{ port: 80 }] }),
  ),
  named('networking.k8s.io/v1', 'Ingress', 'web', {
    rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
  }),
]
const templateOf = (metrics: number, interval: string): KubeObject =>
  named('argoproj.io/v1alpha1', 'AnalysisTemplate', 'rate', {
    metrics: Array.from({ length: metrics }, (_, i) => ({
      name: `metric-${i}`,
      interval,
      successCondition: 'result > 0.5',
      failureLimit: 3,
      provider: { prometheus: { address: 'http://prometheus', query: 'up' } },
    })),
  })
const analysis = { templates: [{ templateName: 'rate' }] }
const daySeconds = 86_400

const tenSteps = updated(rolloutOf({ steps }))
const routed = updated(rolloutOf({ ...routing, steps }), ...routes)
const analysed = updated(
  rolloutOf({ ...routing, steps, analysis: { ...analysis, startingStep: 1 } }),
  ...routes,
  templateOf(1, '30s'),
)
const longPause = { ...updated(rolloutOf({ steps: pauses })), untilSeconds: 30 * daySeconds }
const dayOfMetrics = {
  ...updated(rolloutOf({ ...routing, steps: pauses, analysis }), ...routes, templateOf(10, '10s')),
  untilSeconds: daySeconds,
}

const recorded = (tag: string): readonly SimulationInput[] =>
  readCases(vectorsFolder, 'simulation')
    .filter(({ tags }) => tags.includes(tag))
    .map(recordedInput)

interface Effort {
  /** The budget in milliseconds. */
  readonly most?: number
  readonly warmUps?: number
  readonly runs?: number
}

/** Processor time, so that what else the machine does counts as little as possible. */
function measure(
  { simulate }: Shipped['simulation'],
  name: string,
  inputs: readonly SimulationInput[],
  { most, warmUps = 2500, runs = 200 }: Effort = {},
): Figure[] {
  // As in a property test of some thousand runs: the compiler has seen everything.
  for (let run = 0; run < warmUps / inputs.length; run++) for (const input of inputs) simulate(input)
  const before = process.cpuUsage()
  let reconciles = 0
  let ends: readonly object[] = []
  for (let run = 0; run < runs; run++) {
    const timelines = inputs.map((input) => simulate(input))
    for (const timeline of timelines) reconciles += timeline.reconciles
    ends = timelines.map(({ objects }) => objects)
  }
  const { user, system } = process.cpuUsage(before)
  const milliseconds = (user + system) / 1000 / runs / inputs.length
  const perReconcile = (milliseconds * runs * inputs.length) / reconciles
  return [
    { name: `simulate: ${name}`, value: milliseconds, unit: 'ms', ...(most !== undefined && { most }) },
    { name: `simulate: ${name}, reconciles`, value: reconciles / runs / inputs.length, unit: '' },
    {
      name: `simulate: ${name}, a reconcile / structuredClone of the cluster at the end`,
      value: perReconcile / cloneMilliseconds(ends),
      unit: 'x',
    },
  ]
}

/** Of one cluster; what is measured has to last for longer than the clock's grain. */
function cloneMilliseconds(clusters: readonly object[]): number {
  const clones = 1000
  const clone = (): void => {
    for (let at = 0; at < clones; at++) structuredClone(clusters[at % clusters.length])
  }
  clone()
  return processorTime(clone) / clones
}

const thousandRuns = 1000
const slowPods: Simulation = {
  apiVersion: 'rollout-engine/v1',
  kind: 'Simulation',
  metadata: { name: 'slow pods' },
  spec: {
    manifests: [rolloutOf({ steps })] as Simulation['spec']['manifests'],
    events: [{ atSeconds: 10, image: 'web:2' }],
    vary: [{ field: 'pods.readyAfterSeconds', exponential: 20 }],
  },
}

/** A thousand canaries of ten steps with pods of different speed, in one thread. */
function sweepHere({ sweepPart }: Shipped['scenario']): Figure[] {
  sweepPart(slowPods, { runs: 50 })
  const milliseconds = processorTime(() => sweepPart(slowPods, { runs: thousandRuns }))
  return [{ name: 'sweep: 1,000 runs in one thread', value: milliseconds, unit: 'ms', most: 6000 }]
}

const tenThousandRuns = 10_000

/**
 * Ten thousand on the command line, by the clock on the wall: how much faster are two worker threads than one? Two
 * virtual processors may be one real one, so that is compared with what two empty loops gain on this machine.
 */
async function sweepInWorkers(program: string): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-sweep-'))
  const file = join(folder, 'slow-pods.yaml')
  writeFileSync(file, JSON.stringify(slowPods))
  const sweep = (workers: number) => ['sweep', file, '--runs', String(tenThousandRuns), '--workers', String(workers)]
  const [one, two] = [await wallSeconds([[program, ...sweep(1)]]), await wallSeconds([[program, ...sweep(2)]])]
  rmSync(folder, { recursive: true, force: true })
  const loop = ['-e', emptyLoop]
  const possible = (2 * (await wallSeconds([loop]))) / (await wallSeconds([loop, loop]))
  return [
    { name: 'sweep: 10,000 runs in one thread, wall clock', value: one, unit: 's' },
    { name: 'sweep: 10,000 runs in two threads, wall clock', value: two, unit: 's' },
    { name: 'sweep: two threads are faster than one', value: one / two, unit: 'x' },
    { name: 'sweep: two empty loops are faster than one after the other', value: possible, unit: 'x' },
    { name: 'sweep: of what two processors give', value: one / two / possible, unit: '', least: 0.8 },
  ]
}

const emptyLoop = 'let x = 0; for (let i = 0; i < 5e8; i++) x = (x * 31 + i) | 0'

/** Of some Node processes beside each other. */
async function wallSeconds(commands: readonly (readonly string[])[]): Promise<number> {
  const before = process.hrtime.bigint()
  await Promise.all(
    commands.map(async (command) => {
      const child = spawn(process.execPath, command, { stdio: 'ignore' })
      const [status] = await once(child, 'exit')
      if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`)
    }),
  )
  return Number(process.hrtime.bigint() - before) / 1e9
}
