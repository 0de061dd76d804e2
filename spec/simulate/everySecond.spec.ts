import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SimulationInput, simulate, type WorldEvent } from '../../src/simulate/index'

// Looking only when something can happen must show exactly what looking every second shows.

const seed = 20_300_101
const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
})
const services = ['web-a', 'web-b'].map(service)

const step = fc.oneof(
  fc.integer({ min: 0, max: 100 }).map((setWeight) => ({ setWeight })),
  fc.constantFrom<object>({ pause: {} }, { pause: { duration: 7 } }, { pause: { duration: '1m' } }),
  fc.integer({ min: 0, max: 3 }).map((replicas) => ({ setCanaryScale: { replicas } })),
)
const canary = fc
  .record({
    steps: fc.array(step, { maxLength: 5 }),
    maxSurge: fc.constantFrom(1, '25%', '100%'),
    routed: fc.boolean(),
  })
  .map(({ steps, maxSurge, routed }) => ({
    canary: {
      steps: routed ? steps : steps.filter((one) => !('setCanaryScale' in one)),
      maxSurge,
      ...(routed && { canaryService: 'web-a', stableService: 'web-b', trafficRouting: { smi: {} } }),
    },
  }))
const blueGreen = fc
  .record({
    autoPromotionSeconds: fc.constantFrom(undefined, 9),
    autoPromotionEnabled: fc.boolean(),
    scaleDownDelaySeconds: fc.constantFrom(0, 5, 30),
    previewReplicaCount: fc.constantFrom(undefined, 1),
  })
  .map((given) => ({ blueGreen: { activeService: 'web-a', previewService: 'web-b', ...given } }))

const act = fc.oneof(
  fc.constantFrom('web:1', 'web:2', 'web:3', 'web:broken').map((image): WorldEvent => ({ image })),
  fc.integer({ min: 0, max: 8 }).map((replicas): WorldEvent => ({ replicas })),
  fc
    .constantFrom('promote', 'promote --full', 'abort', 'retry', 'undo', 'pause', 'resume', 'restart')
    .map((command): WorldEvent => ({ command: command as WorldEvent['command'] })),
)
const event = fc
  .tuple(act, fc.integer({ min: 0, max: 200 }), fc.boolean())
  .map(([what, atSeconds, whenPaused]) => ({ ...what, ...(whenPaused ? { whenPaused } : { atSeconds }) }))

const input = fc
  .record({
    strategy: fc.oneof(canary, blueGreen),
    replicas: fc.integer({ min: 0, max: 6 }),
    minReadySeconds: fc.constantFrom(0, 4),
    progressDeadlineSeconds: fc.constantFrom(30, 600),
    events: fc.array(event, { maxLength: 6 }),
    readyAfterSeconds: fc.constantFrom(0, 3, 20),
    router: fc.constantFrom({}, { verifies: true, lagSeconds: 6 }, { refuses: { fromSeconds: 20, untilSeconds: 90 } }),
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

describe('jumping from event to event', () => {
  test('gives the frames and events of looking every second', () => {
    fc.assert(
      fc.property(input, (given) => {
        const jumping = simulate(given)
        const patient = simulate({ ...given, everySecond: true })
        expect(jumping.frames).toEqual(patient.frames)
        expect(jumping.events).toEqual(patient.events)
        expect(jumping.issues).toEqual(patient.issues)
      }),
      { seed, numRuns: 150, verbose: 1 },
    )
  }, 600_000)
})
