import { describe, expect, test } from 'vitest'
import { filesOf, runSimulation, type ScenarioParts, scenario } from '../../src/scenario/index'
import { withLoad } from '../../src/scenario/readSimulation'
import { rate, shop } from './shop'

const plain = shop({ replicas: 4, strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } } })
const story = (parts: ScenarioParts, manifests = [plain]) =>
  scenario('a story', manifests).in({ ...parts, untilSeconds: 600 })
const frames = (parts: ScenarioParts, image?: string): readonly string[] => {
  const begun = story(parts)
  const { simulation } = image === undefined ? begun : begun.at(10, { image })
  const { timeline, issues } = runSimulation(simulation)
  expect(issues).toEqual([])
  return (timeline?.frames ?? []).map(
    ({ atSeconds, phase, replicas, pods }) =>
      `${atSeconds} ${phase} ${replicas} ${pods.map(({ available, wanted }) => `${available}/${wanted}`).join(' ')}`,
  )
}
const problems = (parts: object): readonly string[] =>
  runSimulation(story(parts as ScenarioParts).simulation).issues.map(({ path, message }) => `${path}: ${message}`)

describe('parts of the world in a Simulation', () => {
  test('an autoscaler looks at the load', () => {
    const autoscaler = { requestsPerPod: 10, targetUtilisation: 50, minReplicas: 4, maxReplicas: 10 }
    expect(frames({ load: { requestsPerSecond: 40 }, autoscaler })).toEqual(['0 Healthy 4 4/4', '1 Healthy 8 8/8'])
    const bursts = [{ fromSeconds: 100, untilSeconds: 120, requestsPerSecond: 30 }]
    expect(frames({ load: { points: [{ atSeconds: 0, requestsPerSecond: 20 }], bursts }, autoscaler })).toEqual([
      '0 Healthy 4 4/4',
      '106 Healthy 8 8/8',
      '406 Healthy 4 4/4',
    ])
  })

  test('somebody on call acts once a condition held so long', () => {
    const onCall = [
      { when: 'phase == Paused && availableOf(canary) == 2', afterSeconds: 60, command: 'promote' },
    ] as const
    expect(frames({ onCall }, 'shop:2')).toEqual(['0 Healthy 4 4/4', '10 Paused 4 2/2 2/2', '70 Healthy 4 4/4'])
  })

  test('a schedule and a GitOps controller act at their times', () => {
    const schedule = { deeds: [{ replicas: 6 }, { replicas: 5 }], everySeconds: 100, fromSecond: 50 }
    const sync = { manifests: [plain], everySeconds: 200, fromSecond: 99 }
    expect(frames({ schedule, sync })).toEqual([
      '0 Healthy 4 4/4',
      '50 Healthy 6 6/6',
      '100 Healthy 4 4/4',
      '150 Healthy 5 5/5',
      '300 Healthy 4 4/4',
    ])
  })

  test('pods start, crash and find room as rules say', () => {
    const parts = {
      startUps: [{ image: 'shop:2', readyAfterSeconds: { between: [5, 30] } }],
      crashLoops: [{ image: 'shop:2', afterSeconds: 500 }],
      quotas: [{ pods: 5 }],
      nodes: { count: 2, podsPerNode: 3 },
      seed: 3,
    } as const
    const one = frames(parts, 'shop:2')
    expect(one).toEqual(frames(parts, 'shop:2'))
    expect(one).not.toEqual(frames({ ...parts, seed: 4 }, 'shop:2'))
  })

  test('metrics follow from the load, also with late endpoints', () => {
    const canary = { steps: [{ setWeight: 25 }, { pause: {} }], analysis: { templates: [{ templateName: 'rate' }] } }
    const served = { errorRates: { 'shop:2': 0.5 }, metrics: { 'success-rate': 'successRate' } } as const
    const parts = { load: { daily: { lowest: 10, highest: 20, peakSecond: 0 } }, served, endpoints: { lagSeconds: 3 } }
    const begun = story(parts, [shop({ replicas: 4, strategy: { canary } }), rate])
    const { passed, expectations } = runSimulation(begun.at(10, { image: 'shop:2' }).eventually('aborted').simulation)
    expect([passed, expectations]).toEqual([true, [expect.objectContaining({ holds: true })]])
  })
})

describe('what is wrong with them', () => {
  test('comes with its path', () => {
    expect(problems({ autoscaler: {} })).toEqual(['spec.autoscaler: it looks at the load: add spec.load'])
    expect(problems({ load: {} })).toEqual([
      'spec.load: expected exactly one of requestsPerSecond, daily, points, csv, got none',
    ])
    expect(problems({ load: { csv: 'a.csv' } })).toEqual(['spec.load.csv: a.csv was not read: give its rows as points'])
    expect(problems({ onCall: [{ when: 'aborted', afterSeconds: 5 }] })[0]).toMatch(
      /^spec.onCall\[0\]: expected exactly one/,
    )
    expect(problems({ onCall: [{ when: 'abortd', afterSeconds: 5, command: 'retry' }] })[0]).toMatch(
      /^spec.onCall\[0\].when: .*did you mean aborted/,
    )
    expect(problems({ sync: { manifests: ['none.yaml'], everySeconds: 5 } })[0]).toMatch(/^spec.sync.manifests\[0\]/)
    expect(problems({ startUps: [{ readyAfterSeconds: -1 }] })[0]).toMatch(/^spec.startUps\[0\].readyAfterSeconds/)
    expect(problems({ nodes: { count: 1 } })[0]).toMatch(/^spec.nodes/)
  })
})

test('files of deeds and of syncs are among those that are named, and a load has its rows', () => {
  const { simulation } = scenario('x', ['a.yaml']).in({
    sync: { manifests: ['b.yaml'], everySeconds: 60 },
    onCall: [{ when: 'aborted', afterSeconds: 1, apply: ['c.yaml'] }],
    schedule: { deeds: [{ apply: ['d.yaml'] }], everySeconds: 60 },
    load: { csv: 'load.csv' },
  })
  expect([...filesOf(simulation)].sort()).toEqual(['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'])
  expect(withLoad(simulation, () => 'atSeconds,rps\n0,5\n').simulation.spec.load).toEqual({
    points: [{ atSeconds: 0, requestsPerSecond: 5 }],
  })
  expect(withLoad(simulation, () => undefined).simulation).toBe(simulation)
})
