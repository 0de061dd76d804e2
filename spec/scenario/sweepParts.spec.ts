import { describe, expect, test } from 'vitest'
import {
  drawSimulation,
  joinParts,
  reportSweep,
  runSimulation,
  type Simulation,
  type SweepPart,
  scenario,
  sweepPart,
  sweepSimulation,
  type Variation,
} from '../../src/scenario/index'
import { joined, joinedAll, partOf } from '../../src/scenario/sweep/part'
import { fc } from '../properties/fc'
import { propertySeed } from '../properties/seed'
import { shop } from './shop'

const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: { duration: '1m' } }] } }
const story = (vary: readonly Variation[]): Simulation =>
  scenario('slow pods', [shop({ strategy, progressDeadlineSeconds: 40 })])
    .in({ untilSeconds: 400, vary })
    .at(100, { image: 'shop:2' })
    .expect('phase == Healthy at 4m').simulation

const slow = story([{ field: 'pods.readyAfterSeconds', between: [0, 60] }])

describe('parts of a sweep', () => {
  test('give the same bytes however the seeds are divided', () => {
    const whole = JSON.stringify(reportSweep(sweepPart(slow, { runs: 12, firstSeed: 5 }), { firstSeed: 5 }))
    const parts = [
      sweepPart(slow, { firstSeed: 13, runs: 4 }),
      sweepPart(slow, { firstSeed: 5, runs: 1 }),
      sweepPart(slow, { firstSeed: 6, runs: 7 }),
    ]
    const sent = JSON.parse(JSON.stringify(parts)) as SweepPart[]
    expect(JSON.stringify(reportSweep(joinParts(sent), { firstSeed: 5 }))).toBe(whole)
    expect(JSON.stringify(reportSweep(joinParts(sent.reverse()), { firstSeed: 5 }))).toBe(whole)
  })

  test('give the same bytes for any values in any order, also where there are too many to keep', () => {
    const values = fc.array(fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(5)), {
      minLength: 1,
      maxLength: 60,
    })
    const run = (value: number, seed: number): SweepPart =>
      partOf({ seed, outcome: 'healthy', numbers: [{ name: 'paused', unit: 's', value }], expectations: [] })
    fc.assert(
      fc.property(values, fc.nat(59), (some, at) => {
        // Each value stands for fifty near ones: 2,000 different values are soon passed.
        const all = some.flatMap((value) => Array.from({ length: 50 }, (_, n) => value + n / 7)).map(run)
        const inOrder = joinedAll(all)
        const [left, right] = [all.slice(0, at * 50), all.slice(at * 50)]
        const apart = joined(
          joinedAll([...right].reverse()),
          left.slice(0, 50).reduce(joined, joinedAll(left.slice(50))),
        )
        expect(JSON.stringify(reportSweep(apart))).toBe(JSON.stringify(reportSweep(inOrder)))
        expect(inOrder.numbers[0]?.counts.length).toBeLessThanOrEqual(2000)
      }),
      { seed: propertySeed, numRuns: 8 },
    )
  })

  test('stay small: rounded values keep the median within a per cent', () => {
    const run = (n: number): SweepPart =>
      partOf({ seed: n, outcome: 'healthy', numbers: [{ name: 'paused', unit: 's', value: n / 10 }], expectations: [] })
    const part = joinedAll(Array.from({ length: 9000 }, (_, n) => run(n)))
    const [paused] = reportSweep(part).numbers
    expect(paused).toMatchObject({ digits: 3, runs: 9000, least: 0, most: 899.9, seedOfMost: 8999 })
    expect(paused?.median).toBeCloseTo(450, -1)
    expect(JSON.stringify(part).length).toBeLessThan(60_000)
  })
})

describe('a sweep of a Simulation', () => {
  test('counts broken expectations, and their seeds run again to the same end', () => {
    const { expectations, runs } = sweepSimulation(slow, { runs: 12 })
    const [healthy] = expectations
    expect(healthy?.seeds.length).toBe(Math.round((healthy?.broken.value ?? 0) * runs))
    expect(healthy?.seeds.length).toBeGreaterThan(0)
    for (const seed of healthy?.seeds ?? []) expect(runSimulation(drawSimulation(slow, seed)).passed).toBe(false)
  })

  test('draws every kind of variation into the field that it names', () => {
    const { spec } = drawSimulation(
      story([
        { field: 'events[0].atSeconds', around: { mean: 200, deviation: 20 } },
        { field: 'series.errors[0].value', between: [0, 1], decimals: 3 },
        { field: 'pods.failAfterSeconds["shop:2"]', pick: [77] },
        { field: 'pods.neverReadyImages', chance: 1, value: ['shop:3'] },
        { field: 'router.lagSeconds', chance: 0, value: 5 },
      ]),
      4,
    )
    expect(spec.events?.[0]?.atSeconds).toBeGreaterThan(100)
    expect(String((spec.series?.errors?.[0] as { value: number } | undefined)?.value)).toMatch(/^0\.\d{1,3}$/)
    expect(spec.pods).toEqual({ failAfterSeconds: { 'shop:2': 77 }, neverReadyImages: ['shop:3'] })
    expect(spec.router).toBeUndefined()
    expect(spec).not.toHaveProperty('vary')
  })

  test('names what is wrong with a variation', () => {
    const { issues, runs } = sweepSimulation(
      story([{ field: 'pods.readyAfterSeconds' }, { field: 'pods.x', chance: 0.5 }, { field: 'nothing', pick: [1] }]),
    )
    expect(runs).toBe(0)
    expect(issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'spec.vary[0]: expected exactly one of between, around, exponential, pick, chance, got none',
      'spec.vary[1]: chance and value belong together: with this probability the field has that value',
      'spec.vary[2].field: expected a path below spec, such as pods.readyAfterSeconds or events[0].atSeconds, got "nothing"',
    ])
  })
})
