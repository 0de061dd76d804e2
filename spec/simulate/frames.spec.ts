import { describe, expect, test } from 'vitest'
import { blockerText } from '../../src/index'
import { nodes, quota, recordedFrame, type SimulationInput, simulate } from '../../src/simulate/index'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const rolloutOf = (strategy: object) => ({
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy, template },
})
const provider = { prometheus: { address: 'http://prometheus.example', query: 'up' } }
const rate = {
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: { metrics: [{ name: 'rate', interval: '10s', count: 3, provider }] },
}
const analysis = { templates: [{ templateName: 'rate' }] }
const routed = { stableService: 'web', canaryService: 'web-canary', trafficRouting: { smi: {} } }
const story = (strategy: object, input: Partial<SimulationInput> = {}) =>
  simulate({
    manifests: [rolloutOf(strategy), rate],
    events: [{ atSeconds: 10, image: 'web:2' }],
    pods: { readyAfterSeconds: 5 },
    untilSeconds: 300,
    ...input,
  }).frames

describe('a frame says of each AnalysisRun', () => {
  test('its revision, its step, who started it, and its phase', () => {
    const canary = { analysis, steps: [{ setWeight: 25 }, { pause: { duration: 20 } }, { analysis }] }
    const seen = story({ canary }).flatMap(({ runs }) => runs)
    const known = new Set(seen.map(({ name, ...run }) => JSON.stringify(run)))
    expect([...known]).toEqual([
      '{"revision":2,"step":null,"kind":"background","phase":"Running"}',
      '{"revision":2,"step":null,"kind":"background","phase":"Successful"}',
      '{"revision":2,"step":2,"kind":"step","phase":"Running"}',
      '{"revision":2,"step":2,"kind":"step","phase":"Successful"}',
    ])
  })

  test('that an Experiment started it, with the step and revision of the Experiment', () => {
    const experiment = {
      templates: [{ name: 'trial', specRef: 'canary' }],
      analyses: [{ name: 'check', templateName: 'rate', requiredForCompletion: true }],
    }
    const frames = story({ canary: { steps: [{ setWeight: 25 }, { experiment }] } })
    const kinds = new Set(
      frames.flatMap(({ runs }) => runs.map(({ kind, step, revision }) => [kind, step, revision].join())),
    )
    expect([...kinds]).toEqual(['experiment,1,2'])
  })

  test('whether it came before or after a blue-green promotion', () => {
    const blueGreen = { activeService: 'web', prePromotionAnalysis: analysis, postPromotionAnalysis: analysis }
    const frames = story({ blueGreen })
    const kinds = new Set(frames.flatMap(({ runs }) => runs.map(({ kind }) => kind)))
    expect([...kinds].sort()).toEqual(['postPromotion', 'prePromotion'])
    const last = frames.at(-1)!
    expect(recordedFrame(last).runs).toEqual(Object.fromEntries(last.runs.map(({ name, phase }) => [name, phase])))
  })
})

describe('a frame says what the Rollout waits for', () => {
  test('pods, a person, time', () => {
    const steps = [{ setWeight: 25 }, { pause: {} }, { setWeight: 50 }, { pause: { duration: 60 } }]
    const events = [
      { atSeconds: 10, image: 'web:2' },
      { atSeconds: 100, command: 'promote' },
    ] as const
    const waits = story({ canary: { steps } }, { events }).map(({ atSeconds, blockers }) => [
      atSeconds,
      ...blockers.map((blocker) => blockerText(blocker).waitsFor.replace(/web-\w+/, 'web-x')),
    ])
    expect(waits).toEqual([
      [0, 'ReplicaSet web-x: 0 of 4 pods available'],
      [5],
      [10, 'ReplicaSet web-x: 0 of 1 pods available'],
      [15, 'CanaryPauseStep: a person to promote'],
      [100, 'ReplicaSet web-x: 1 of 2 pods available'],
      [105, 'CanaryPauseStep: 60 s to pass'],
      [165, 'ReplicaSet web-x: 2 of 4 pods available'],
      [170],
    ])
  })

  test('a router that has to confirm the weight; before and after, what it said of it', () => {
    const canary = { ...routed, steps: [{ setWeight: 25 }, { pause: { duration: 60 } }] }
    const frames = story({ canary }, { router: { verifies: true, lagSeconds: 20 } })
    const seen = frames
      .filter(({ atSeconds }) => atSeconds >= 10 && atSeconds < 90)
      .map(({ atSeconds, weight, effectiveWeight, verifiedWeight, blockers }) => {
        return [atSeconds, weight, effectiveWeight, verifiedWeight, blockers.map(({ code }) => code).join()].join(' ')
      })
    expect(seen).toEqual(['10 0 0 0 pods', '15 25 0 0 weight', '35 25 25 25 pause'])
    expect(story({ canary }).every(({ verifiedWeight }) => verifiedWeight === null)).toBe(true)
  })
})

test('a frame says which header and mirror routes the router has', () => {
  const match = [{ headerName: 'X-Test', headerValue: { exact: 'yes' } }]
  const canary = {
    stableService: 'web',
    canaryService: 'web-canary',
    trafficRouting: {
      managedRoutes: [{ name: 'testers' }, { name: 'copies' }],
      istio: { virtualService: { name: 'web', routes: ['primary'] } },
    },
    steps: [
      { setCanaryScale: { replicas: 1 } },
      { setHeaderRoute: { name: 'testers', match } },
      { pause: { duration: 20 } },
      { setMirrorRoute: { name: 'copies', percentage: 20, match: [{ method: { exact: 'GET' } }] } },
      { pause: { duration: 20 } },
      { setMirrorRoute: { name: 'copies' } },
      { pause: { duration: 20 } },
    ],
  }
  const routes = story({ canary }).map(({ atSeconds, routes }) => [atSeconds, ...routes])
  const testers = { name: 'testers', kind: 'header' }
  expect(routes).toEqual([
    [0],
    [5],
    [10],
    [15, testers],
    [35, testers, { name: 'copies', kind: 'mirror', percentage: 20 }],
    [55, testers],
    [75, testers],
    [80],
    [110],
  ])
})

test('a frame says for how many pods there is room, and a new frame begins when that changes', () => {
  const models = [
    quota({ pods: 5, untilSeconds: 100 }),
    nodes({ count: 3, podsPerNode: 2, losses: [{ atSeconds: 50, count: 1 }] }),
  ] as never
  const frames = story({ canary: {} }, { models, events: [] })
  expect(frames.map(({ atSeconds, room }) => [atSeconds, room])).toEqual([
    [0, { pods: 5, running: 6 }],
    [5, { pods: 5, running: 6 }],
    [50, { pods: 5, running: 4 }],
    [90, { pods: 5, running: 4 }],
    [100, { running: 4 }],
  ])
  expect(story({ canary: {} }).every(({ room }) => room === null)).toBe(true)
})
