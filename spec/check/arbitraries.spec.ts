import { describe, expect, test } from 'vitest'
import type { Ranges } from '../../src/check/index'
import * as check from '../../src/check/index'
import type { KubeObject } from '../../src/model/meta'
import { simulate } from '../../src/simulate/simulate'
import { fc } from '../properties/fc'
import { checklist } from './arbitraries'

// Every arbitrary that the kit publishes passes one checklist.

const values = 30
const small: Required<Ranges> = { mostReplicas: 8, mostSteps: 5, mostSeconds: 120, mostEvents: 4 }
const wide: Required<Ranges> = { mostReplicas: 200, mostSteps: 40, mostSeconds: 5000, mostEvents: 40 }
const sampled = <T>(arbitrary: fc.Arbitrary<T>, seed = 18): T[] => fc.sample(arbitrary, { numRuns: values, seed })
const printed = (value: unknown): string => JSON.stringify(value, (_, inner) => (Number.isNaN(inner) ? 'NaN' : inner))

test('the checklist has every arbitrary of the kit', () => {
  const makers = [
    check.rollouts,
    check.invalidRollouts,
    () => check.rolloutEdits({} as KubeObject),
    () => check.worlds([]),
    () => check.metricSeries([]),
    check.commandSequences,
    () => check.updateSchedules([]),
  ]
  for (const make of makers) expect(make()).toBeInstanceOf(fc.Arbitrary)
  expect(checklist).toHaveLength(makers.length)
})

/** Whether a value has all that another one has. */
const isLike = (value: unknown, other: unknown): boolean =>
  typeof other === 'object' && other !== null
    ? typeof value === 'object' &&
      value !== null &&
      (!Array.isArray(other) || (Array.isArray(value) && value.length === other.length)) &&
      Object.entries(other).every(([key, inner]) => isLike((value as Record<string, unknown>)[key], inner))
    : Object.is(value, other)

describe.for(checklist)('$name', ({ make, wrongWith, sizes, smallest, alsoSmallest = smallest }) => {
  test('the same seed makes the same values', () => {
    expect(printed(sampled(make()))).toBe(printed(sampled(make())))
    expect(printed(sampled(make(), 19))).not.toBe(printed(sampled(make())))
  })

  test.for([
    ['small by default', small, undefined],
    ['wide on request', wide, wide],
  ] as const)('%s: only valid values, within the size', ([, most, ranges]) => {
    const reached: Record<string, number> = {}
    for (const value of sampled(fc.noBias(make(ranges)))) {
      expect(wrongWith(value as never)).toEqual([])
      for (const [name, size] of Object.entries(sizes(value as never))) {
        expect(size).toBeLessThanOrEqual(most[name as keyof Ranges])
        reached[name] = Math.max(reached[name] ?? 0, size)
      }
    }
    // A range that is never used would hold for any size.
    for (const [name, size] of Object.entries(reached)) expect(size).toBeGreaterThan(most[name as keyof Ranges] / 4)
  })

  test('a failure shrinks to the smallest value', () => {
    for (const seed of [1, 2, 3]) {
      const failed = fc.check(
        fc.property(make(wide), () => false),
        { seed },
      )
      expect(failed.counterexample?.[0]).toSatisfy(
        (value: unknown) => isLike(value, smallest) || isLike(value, alsoSmallest),
      )
    }
  })

  test('what is shrunk stays valid', () => {
    const seen: unknown[] = []
    fc.check(
      fc.property(make(wide), (value) => {
        seen.push(value)
        return false
      }),
      { seed: 5 },
    )
    for (const value of seen) expect(wrongWith(value as never)).toEqual([])
  })
})

test('they compose: a made-up Rollout in a made-up world runs', () => {
  const images = ['shop/web:2', 'shop/web:3']
  const stories = fc.record({
    manifests: check.rollouts({ mostReplicas: 3 }),
    world: check.worlds(images),
    updates: check.updateSchedules(images),
    commands: check.commandSequences(),
    series: check.metricSeries(['rate']),
  })
  const ends = new Set(
    sampled(stories)
      .slice(0, 6)
      .map(({ manifests, world, updates, commands, series }) => {
        const named = updates.length > 0 ? world : { router: world.router }
        return simulate({ manifests, ...named, series, events: [...updates, ...commands], untilSeconds: 600 }).outcome
      }),
  )
  expect(ends.has('not-simulated')).toBe(false)
  expect(ends.size).toBeGreaterThan(1)
})
