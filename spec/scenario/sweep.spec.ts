import { expect, test } from 'vitest'
import { sweep } from '../../src/scenario/sweep/sweep'
import { type Draw, drawOf } from '../../src/simulate/draw'
import { simulate } from '../../src/simulate/simulate'
import type { SimulationInput } from '../../src/simulate/simulation'
import { shop } from './shop'

const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: { duration: '1m' } }] } }

const make = (draw: Draw): SimulationInput => ({
  manifests: [shop({ strategy, progressDeadlineSeconds: 40 })],
  pods: { readyAfterSeconds: Math.round(draw.between(0, 50)) },
  events: [{ atSeconds: 100, image: 'shop:2' }],
  untilSeconds: 400,
})

test('the same seeds give the same report, byte for byte, and other seeds another', () => {
  const report = (firstSeed: number): string => JSON.stringify(sweep(make, { runs: 8, firstSeed }))
  expect(report(3)).toBe(report(3))
  expect(report(3)).not.toBe(report(4))
})

test('the worst run is there again by its seed', () => {
  const { numbers, outcomes, unhealthySeeds, runs } = sweep(make, { runs: 12 })
  const took = numbers.find(({ name }) => name === 'most pods at once')!
  const { frames } = simulate(make(drawOf(took.seedOfMost)))
  const most = Math.max(...frames.map(({ pods }) => Object.values(pods).reduce((sum, { wanted }) => sum + wanted, 0)))
  expect(most).toBe(took.most)
  const shares = Object.values(outcomes).map(({ value }) => value)
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  expect(unhealthySeeds.length).toBe(Math.round(runs * (1 - (outcomes.healthy?.value ?? 0))))
  for (const seed of unhealthySeeds) expect(simulate(make(drawOf(seed))).outcome).not.toBe('healthy')
})

test('draws have the means that they are asked for', () => {
  const draw = drawOf(1)
  const mean = (next: () => number): number =>
    Array.from({ length: 4000 }, next).reduce((sum, one) => sum + one, 0) / 4000
  expect(mean(draw.next)).toBeCloseTo(0.5, 1)
  expect(mean(() => draw.between(10, 20))).toBeCloseTo(15, 0)
  expect(Math.abs(mean(() => draw.around(30, 5)) - 30)).toBeLessThan(0.5)
  expect(Math.abs(mean(() => draw.exponential(20)) - 20)).toBeLessThan(2)
  expect(mean(() => Number(draw.chance(0.25)))).toBeCloseTo(0.25, 1)
  expect(['a', 'b']).toContain(draw.pick(['a', 'b']))
})

test('what is no function is run never', () => {
  expect(sweep(undefined as never)).toMatchObject({ runs: 0, numbers: [], outcomes: {} })
})
