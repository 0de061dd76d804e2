import { describe, expect, test } from 'vitest'
import type { ControllerVersion } from '../../src/model/controllerVersion'
import {
  type Frame,
  type Series,
  type SimulatedCommand,
  type SimulationInput,
  simulate,
  type WorldEvent,
} from '../../src/simulate/index'
import { fc } from '../properties/fc'

// Looking only when something can happen must show exactly what looking every second shows.

const seed = 20_300_101
const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
})
const services = ['web-a', 'web-b'].map(service)

const duration = fc.constantFrom('15s', '40s')
const analysis = { templates: [{ templateName: 'rate' }] }
const analysisStep = fc.oneof(
  fc.constant({ analysis }),
  fc
    .record({
      duration: fc.oneof(duration, fc.constant(undefined)),
      analyses: fc.constantFrom(undefined, [{ name: 'check', templateName: 'rate', requiredForCompletion: true }]),
      templates: fc.constantFrom(
        [{ name: 'trial', specRef: 'canary', replicas: 2 }],
        [
          { name: 'baseline', specRef: 'stable', weight: 5 },
          { name: 'trial', specRef: 'canary', weight: 5 },
        ],
      ),
    })
    .filter((experiment) => experiment.duration !== undefined || experiment.analyses !== undefined)
    .map((experiment) => ({ experiment })),
)
const plainStep = fc.oneof(
  fc.integer({ min: 0, max: 100 }).map((setWeight) => ({ setWeight })),
  fc.constantFrom<object>({ pause: {} }, { pause: { duration: 7 } }, { pause: { duration: '1m' } }),
  fc.integer({ min: 0, max: 3 }).map((replicas) => ({ setCanaryScale: { replicas } })),
)
const canaryOf = (step: fc.Arbitrary<object>, background: fc.Arbitrary<object>) =>
  fc
    .record({
      steps: fc.array(step, { maxLength: 5 }),
      maxSurge: fc.constantFrom(1, '25%', '100%'),
      routed: fc.boolean(),
      background,
    })
    .map(({ steps, maxSurge, routed, background }) => ({
      canary: {
        steps: routed ? steps : steps.filter((one) => !('setCanaryScale' in one)),
        maxSurge,
        ...background,
        ...(routed && { canaryService: 'web-a', stableService: 'web-b', trafficRouting: { smi: {} } }),
      },
    }))
const blueGreenOf = (analyses: fc.Arbitrary<object>) =>
  fc
    .record({
      autoPromotionSeconds: fc.constantFrom(undefined, 9),
      autoPromotionEnabled: fc.boolean(),
      scaleDownDelaySeconds: fc.constantFrom(0, 5, 30),
      previewReplicaCount: fc.constantFrom(undefined, 1),
      analyses,
    })
    .map(({ analyses, ...given }) => ({
      blueGreen: { activeService: 'web-a', previewService: 'web-b', ...given, ...analyses },
    }))
const nothing = fc.constant({})
const plainStrategy = fc.oneof(canaryOf(plainStep, nothing), blueGreenOf(nothing))
const analysedStrategy = fc.oneof(
  canaryOf(
    fc.oneof(plainStep, analysisStep),
    fc.constantFrom({}, { analysis }, { analysis: { ...analysis, startingStep: 1 } }),
  ),
  blueGreenOf(
    fc.constantFrom(
      { prePromotionAnalysis: analysis },
      { postPromotionAnalysis: analysis },
      { prePromotionAnalysis: analysis, postPromotionAnalysis: analysis },
    ),
  ),
)

const metric = fc.record({
  interval: fc.constantFrom(undefined, '10s', '25s'),
  initialDelay: fc.constantFrom(undefined, '12s'),
  count: fc.constantFrom(1, 3, 12),
  failureLimit: fc.constantFrom(undefined, 1),
  inconclusiveLimit: fc.constantFrom(undefined, 2),
})
const templateOf = (metrics: readonly object[]) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: {
    metrics: metrics.map((one, index) => ({
      name: `m${index}`,
      provider: { prometheus: { address: 'http://prometheus.example', query: 'up' } },
      ...one,
    })),
  },
})
const phases = fc.oneof(
  fc.array(fc.constantFrom('Successful', 'Successful', 'Successful', 'Failed', 'Error', 'Inconclusive'), {
    minLength: 1,
    maxLength: 6,
  }),
  fc.constantFrom(['Inconclusive'], ['Error'], ['Successful']),
)
/** A run that nobody made: it is over, and has a time to live. */
const oldRun = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisRun',
  metadata: { name: 'old', namespace: 'shop' },
  spec: { metrics: [], ttlStrategy: { secondsAfterCompletion: 33 } },
  status: { phase: 'Successful', completedAt: '2030-01-01T00:00:00Z' },
}
const measured = fc
  .record({ metrics: fc.array(metric, { minLength: 1, maxLength: 2 }), m0: phases, m1: phases })
  .map(({ metrics, m0, m1 }) => {
    const series: Series = metrics.length > 1 ? { m0, m1 } : { m0 }
    return { manifests: [templateOf(metrics), oldRun], series }
  })

/** Without restarts: with them too few Experiments come to each of their phases. */
const commands: readonly SimulatedCommand[] = [
  'promote',
  'promote --full',
  'abort',
  'retry',
  'undo',
  'pause',
  'resume',
  'resume',
]
const actWith = (all: readonly SimulatedCommand[]) =>
  fc.oneof(
    fc.constantFrom('web:1', 'web:2', 'web:3', 'web:broken').map((image): WorldEvent => ({ image })),
    fc.integer({ min: 0, max: 8 }).map((replicas): WorldEvent => ({ replicas })),
    fc.constantFrom<SimulatedCommand>(...all).map((command): WorldEvent => ({ command })),
  )
const eventWith = (all: readonly SimulatedCommand[]) =>
  fc
    .tuple(actWith(all), fc.integer({ min: 0, max: 200 }), fc.boolean())
    .map(([what, atSeconds, whenPaused]) => ({ ...what, ...(whenPaused ? { whenPaused } : { atSeconds }) }))

const inputWith = (strategy: fc.Arbitrary<object>, all: readonly SimulatedCommand[]) =>
  fc
    .record({
      strategy,
      replicas: fc.integer({ min: 0, max: 6 }),
      minReadySeconds: fc.constantFrom(0, 4),
      progressDeadlineSeconds: fc.constantFrom(30, 600),
      events: fc.array(eventWith(all), { maxLength: 6 }),
      readyAfterSeconds: fc.constantFrom(0, 3, 20),
      router: fc.constantFrom(
        {},
        { verifies: true, lagSeconds: 6 },
        { refuses: { fromSeconds: 20, untilSeconds: 90 } },
      ),
    })
    .map(({ strategy, replicas, minReadySeconds, progressDeadlineSeconds, events, readyAfterSeconds, router }) => {
      const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
      const selector = { matchLabels: { app: 'web' } }
      const spec = { replicas, minReadySeconds, progressDeadlineSeconds, selector, strategy, template }
      const rollout = {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        metadata: { name: 'web', namespace: 'shop' },
        spec,
      }
      return {
        manifests: [JSON.parse(JSON.stringify(rollout)), ...services],
        events,
        router,
        pods: { readyAfterSeconds, neverReadyImages: ['web:broken'], failAfterSeconds: { 'web:3': 40 } },
        untilSeconds: 300,
      } satisfies SimulationInput
    })

/** With either clock. */
const expectTheSame = (given: SimulationInput): readonly Frame[] =>
  [false, true].flatMap((wholeSeconds) => expectTheSameFrames({ ...given, wholeSeconds }))

function expectTheSameFrames(given: SimulationInput): readonly Frame[] {
  const jumping = simulate(given)
  const patient = simulate({ ...given, everySecond: true })
  expect(jumping.frames).toEqual(patient.frames)
  expect(jumping.events).toEqual(patient.events)
  expect(jumping.issues).toEqual(patient.issues)
  return jumping.frames
}

describe('jumping from event to event', () => {
  test('gives the frames and events of looking every second', () => {
    fc.assert(
      fc.property(inputWith(plainStrategy, [...commands, 'restart']), (given) => {
        expectTheSame(given)
      }),
      { seed, numRuns: 80, verbose: 1 },
    )
  }, 600_000)

  test('gives the same where restarts meet Experiments and AnalysisRuns', () => {
    let restarts = 0
    fc.assert(
      fc.property(
        inputWith(analysedStrategy, [...commands, 'restart', 'restart']),
        measured,
        (given, { manifests, series }) => {
          const frames = expectTheSame({ ...given, manifests: [...given.manifests, ...manifests], series })
          restarts += frames.filter(({ message }) => message === 'rollout is restarting').length
        },
      ),
      { seed, numRuns: 40, verbose: 1 },
    )
    expect(restarts).toBeGreaterThan(2)
  }, 600_000)

  test('gives the same where Experiments and AnalysisRuns go on as well', () => {
    const phasesSeen = { runs: new Set<string>(), experiments: new Set<string>() }
    fc.assert(
      fc.property(inputWith(analysedStrategy, commands), measured, (given, { manifests, series }) => {
        for (const frame of expectTheSame({ ...given, manifests: [...given.manifests, ...manifests], series })) {
          for (const { phase } of frame.runs) phasesSeen.runs.add(phase)
          for (const { phase } of Object.values(frame.experiments)) phasesSeen.experiments.add(phase ?? '')
        }
      }),
      { seed, numRuns: 120, verbose: 1 },
    )
    expect([...phasesSeen.runs].sort()).toEqual(['Error', 'Failed', 'Inconclusive', 'Running', 'Successful'])
    expect([...phasesSeen.experiments].sort()).toEqual(['Error', 'Failed', 'Pending', 'Running', 'Successful'])
  }, 600_000)
})

test('a restart judges pods by its own clock, in the second in which they become available', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
  const strategy = { blueGreen: { activeService: 'web-a' } }
  const spec = { replicas: 4, minReadySeconds: 4, progressDeadlineSeconds: 30, strategy, template }
  const rollout = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { ...spec, selector: { matchLabels: { app: 'web' } } },
  }
  const frames = expectTheSame({
    manifests: [rollout, ...services],
    events: [{ atSeconds: 20, command: 'restart' }],
    pods: { readyAfterSeconds: 3 },
    untilSeconds: 100,
  })
  expect(frames.some(({ message }) => message === 'rollout is restarting')).toBe(true)
})

test('v1.7 aborts a paused update on its deadline, and asks for no look then: the simulation looks', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
  const strategy = { canary: { steps: [{ setWeight: 50 }], analysis: { templates: [{ templateName: 'rate' }] } } }
  const deadline = { progressDeadlineSeconds: 60, progressDeadlineAbort: true }
  const rollout = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy, template, ...deadline },
  }
  const metrics = [{ name: 'rate', interval: '10s', provider: { prometheus: { address: 'http://p', query: 'q' } } }]
  const rate = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: 'rate', namespace: 'shop' },
    spec: { metrics },
  }
  const input: SimulationInput = {
    manifests: [rollout, rate],
    series: { rate: ['Inconclusive'] },
    events: [
      { atSeconds: 20, image: 'web:2' },
      { atSeconds: 40, command: 'promote' },
    ],
    untilSeconds: 150,
  }
  const abortsAt = (controller: ControllerVersion): number | undefined =>
    expectTheSame({ ...input, options: { controller } }).find(({ abort }) => abort)?.atSeconds
  expect(abortsAt('v1.7')).toBe(100)
  expect(abortsAt('v1.8')).toBe(undefined)
})
