import { expect, test } from 'vitest'
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
