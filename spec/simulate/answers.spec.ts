import { describe, expect, it } from 'vitest'
import { answersOf, quota, type SimulationInput, secondsLeft, simulate } from '../../src/simulate/index'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const steps = [{ setWeight: 25 }, { pause: {} }, { setWeight: 50 }, { pause: { duration: 40 } }]
const routed = { stableService: 'web', canaryService: 'web-canary', trafficRouting: { smi: {} } }
const manifestsOf = (strategy: object, metrics: readonly object[] = []) => [
  {
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy, template },
  },
  { kind: 'AnalysisTemplate', metadata: { name: 'rate', namespace: 'shop' }, spec: { metrics } },
]
const ask = (strategy: object, input: Partial<SimulationInput>, metrics: readonly object[] = []) =>
  answersOf(
    simulate({
      manifests: manifestsOf(strategy, metrics),
      pods: { readyAfterSeconds: 5 },
      untilSeconds: 300,
      ...input,
    }),
  )

describe('the answers', () => {
  it('say how long each phase and pause took, and what was asked of whom', () => {
    const events = [
      { atSeconds: 10, image: 'web:2' },
      { atSeconds: 75, command: 'promote' },
    ] as const
    const { pauses, secondsByPhase, phases, updates } = ask({ canary: { steps } }, { events })
    expect(pauses).toEqual([
      {
        stepIndex: 1,
        message: 'CanaryPauseStep',
        waitsFor: 'promote',
        fromSeconds: 15,
        untilSeconds: 75,
        isOpen: false,
      },
      { stepIndex: 3, message: 'CanaryPauseStep', waitsFor: null, fromSeconds: 80, untilSeconds: 120, isOpen: false },
    ])
    expect(secondsByPhase).toEqual({ Progressing: 20, Healthy: 180, Paused: 100 })
    expect(phases.at(-1)).toMatchObject({ phase: 'Healthy', isOpen: true, untilSeconds: 300 })
    expect(updates).toMatchObject([{ revision: '2', fromSeconds: 10, untilSeconds: 125, end: 'promoted' }])
    expect(secondsLeft(updates, 100)).toBe(25)
    expect(secondsLeft(updates, 200)).toBeUndefined()
  })

  it('count a pause that nobody ends as open', () => {
    const { pauses, updates } = ask({ canary: { steps } }, { events: [{ atSeconds: 10, image: 'web:2' }] })
    expect(pauses).toMatchObject([{ fromSeconds: 15, untilSeconds: 300, isOpen: true, waitsFor: 'promote' }])
    expect(updates).toMatchObject([{ end: 'open', untilSeconds: 300 }])
    expect(secondsLeft(updates, 100)).toBeUndefined()
  })

  it('tell the most pods and the fewest that were available', () => {
    const events = [{ atSeconds: 10, image: 'web:2' }]
    const blueGreen = ask({ blueGreen: { activeService: 'web' } }, { events })
    expect(blueGreen.peakPods).toEqual({ pods: 8, atSeconds: 10 })
    expect(blueGreen.lowestAvailability).toEqual({ available: 4, replicas: 4, atSeconds: 5 })
    const canary = ask({ canary: { steps: [{ setWeight: 50 }], maxSurge: 0, maxUnavailable: 1 } }, { events })
    expect(canary.peakPods).toEqual({ pods: 4, atSeconds: 0 })
    expect(canary.lowestAvailability).toEqual({ available: 3, replicas: 4, atSeconds: 10 })
  })

  it('tell no availability where the first install never came up', () => {
    expect(ask({ canary: {} }, { pods: { neverReadyImages: ['web:1'] } }).lowestAvailability).toBeUndefined()
  })

  it('measure exposure by the weight of the router', () => {
    const canary = { ...routed, steps: [{ setWeight: 20 }, { pause: { duration: 60 } }] }
    const [update] = ask({ canary }, { events: [{ atSeconds: 10, image: 'web:2' }] }).updates
    // A fifth for the minute of the pause, and for the 5 s that the other pods take: then it is promoted.
    expect(update?.exposureSeconds).toBeCloseTo(0.2 * 65, 5)
    expect(update).not.toHaveProperty('detectedAtSeconds')
  })

  it('say when something wrong was seen, how much was exposed until then, and when it was back', () => {
    const metric = { name: 'rate', interval: '10s', count: 5, failureLimit: 0, provider: { job: { spec: {} } } }
    const canary = {
      ...routed,
      steps: [{ setWeight: 20 }, { pause: { duration: 120 } }],
      analysis: { templates: [{ templateName: 'rate' }] },
    }
    const series = { rate: ['Successful', 'Successful', 'Failed'] } as const
    const [update] = ask({ canary }, { events: [{ atSeconds: 10, image: 'web:2' }], series }, [metric]).updates
    expect(update).toMatchObject({ end: 'aborted', detectedAtSeconds: expect.any(Number) })
    const { detectedAtSeconds = 0, rolledBackAtSeconds = 0, exposureBeforeDetectionSeconds = 0 } = update ?? {}
    expect(detectedAtSeconds).toBeGreaterThanOrEqual(30)
    expect(rolledBackAtSeconds).toBeGreaterThanOrEqual(detectedAtSeconds)
    expect(exposureBeforeDetectionSeconds).toBeCloseTo(0.2 * (detectedAtSeconds - 15), 5)
  })

  it('follow blue-green by its active Service', () => {
    const blueGreen = { activeService: 'web', previewService: 'web-preview', autoPromotionEnabled: false }
    const events = [
      { atSeconds: 10, image: 'web:2' },
      { whenPaused: true, command: 'promote' },
    ] as const
    const { updates, pauses } = ask({ blueGreen }, { events })
    expect(updates).toMatchObject([{ revision: '2', end: 'promoted' }])
    expect(pauses).toMatchObject([{ waitsFor: 'promote', stepIndex: null }])
  })

  it('tell of an update that another one replaced', () => {
    const events = [
      { atSeconds: 10, image: 'web:2' },
      { atSeconds: 60, image: 'web:3' },
    ]
    const { updates } = ask({ canary: { steps } }, { events })
    expect(updates).toMatchObject([
      { revision: '2', end: 'replaced', untilSeconds: 60 },
      { revision: '3', end: 'open' },
    ])
  })

  it('tell of an update that was taken back', () => {
    const events = [
      { atSeconds: 10, image: 'web:2' },
      { atSeconds: 60, command: 'undo' },
      { atSeconds: 200, image: 'web:2' },
    ] as const
    const { updates } = ask({ canary: { steps } }, { events })
    expect(updates).toMatchObject([
      { revision: '2', end: 'replaced', fromSeconds: 10, untilSeconds: 60, exposureSeconds: 11.25 },
      { revision: '4', end: 'open', fromSeconds: 200 },
    ])
    const preview = { activeService: 'web', previewService: 'web-preview', autoPromotionEnabled: false }
    expect(ask({ blueGreen: preview }, { events: events.slice(0, 2) }).updates).toMatchObject([
      { revision: '2', end: 'replaced', untilSeconds: 60 },
    ])
    expect(ask({ blueGreen: { activeService: 'web', autoPromotionEnabled: false } }, { events }).updates).toMatchObject(
      [
        { revision: '2', end: 'replaced', untilSeconds: 60 },
        { revision: '4', end: 'open', fromSeconds: 200 },
      ],
    )
  })

  it('hold the most pods against a quota', () => {
    const events = [{ atSeconds: 10, image: 'web:2' }]
    const under = (pods: number) =>
      ask({ blueGreen: { activeService: 'web' } }, { events, models: [quota({ pods })] as never })
    expect(under(5)).toMatchObject({
      peakPods: { pods: 8, atSeconds: 10 },
      quota: { pods: 5, atSeconds: 0, missing: 3, missingAtSeconds: 10, missingSeconds: 290 },
    })
    expect(under(8).quota).toEqual({ pods: 8, atSeconds: 0, missing: 0, missingSeconds: 0 })
    expect(under(8)).not.toHaveProperty('nodes')
  })

  it('know a blue-green update without a preview Service', () => {
    const blueGreen = { activeService: 'web-active', autoPromotionEnabled: true }
    const { updates } = ask({ blueGreen }, { events: [{ atSeconds: 10, image: 'web:2' }] })
    expect(updates).toMatchObject([{ revision: '2', fromSeconds: 10, end: 'promoted', untilSeconds: 15 }])
  })
})
