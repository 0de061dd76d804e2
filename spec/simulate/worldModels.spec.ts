import { describe, expect, test } from 'vitest'
import {
  constantTraffic,
  crashLoop,
  endpoints,
  type Model,
  nodes,
  quota,
  type SimulationInput,
  schedule,
  servedRequests,
  simulate,
  slowLeak,
  startUp,
  trafficOfCsv,
} from '../../src/simulate/index'
import { fc } from '../properties/fc'
import { rate, shop } from '../scenario/shop'

const shopOf = (replicas: number, strategy: object = { canary: {} }) => shop({ replicas, strategy })

/** `second: available/wanted of each revision`. */
const podsOver = (input: Partial<SimulationInput> & Pick<SimulationInput, 'models'>, replicas = 4): readonly string[] =>
  simulate({ manifests: [shopOf(replicas)], untilSeconds: 590, ...input })
    .frames.map(({ atSeconds, pods }) => ({
      atSeconds,
      counts: pods.map(({ available, wanted }) => `${available}/${wanted}`).join(' '),
    }))
    // A frame may begin because the room for pods changed.
    .filter(({ counts }, index, all) => counts !== all[index - 1]?.counts)
    .map(({ atSeconds, counts }) => `${atSeconds}: ${counts}`)

describe('start-up times', () => {
  test('are drawn for each pod by seed and number', () => {
    const between = (seed: number) =>
      podsOver({ models: [startUp({ readyAfterSeconds: { between: [10, 60] }, seed })] })
    expect(between(7)).toEqual(between(7))
    expect(between(7)).not.toEqual(between(8))
    for (const line of between(7).slice(1)) {
      expect(Number.parseInt(line, 10)).toBeGreaterThanOrEqual(10)
      expect(Number.parseInt(line, 10)).toBeLessThanOrEqual(60)
    }
    expect(between(7).at(-1)).toMatch(/4\/4$/)
  })

  test('are those of an image or of a time; the first rule that speaks of a pod has its way', () => {
    const models = [
      startUp({ readyAfterSeconds: 100, fromSeconds: 200 }),
      startUp({ readyAfterSeconds: 30, image: 'shop:2' }),
    ]
    const events = [
      { atSeconds: 100, image: 'shop:2' },
      { atSeconds: 300, image: 'shop:1' },
    ] as const
    const manifests = [shopOf(1, { canary: { maxSurge: 1, maxUnavailable: 0 } })]
    expect(podsOver({ manifests, models, events }, 1)).toEqual([
      '0: 1/1',
      '100: 1/1 0/1',
      '130: 1/1',
      '300: 1/1 0/1',
      '400: 1/1',
    ])
  })

  test('of a large ReplicaSet cost few groups', () => {
    const lines = podsOver({ models: [startUp({ readyAfterSeconds: { between: [1, 500] } })] }, 100_000)
    expect(lines.length).toBeLessThanOrEqual(51)
    expect(lines.at(-1)).toMatch(/100000\/100000$/)
  })

  test('do not make ready what never becomes it', () => {
    const pods = { neverReadyImages: ['shop:1'] }
    expect(podsOver({ models: [startUp({ readyAfterSeconds: 5 })], pods }, 1)).toEqual(['0: 0/1'])
  })
})

describe('containers that end', () => {
  test('in a crash loop wait 0, 10, 20 ... 300 seconds', () => {
    const models = [crashLoop({ afterSeconds: 10 })]
    const ready = podsOver({ models, untilSeconds: 2200 }, 1)
      .filter((line) => line.endsWith('1/1'))
      .map((line) => Number.parseInt(line, 10))
    // Runs of ten seconds; the first restart follows at once, so nobody sees it.
    expect(ready).toEqual([0, 30, 60, 110, 200, 370, 680, 990, 1300, 1610, 1920])
  })

  test('after long runs are started again at once', () => {
    const leak = slowLeak({ startMegabytes: 100, megabytesPerHour: 300, limitMegabytes: 400 })
    expect(podsOver({ models: [leak], pods: { readyAfterSeconds: 20 }, untilSeconds: 8000 }, 1)).toEqual([
      '0: 0/1',
      '20: 1/1',
      '3620: 0/1',
      '3640: 1/1',
      '7240: 0/1',
      '7260: 1/1',
    ])
  })

  test('of pods that were there before end too', () => {
    const live = simulate({ manifests: [shopOf(1)], untilSeconds: 10 })
    const manifests = Object.values(live.objects)
    const frames = podsOver({ manifests, models: [crashLoop({ afterSeconds: 700 })], untilSeconds: 1000 }, 1)
    expect(frames).toEqual(['0: 1/1'])
    const slow = podsOver(
      { manifests, models: [crashLoop({ afterSeconds: 700 })], pods: { readyAfterSeconds: 9 }, untilSeconds: 1000 },
      1,
    )
    expect(slow.map((line) => line.replace(/^\d+/, ''))).toEqual([': 1/1', ': 0/1', ': 1/1'])
  })
})

describe('room', () => {
  test('a quota lets no more pods be made, and a rolling update within it goes on', () => {
    const manifests = [shopOf(4, { canary: { maxSurge: 2, maxUnavailable: 0 } })]
    const events = [{ atSeconds: 10, image: 'shop:2' }] as const
    const stuck = podsOver({ manifests, events, models: [quota({ pods: 4 })] })
    expect(stuck).toEqual(['0: 4/4', '10: 4/4 0/2'])
    const lifted = podsOver({ manifests, events, models: [quota({ pods: 4, untilSeconds: 300 })] })
    expect(lifted).toEqual(['0: 4/4', '10: 4/4 0/2', '300: 4/4'])
  })

  test('pods without a node wait, and start when there is one', () => {
    const models = [nodes({ count: 1, podsPerNode: 3 })]
    const events = [{ atSeconds: 60, replicas: 2 }] as const
    expect(podsOver({ models, pods: { readyAfterSeconds: 5 } })).toEqual(['0: 0/4', '5: 3/4'])
    expect(podsOver({ models, pods: { readyAfterSeconds: 5 }, events }).at(-1)).toBe('60: 2/2')
  })

  test('a lost node takes its pods along: unready after 40 s, replaced after 340', () => {
    const losses = [{ atSeconds: 60, count: 1, replacedAfterSeconds: 500 }]
    const pods = { readyAfterSeconds: 5 }
    const roomy = podsOver({ models: [nodes({ count: 3, podsPerNode: 3, losses })], pods }, 6)
    expect(roomy).toEqual(['0: 0/6', '5: 6/6', '100: 4/6', '405: 6/6'])
    const full = podsOver({ models: [nodes({ count: 3, podsPerNode: 2, losses })], pods }, 6)
    expect(full).toEqual(['0: 0/6', '5: 6/6', '100: 4/6', '565: 6/6'])
  })

  test('nodes can be lost by an event as well', () => {
    const events = [
      { atSeconds: 60, loseNodes: { count: 1, of: 2, unreadyAfterSeconds: 0, goneAfterSeconds: 30 } },
    ] as const
    expect(podsOver({ models: [], events })).toEqual(['0: 4/4', '60: 2/4', '90: 4/4'])
  })
})

describe('requests', () => {
  test('go to pods that are gone, until the endpoints are known', () => {
    const served = servedRequests({ traffic: constantTraffic(100), metrics: { 'success-rate': 'successRate' } })
    const strategy = { canary: { steps: [{ setWeight: 50 }, { analysis: { templates: [{ templateName: 'rate' }] } }] } }
    const [metric] = (rate.spec as { metrics: object[] }).metrics
    const once = { ...rate, spec: { metrics: [{ ...metric, count: 1 }] } }
    const valuesWith = (models: readonly Model[]): readonly string[] => {
      const { objects } = simulate({
        manifests: [shopOf(4, strategy), once],
        models,
        events: [{ atSeconds: 100, image: 'shop:2' }],
        pods: { readyAfterSeconds: 5 },
        untilSeconds: 400,
      })
      return Object.values(objects).flatMap(({ kind, status }) =>
        kind === 'AnalysisRun'
          ? (status as { metricResults: { measurements: { value: string }[] }[] }).metricResults.flatMap(
              ({ measurements }) => measurements.map(({ value }) => value),
            )
          : [],
      )
    }
    expect(valuesWith([served])[0]).toBe('[1]')
    const late = Number.parseFloat((valuesWith([endpoints({ lagSeconds: 20 }), served])[0] ?? '').slice(1))
    expect(late).toBeLessThan(1)
    expect(late).toBeGreaterThan(0)
  })

  test('of a CSV, with issues for rows that say nothing', () => {
    const { traffic, issues } = trafficOfCsv(
      'time,rps\n2030-01-01T10:00:00Z,5\nsoon,6\n2030-01-01T10:01:00Z,7\n2030-01-01T10:02:00Z,\n',
    )
    expect([0, 59, 60, 900].map(traffic)).toEqual([5, 5, 7, 7])
    expect(issues.map(({ line }) => line)).toEqual([3, 5])
    expect(trafficOfCsv('a,b\n1,2\n').issues).toHaveLength(1)
  })
})

describe('a router', () => {
  const routed = {
    canary: {
      canaryService: 'shop-canary',
      stableService: 'shop-stable',
      trafficRouting: { nginx: { stableIngress: 'shop' } },
      steps: [{ setWeight: 40 }, { pause: { duration: 60 } }, { setWeight: 80 }, { pause: {} }],
    },
  }
  const weights = (input: Partial<SimulationInput>): readonly string[] =>
    simulate({
      manifests: [shopOf(4, routed)],
      events: [{ atSeconds: 10, image: 'shop:2' }],
      untilSeconds: 400,
      ...input,
    }).frames.map(({ atSeconds, weight, effectiveWeight }) => `${atSeconds}: ${weight} ${effectiveWeight}`)

  test('of which only some proxies follow sends a mix, and all of them later', () => {
    const partial = { share: 0.5, fromSeconds: 5, untilSeconds: 200 }
    expect(weights({ router: { partial } })).toEqual(['0: 0 0', '10: 40 20', '70: 80 40', '200: 80 80'])
  })

  test('refuses the calls that it is told to refuse, and what a model of one’s own says', () => {
    const refuses = { fromSeconds: 5, untilSeconds: 90, calls: ['setWeight'] }
    expect(weights({ router: { refuses } })).toEqual(expect.arrayContaining(['0: 0 0', '10: 0 0']))
    const model: Model<null> = {
      name: 'no weights above 50',
      start: null,
      step: () => ({ state: null }),
      refuse: (_, call, atSeconds) => (call === 'setWeight' && atSeconds > 60 ? 'too much' : undefined),
    }
    expect(weights({ models: [model] }).at(-1)).toBe('10: 40 40')
  })
})

test('a schedule goes on, and begins anew where it repeats', () => {
  const run = (repeats: boolean): readonly string[] =>
    simulate({
      manifests: [shopOf(1)],
      models: [
        schedule({ deeds: [{ image: 'shop:2' }, { image: 'shop:3' }], everySeconds: 100, fromSecond: 50, repeats }),
      ],
      untilSeconds: 300,
    }).deeds.map(({ atSeconds, event }) => `${atSeconds} ${event.image}`)
  expect(run(false)).toEqual(['50 shop:2', '150 shop:3'])
  expect(run(true)).toEqual(['50 shop:2', '150 shop:3', '250 shop:2'])
})

test('all of them together show the same whether every second is looked at or not', () => {
  const anyModel = fc.oneof(
    fc.integer({ min: 0, max: 99 }).map((of) => startUp({ readyAfterSeconds: { between: [0, 40] }, seed: of })),
    fc.constantFrom(5, 40, 700).map((afterSeconds) => crashLoop({ image: 'shop:2', afterSeconds })),
    fc.constantFrom(3, 5).map((pods) => quota({ pods, fromSeconds: 20, untilSeconds: 120 })),
    fc
      .constantFrom(2, 3)
      .map((podsPerNode) =>
        nodes({ count: 2, podsPerNode, losses: [{ atSeconds: 70, count: 1, replacedAfterSeconds: 90 }] }),
      ),
    fc.constant(schedule({ deeds: [{ replicas: 5 }, { image: 'shop:3' }], everySeconds: 60, fromSecond: 40 })),
    fc.constant(endpoints({ lagSeconds: 7 })),
    fc.constant(
      servedRequests({ traffic: constantTraffic(9), requestsPerPod: 3, metrics: { 'success-rate': 'successRate' } }),
    ),
  )
  fc.assert(
    fc.property(fc.array(anyModel, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 4 }), (models, wait) => {
      const input: SimulationInput = {
        manifests: [shopOf(4, { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 40 } }] } })],
        models,
        events: [{ atSeconds: 15, image: 'shop:2' }],
        pods: { readyAfterSeconds: wait },
        untilSeconds: 200,
      }
      const [sparse, dense] = [simulate(input), simulate({ ...input, everySecond: true })]
      expect(sparse.frames).toEqual(dense.frames)
      expect(sparse.events).toEqual(dense.events)
    }),
    { numRuns: 15 },
  )
})
