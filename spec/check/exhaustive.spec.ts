import { describe, expect, test } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { never } from '../../src/check/combinators'
import { checkEveryWay } from '../../src/check/exhaustive'
import { nginx, rolloutOf } from './strategies'

const small = [rolloutOf({ canary: { steps: [{ setWeight: 50 }, { pause: {} }] } }, { replicas: 2 })]

test('every way of a small canary is gone, and states that are the same are gone on from once', () => {
  const report = checkEveryWay(small, {
    depth: 2,
    invariants: [never('no pod is wanted', (now) => now.pods.total.wanted < 1)],
  })
  expect(report).toMatchObject({ passed: true, isComplete: true, depth: 2, counterexamples: [], issues: [] })
  const { states, transitions, merged, actions } = report
  // Each action in the first state, and each in every new state after it.
  expect(transitions % actions.length).toBe(0)
  expect(merged).toBeGreaterThan(0)
  expect(states).toBe(1 + transitions - merged)
})

test('the way to a violation is a shortest one', () => {
  const half = never('canary above 30 %', (now) => now.weight.canary > 30)
  const { counterexamples, passed } = checkEveryWay(small, { depth: 2, invariants: [half] })
  expect(passed).toBe(false)
  expect(counterexamples).toMatchObject([{ actions: ['set image shop/web:good'] }])
})

test('a livelock is found with the way to it (AR#3078)', () => {
  const routed = [rolloutOf({ canary: { ...nginx, steps: [{ setWeight: 50 }, { pause: {} }] } }, { replicas: 1 })]
  const { counterexamples } = checkEveryWay(routed, {
    depth: 2,
    invariants: knownInvariants.filter(({ id }) => id === 'L3'),
  })
  expect(counterexamples[0]?.actions.at(-1)).toBe('abort')
  expect(counterexamples[0]?.seen).toMatch(/selectPods/)
})

test('where the states are too many, nothing is called proven', () => {
  const report = checkEveryWay(small, { depth: 3, mostStates: 4, invariants: [] })
  expect(report).toMatchObject({ passed: false, isComplete: false, states: 4 })
})

test('ways that take too many reconciles are cut off with an issue, and nothing is called proven', () => {
  const report = checkEveryWay([rolloutOf({ canary: {} }, { replicas: 1 })], {
    depth: 3,
    maxReconciles: 10,
    invariants: [],
  })
  expect(report).toMatchObject({
    passed: false,
    isComplete: false,
    issues: [{ code: 'too-long', severity: 'warning' }],
  })
})

describe('a circle of decisions', () => {
  const routed = [rolloutOf({ canary: { ...nginx, steps: [{ setWeight: 50 }, { pause: {} }] } }, { replicas: 1 })]

  test('is a livelock, with the way there and what is done in each round (AR#3078)', () => {
    const { livelocks, isComplete } = checkEveryWay(routed, { depth: 3, invariants: [] })
    expect(isComplete).toBe(true)
    expect(livelocks).toHaveLength(1)
    const [{ actions, cycle } = { actions: [], cycle: [] }] = livelocks
    expect(actions).toEqual(['set image shop/web:good', 'abort', 'time passes until something changes'])
    // One decision turns the Service to the new pods, and back.
    expect(cycle.map((step) => step.replace(/[0-9a-f]+$/, 'HASH'))).toEqual([
      'canary selects HASH',
      'canary selects HASH',
    ])
    expect(new Set(cycle).size).toBe(2)
  })

  test('is none where a strategy comes to rest', () => {
    expect(checkEveryWay(small, { depth: 2, invariants: [] }).livelocks).toEqual([])
  })
})
