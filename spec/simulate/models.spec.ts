import { describe, expect, test } from 'vitest'
import { createWorld } from '../../src/simulate/createWorld'
import { autoscaler } from '../../src/simulate/models/autoscaler'
import { gitOpsSync } from '../../src/simulate/models/gitOpsSync'
import type { Model } from '../../src/simulate/models/model'
import { onCall } from '../../src/simulate/models/onCall'
import { servedRequests } from '../../src/simulate/models/servedRequests'
import { burstTraffic, constantTraffic, dailyTraffic, replayedTraffic } from '../../src/simulate/models/traffic'
import { simulate } from '../../src/simulate/simulate'
import type { SimulationInput } from '../../src/simulate/simulation'
import { rate, shop } from '../scenario/shop'

const plain = shop({ strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } } })

const framesOf = (models: readonly Model[], more: Partial<SimulationInput> = {}): readonly string[] =>
  simulate({ manifests: [plain], models, untilSeconds: 900, ...more }).frames.map(
    ({ atSeconds, phase, replicas }) => `${atSeconds} ${phase} ${replicas}`,
  )

describe('an autoscaler', () => {
  const options = { requestsPerPod: 10, targetUtilisation: 50, minReplicas: 4, maxReplicas: 30 }
  const replicasAt = (second: number, more: object, models = {}): number | undefined => {
    const model = autoscaler({ traffic: constantTraffic(50), ...options, ...more })
    const { frames } = simulate({ manifests: [plain], models: [model], untilSeconds: second, ...models })
    return frames.at(-1)?.replicas
  }

  test('wants as many pods as bring the load to its target, within its bounds', () => {
    expect(replicasAt(60, { traffic: constantTraffic(100) })).toBe(20)
    expect(replicasAt(60, { traffic: constantTraffic(1000) })).toBe(30)
    expect(replicasAt(900, { traffic: constantTraffic(1) })).toBe(4)
  })

  test('does nothing within its tolerance', () => {
    expect(replicasAt(60, { traffic: constantTraffic(54) })).toBe(10)
    expect(replicasAt(60, { traffic: constantTraffic(56) })).toBe(12)
  })

  test('scales down only to what it wanted most in the last five minutes', () => {
    const traffic = burstTraffic(constantTraffic(50), { fromSeconds: 30, untilSeconds: 60, requestsPerSecond: 50 })
    expect(replicasAt(300, { traffic })).toBe(20)
    expect(replicasAt(400, { traffic })).toBe(10)
    expect(replicasAt(100, { traffic, behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } })).toBe(10)
  })

  test('adds and takes away so many pods at a time', () => {
    const policies = [{ type: 'Pods', value: 2, periodSeconds: 60 }]
    const behavior = { scaleUp: { policies } }
    const traffic = constantTraffic(100)
    expect([10, 59, 61, 140].map((second) => replicasAt(second, { traffic, behavior }))).toEqual([12, 12, 14, 16])
    const most = { scaleUp: { policies: [...policies, { type: 'Percent', value: 50, periodSeconds: 15 }] } }
    expect([10, 20].map((second) => replicasAt(second, { traffic, behavior: most }))).toEqual([15, 20])
    const least = { scaleUp: { ...most.scaleUp, selectPolicy: 'Min' } }
    expect(replicasAt(10, { traffic, behavior: least })).toBe(12)
    expect(replicasAt(600, { traffic, behavior: { scaleUp: { selectPolicy: 'Disabled' } } })).toBe(10)
  })

  test('without a behaviour at most doubles', () => {
    const two = shop({ replicas: 2, strategy: { canary: {} } })
    const at = (second: number) =>
      replicasAt(second, { traffic: constantTraffic(100), minReplicas: 1 }, { manifests: [two] })
    expect([10, 20, 40, 50].map(at)).toEqual([4, 8, 16, 20])
  })

  test('waits up where it is told to, and counts pods that start as idle', () => {
    const traffic = burstTraffic(constantTraffic(50), { fromSeconds: 30, untilSeconds: 60, requestsPerSecond: 50 })
    const behavior = { scaleUp: { stabilizationWindowSeconds: 60 } }
    expect(replicasAt(300, { traffic, behavior })).toBe(10)
    const slow = { pods: { readyAfterSeconds: 600 } }
    expect(replicasAt(120, { traffic: constantTraffic(100) }, slow)).toBe(10)
  })

  test('reads the HorizontalPodAutoscaler of the manifests, and the one that is applied', () => {
    const hpa = (maxReplicas: number, metric: object) => ({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'shop' },
        minReplicas: 2,
        maxReplicas,
        metrics: [metric],
      },
    })
    const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }
    const perPod = { type: 'External', external: { target: { type: 'AverageValue', averageValue: '2500m' } } }
    const model = autoscaler({ traffic: constantTraffic(100), requestsPerPod: 10 })
    const frames = (metric: object) =>
      simulate({
        manifests: [plain, hpa(16, metric)],
        models: [model],
        events: [{ atSeconds: 100, apply: [hpa(25, metric)] }],
        untilSeconds: 200,
      }).frames.map(({ atSeconds, replicas }) => `${atSeconds}: ${replicas}`)
    expect(frames(cpu)).toEqual(['0: 10', '1: 16', '106: 20'])
    expect(frames(perPod)).toEqual(['0: 10', '1: 16', '106: 25'])
  })

  test('an external metric takes the canary pods for wanted ones (AR#2857)', () => {
    const routed = shop({
      strategy: {
        canary: {
          canaryService: 'shop-canary',
          stableService: 'shop-stable',
          trafficRouting: { nginx: { stableIngress: 'shop' } },
          steps: [{ setWeight: 10 }, { pause: {} }],
        },
      },
    })
    const atEnd = (metric: 'Resource' | 'External'): number | undefined =>
      replicasAt(
        900,
        { metric, traffic: constantTraffic(50) },
        { manifests: [routed], events: [{ atSeconds: 10, image: 'shop:2' }] },
      )
    expect([atEnd('Resource'), atEnd('External')]).toEqual([10, 11])
  })
})

describe('people and controllers', () => {
  test('somebody on call acts so long after, once each time', () => {
    const person = onCall({
      calledWhen: ({ waitsFor }) => waitsFor === 'promote',
      afterSeconds: 120,
      deed: { command: 'promote' },
    })
    const events = [
      { atSeconds: 10, image: 'shop:2' },
      { atSeconds: 200, image: 'shop:3' },
    ] as const
    expect(framesOf([person], { events })).toEqual([
      '0 Healthy 10',
      '10 Paused 10',
      '130 Healthy 10',
      '200 Paused 10',
      '320 Healthy 10',
    ])
  })

  test('nobody comes where it is over before', () => {
    const person = onCall({
      calledWhen: ({ phase }) => phase === 'Paused',
      afterSeconds: 120,
      deed: { command: 'abort' },
    })
    const events = [
      { atSeconds: 10, image: 'shop:2' },
      { atSeconds: 60, command: 'promote' },
    ] as const
    expect(framesOf([person], { events }).at(-1)).toBe('60 Healthy 10')
  })

  test('GitOps takes back what people scaled', () => {
    const sync = gitOpsSync({ manifests: [plain], everySeconds: 180 })
    expect(framesOf([sync], { events: [{ atSeconds: 100, replicas: 20 }] })).toEqual([
      '0 Healthy 10',
      '100 Healthy 20',
      '181 Healthy 10',
    ])
  })
})

describe('metrics that follow from requests', () => {
  const served = (more: object = {}) =>
    servedRequests({
      traffic: constantTraffic(100),
      errorRates: { 'shop:2': 0.5 },
      metrics: { 'success-rate': 'successRate' },
      ...more,
    })
  const story = (models: readonly Model[], more: Partial<SimulationInput> = {}) =>
    simulate({
      manifests: [shop(), rate],
      models,
      events: [{ atSeconds: 10, image: 'shop:2' }],
      untilSeconds: 600,
      ...more,
    })

  test('a bad image fails its share of the requests, and the analysis sees it', () => {
    // 20 % of the requests, half of which fail: 0.9, below 0.95.
    const { frames, objects } = story([served()])
    expect(frames.at(-1)).toMatchObject({ phase: 'Degraded', abort: true })
    const values = Object.values(objects).flatMap(({ kind, status }) =>
      kind === 'AnalysisRun'
        ? (status as { metricResults: { measurements: { value: string }[] }[] }).metricResults
        : [],
    )
    expect(values[0]?.measurements.map(({ value }) => value)).toEqual(['[1]', '[0.9]'])
  })

  test('a good image does not, and a series goes first', () => {
    expect(story([served({ errorRates: {} })]).frames.at(-1)?.abort).toBe(false)
    expect(story([served()], { series: { 'success-rate': [1] } }).frames.at(-1)?.abort).toBe(false)
  })

  test('what pods cannot serve fails, and no requests are no data', () => {
    expect(story([served({ errorRates: {}, requestsPerPod: 5 })]).frames.at(-1)?.abort).toBe(true)
    expect(story([served({ errorRates: {}, requestsPerPod: 50 })]).frames.at(-1)?.abort).toBe(false)
    const { events } = story([served({ traffic: constantTraffic(0) })])
    expect(events.some(({ message }) => /success-rate/.test(message))).toBe(true)
  })
})

test('loads', () => {
  const day = dailyTraffic({ lowest: 10, highest: 30, peakSecond: 0 })
  expect([day(0), day(21_600), day(43_200)].map(Math.round)).toEqual([30, 20, 10])
  const replayed = replayedTraffic([
    { atSeconds: 60, requestsPerSecond: 2 },
    { atSeconds: 10, requestsPerSecond: 1 },
  ])
  expect([9, 10, 59, 60, 600].map(replayed)).toEqual([0, 1, 1, 2, 2])
})

describe('models of one’s own', () => {
  const counting: Model<number> = {
    name: 'counts to three',
    start: 0,
    step: (seen, { frame }) =>
      seen < 3 ? { state: seen + 1, deeds: [{ replicas: frame.replicas + 1 }] } : { state: seen },
  }

  test('act a second after they saw, and remember their state', () => {
    expect(framesOf([counting])).toEqual(['0 Healthy 10', '1 Healthy 11', '2 Healthy 12', '3 Healthy 13'])
  })

  test('a fork of the world is a fork of them', () => {
    const world = createWorld({ manifests: [plain], models: [counting] })
    world.advance(1)
    const other = world.fork()
    expect([world.advance(60).replicas, other.advance(60).replicas]).toEqual([13, 13])
  })

  test('one that acts for ever is cut off', () => {
    const restless: Model<null> = {
      name: 'restless',
      start: null,
      step: (_, { frame }) => ({ state: null, deeds: [{ replicas: frame.replicas === 10 ? 11 : 10 }] }),
    }
    const { issues } = simulate({ manifests: [plain], models: [restless], maxReconciles: 500, untilSeconds: 100_000 })
    expect(issues.map(({ code }) => code)).toContain('too-long')
  })

  test('what is no model is none', () => {
    expect(framesOf([null, {}, { name: 'x' }] as never)).toEqual(['0 Healthy 10'])
  })
})
