import { describe, expect, test } from 'vitest'
import { checkEveryWay, type Invariant, never, replayScenario, type Scenario, tryStrategy } from '../../src/check/index'
import type { Manifest } from '../../src/simulate/worldEvent'

// Found by `npm run attack` with seed 31.

const rollout = (steps: readonly unknown[]): Manifest =>
  ({
    kind: 'Rollout',
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
      strategy: { canary: { steps } },
    },
  }) as Manifest
const fine = rollout([{ setWeight: 50 }])

test.each([
  ['an object', {}],
  ['a list', [[]]],
  ['a bigint', 1n],
  ['true', true],
])('a pause whose duration is %s is read as the controller reads it', (_name, duration) => {
  const report = tryStrategy([rollout([{ setWeight: 50 }, { pause: { duration } }])], { runs: 2, mostShrinks: 0 })
  expect(report.issues).toEqual([])
  expect(report.runs).toBeGreaterThan(0)
})

describe('a sentence whose "start" returns no monitor does not hold', () => {
  test.each([undefined, 'x', {}, { next: 'x' }, { next: () => undefined, end: 1 }])('%j', (monitor) => {
    const unwatched = { id: 'X', sentence: 'x', threads: [], start: () => monitor } as unknown as Invariant
    const [found] = tryStrategy([fine], { invariants: [unwatched], runs: 1, mostShrinks: 0 }).counterexamples
    expect(found?.seen).toMatch(/"start" returned no monitor/)
  })
})

describe('states with data that has no end cannot be compared', () => {
  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  test.each([
    ['a list that contains itself', cyclic],
    ['a list without items and without end', new Array(2 ** 32 - 1)],
  ])('%s', (_name, args) => {
    const template = { kind: 'AnalysisTemplate', metadata: { name: 'rate' }, spec: { args } } as unknown as Manifest
    expect(checkEveryWay([fine, template]).issues).toMatchObject([{ code: 'endless-data', path: 'manifests[1]' }])
  })
})

const holds = never('no pods are wanted', (now) => now.pods.total.wanted < 0)

test('a scenario that ends in ten thousand years is cut off after so many reconciles', () => {
  const scenario: Scenario = {
    firstInstall: false,
    events: [{ atSeconds: 10, image: 'web:2' }],
    pods: {},
    router: {},
    series: {},
    healedAtSeconds: 20,
    settleSeconds: 10,
    untilSeconds: 2 ** 53,
  }
  let turns = 0
  const counts: Invariant = { ...holds, start: () => ({ next: () => void turns++, end: () => 'judged at its end' }) }
  expect(replayScenario([fine], scenario, { invariants: [counts], maxReconciles: 50 })).toEqual({ issues: [] })
  expect(turns).toBeLessThanOrEqual(50)
})

test('no more smaller runs are tried than were asked for', () => {
  const seen = (mostShrinks: number): number => {
    let runs = 0
    const counted: Invariant = {
      ...holds,
      start: () => {
        runs++
        return { next: () => 'broken' }
      },
    }
    tryStrategy([rollout([{ setWeight: 50 }, { pause: { duration: 5 } }])], {
      invariants: [counted],
      runs: 1,
      seed: 7,
      mostShrinks,
    })
    return runs
  }
  // The run that broke it, and the one that tells its story.
  expect(seen(0)).toBe(2)
  expect(seen(3)).toBe(5)
  expect(seen(2000)).toBeGreaterThan(5)
})
