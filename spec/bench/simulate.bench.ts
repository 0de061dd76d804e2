import type { KubeObject } from '../../src/model/meta'
import type { SimulationInput } from '../../src/simulate/index'
import { readCases, vectorsFolder } from '../conformance/vectors'
import type { Figure } from './bench'
import { type Shipped, withShipped } from './shipped'

/** What a simulated canary costs: one of ten steps, and the recorded stories of every kind. */
export async function bench(): Promise<readonly Figure[]> {
  const kinds = ['canary-basic', 'canary-routed', 'blue-green', 'analysis']
  return withShipped(({ simulation }) =>
    [
      measure(simulation, 'a canary of ten steps', [tenSteps]),
      ...kinds.map((tag) => measure(simulation, `recorded stories, ${tag}`, recorded(tag))),
    ].flat(),
  )
}

const steps = [20, 40, 60, 80, 100].flatMap((setWeight) => [{ setWeight }, { pause: { duration: 60 } }])
const tenSteps: SimulationInput = {
  manifests: [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        replicas: 10,
        selector: { matchLabels: { app: 'web' } },
        strategy: { canary: { steps } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
      },
    } as KubeObject,
  ],
  events: [{ atSeconds: 10, image: 'web:2' }],
  pods: { readyAfterSeconds: 3 },
}

const recorded = (tag: string): readonly SimulationInput[] =>
  readCases(vectorsFolder, 'simulation')
    .filter(({ tags }) => tags.includes(tag))
    .map(({ given }) => ({
      manifests: given.manifests,
      name: given.rollout ?? given.name,
      events: given.events,
      untilSeconds: given.untilSeconds,
      series: given.series,
      pods: { readyAfterSeconds: given.readyAfterSeconds, neverReadyImages: given.neverReadyImages },
    }))

const warmUps = 150
const runs = 20

/** Processor time, so that what else the machine does counts as little as possible. */
function measure({ simulate }: Shipped['simulation'], name: string, inputs: readonly SimulationInput[]): Figure[] {
  // As in a property test: the compiler has seen everything.
  for (let run = 0; run < warmUps / inputs.length; run++) for (const input of inputs) simulate(input)
  const before = process.cpuUsage()
  let reconciles = 0
  for (let run = 0; run < runs; run++) for (const input of inputs) reconciles += simulate(input).reconciles
  const { user, system } = process.cpuUsage(before)
  const milliseconds = (user + system) / 1000 / runs / inputs.length
  return [
    { name: `simulate: ${name}`, value: milliseconds, unit: 'ms' },
    { name: `simulate: ${name}, reconciles`, value: reconciles / runs / inputs.length, unit: '' },
  ]
}
