import { describe, expect, test } from 'vitest'
import { scenario } from '../../src/scenario/builder'
import type { Expectation, Simulation } from '../../src/scenario/document'
import { runSimulation } from '../../src/scenario/runSimulation'
import { rate, shop } from './shop'

const update = scenario('an update', [shop(), rate])
  .in({ pods: { readyAfterSeconds: 15 }, untilSeconds: 600 })
  .at(10, { image: 'shop:2' })

const broken = (simulation: Simulation): unknown[] =>
  runSimulation(simulation).expectations.flatMap(({ holds, atSeconds }) => (holds ? [] : [atSeconds]))

const expecting = (...expectations: readonly Expectation[]): Simulation => ({
  ...update.simulation,
  spec: { ...update.simulation.spec, expectations },
})

describe('expectations', () => {
  test.for([
    // The canary is ready at 25 s, the pause is over at 145 s, its six pods are there at 160 s; then it waits for a person.
    [{ never: 'weight(canary) > 20' }, [160]],
    [{ never: 'weight(canary) > 60' }, []],
    [{ always: 'available >= replicas' }, []],
    [{ always: 'available == replicas' }, [25]],
    [{ eventually: 'weight(canary) == 60' }, []],
    [{ eventually: 'weight(canary) == 60 within 160s' }, []],
    [{ eventually: 'weight(canary) == 60 within 159s' }, [159]],
    [{ eventually: 'phase == Degraded' }, [600]],
    [{ expect: 'weight(canary) == 20 at 144s' }, []],
    [{ expect: 'weight(canary) == 20 at 2m40s' }, [160]],
    [{ expect: 'phase == Healthy at 700s' }, [600]],
    [{ expect: 'weight(canary) == 20 within 15s after updating' }, []],
    [{ expect: 'weight(canary) == 20 within 14s after updating' }, [24]],
    [{ expect: 'phase == Healthy within 10m after weight(canary) == 60' }, [600]],
    [{ expect: 'weight(canary) == 0 within 1s after aborted' }, [600]],
    [{ finally: 'outcome == "paused" && peakPods == 16' }, []],
    [{ finally: 'exposureSeconds < 10' }, [600]],
    [{ invariant: 'S3' }, []],
    [
      { eventually: 'wantedOf(canary) == 6 && availableOf(stable) == 10 && step == 3 && steps == 4 && revision == 2' },
      [],
    ],
    [{ eventually: 'second == 160 and message == "CanaryPauseStep" and paused and not aborted' }, []],
    [{ never: 'verdict(success-rate) == Failed || metric(success-rate) < 0' }, []],
    [{ never: 'weight("nobody") == 0' }, [0]],
  ] as const)('%o breaks at %o', ([expectation, seconds]) => {
    expect(broken(expecting(expectation))).toEqual(seconds)
  })

  test('a response that is due stays due, though the metric gets better', () => {
    const dip = {
      'success-rate': [
        { atSeconds: 0, value: [0.99] },
        { atSeconds: 60, value: [0.9] },
        { atSeconds: 90, value: [0.99] },
      ],
    }
    const lenient = [
      shop(),
      { ...rate, spec: { metrics: [{ ...(rate.spec as { metrics: object[] }).metrics[0], failureLimit: 9 }] } },
    ]
    const story = scenario('a dip', lenient)
      .in({ pods: { readyAfterSeconds: 15 }, untilSeconds: 600, series: dip })
      .at(10, { image: 'shop:2' })
      .expect('weight(canary) == 0 within 60s after metric(success-rate) < 0.95')
    // It is measured at 10, 40, 70 and 100 s.
    expect(broken(story.simulation)).toEqual([130])
  })

  test('what was seen is told', () => {
    const { expectations, passed } = runSimulation(expecting({ name: 'small', never: 'weight(canary) > 20' }))
    expect(passed).toBe(false)
    expect(expectations).toEqual([
      {
        title: 'small',
        path: 'spec.expectations[0].never',
        holds: false,
        atSeconds: 160,
        seen: 'Progressing (more replicas need to be updated), step 3, canary weight 60 %, stable 10/10 and canary 6/6 pods available',
      },
    ])
  })
})

describe('events', () => {
  test('wait for conditions, one after the other, and count from the moment they hold', () => {
    const story = update
      .when('weight(canary) == 60', { command: 'promote' }, 60)
      .when('revision == 2 && phase == Healthy', { image: 'shop:3' })
      .when('revision == 3 && updating', { command: 'abort' }, 20)
    const { timeline } = runSimulation(story.simulation)
    const done = timeline?.frames.map(
      ({ atSeconds, phase, abort }) => `${atSeconds} ${phase}${abort ? ' aborted' : ''}`,
    )
    expect(done).toContain('220 Progressing')
    expect(done?.filter((line) => line.endsWith('aborted'))[0]).toBe('256 Degraded aborted')
  })

  test('a condition is looked at from its time on', () => {
    const simulation: Simulation = {
      ...update.simulation,
      spec: {
        ...update.simulation.spec,
        events: [
          { atSeconds: 10, image: 'shop:2' },
          { atSeconds: 100, when: 'updating', command: 'abort' },
        ],
      },
    }
    const { timeline } = runSimulation(simulation)
    expect(timeline?.frames.find(({ abort }) => abort)?.atSeconds).toBe(101)
  })

  test('fields that are null are fields that nobody wrote, as in a file', () => {
    const plain = update.never('phase == Degraded').simulation
    const nulls = {
      ...plain,
      spec: {
        ...plain.spec,
        startAt: null,
        vary: null,
        events: plain.spec.events?.map((event) => ({ ...event, when: null, afterSeconds: null })),
        expectations: [{ never: 'phase == Degraded', name: null, expect: null }],
      },
    } as unknown as Simulation
    expect(runSimulation(nulls)).toEqual(runSimulation(plain))
  })

  test('an apply takes away what the manifest had before', () => {
    const spec = shop().spec as { strategy: { canary: object } }
    const plain = {
      ...shop(),
      spec: { ...spec, strategy: { canary: { ...spec.strategy.canary, analysis: undefined } } },
    }
    const { timeline } = runSimulation(
      scenario('without analysis', [shop(), rate]).at(10, { apply: [JSON.parse(JSON.stringify(plain))] }).simulation,
    )
    const rollout = timeline?.objects['rollouts/shop/shop']?.spec as { strategy: { canary: object } }
    expect(rollout.strategy.canary).not.toHaveProperty('analysis')
    expect(timeline?.issues.filter(({ code }) => code === 'apply-keeps')).toEqual([])
  })

  test('a first install begins with nothing; a Rollout with a status goes on as it is', () => {
    const first = scenario('install', [shop(), rate]).in({ firstInstall: true, pods: { readyAfterSeconds: 15 } })
    expect(runSimulation(first.simulation).timeline?.frames[0]?.phase).toBe('Progressing')
    expect(runSimulation(scenario('update', [shop(), rate]).simulation).timeline?.frames[0]?.phase).toBe('Healthy')
  })
})

test('the same Simulation gives the same report, byte for byte', () => {
  const story = update.when('paused', { command: 'promote' }, 5).eventually('phase == Healthy')
  expect(JSON.stringify(runSimulation(story.simulation))).toBe(JSON.stringify(runSimulation(story.simulation)))
})

test('a condition that is no text is an issue, or nobody wrote it', () => {
  for (const when of [null, 1, {}, [], 1n, true]) {
    const { spec, ...about } = update.simulation
    const odd = { ...about, spec: { ...spec, events: [{ when, image: 'shop:2' }] } } as unknown as Simulation
    expect(() => runSimulation(odd)).not.toThrow()
    if (when !== null) expect(runSimulation(odd).issues.map(({ path }) => path)).toContain('spec.events[0].when')
  }
})
