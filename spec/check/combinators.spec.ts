import { describe, expect, it } from 'vitest'
import * as combinators from '../../src/check/combinators'
import { type Invariant, judge } from '../../src/check/invariant'
import type { StrategyState } from '../../src/check/state'

// Each combinator judges rows of states by hand: what it allows, and the first state in which it does not hold.

const { always, eventually, monotone, never, until, within } = combinators

const pods = { wanted: 2, available: 2 }

const state = (atSeconds: number, canary: number, more: Partial<StrategyState> = {}): StrategyState => ({
  atSeconds,
  by: 'Rollout web',
  changes: [],
  isRefused: false,
  event: undefined,
  phase: 'Progressing',
  message: '',
  aborted: false,
  paused: false,
  updating: true,
  stepIndex: null,
  stepCount: 0,
  replicas: 2,
  routed: false,
  weight: { canary, stable: 100 - canary, commanded: null },
  pods: { stable: pods, canary: pods, total: pods },
  revisions: [],
  stableHash: undefined,
  newestHash: undefined,
  runs: [],
  analysisPassed: false,
  rollout: undefined,
  objects: {},
  ...more,
})

/** Second of the first violation; undefined where the sentence holds. */
function brokenAt(invariant: Invariant, states: readonly StrategyState[], endsAtSeconds = 1000): number | undefined {
  const { next, end } = judge([invariant], { healedAtSeconds: 0, settleSeconds: 0 })
  for (const now of states) {
    const violation = next(now)
    if (violation) return violation.atSeconds
  }
  return end(endsAtSeconds)?.atSeconds
}

const ramp = [state(0, 0), state(10, 20), state(60, 50), state(90, 100)]

describe('combinators', () => {
  it('never and always judge each state', () => {
    expect(
      brokenAt(
        never('above 40', (now) => now.weight.canary > 40),
        ramp,
      ),
    ).toBe(60)
    expect(
      brokenAt(
        never('above 100', (now) => now.weight.canary > 100),
        ramp,
      ),
    ).toBeUndefined()
    expect(
      brokenAt(
        always('below 50', (now) => now.weight.canary < 50),
        ramp,
      ),
    ).toBe(60)
  })

  it('eventually is judged when the run is over', () => {
    expect(
      brokenAt(
        eventually('all', (now) => now.weight.canary === 100),
        ramp,
      ),
    ).toBeUndefined()
    expect(
      brokenAt(
        eventually('more', (now) => now.weight.canary > 100),
        ramp,
      ),
    ).toBe(1000)
  })

  it('within waits from the moment the trigger becomes true, and forgets when it becomes false', () => {
    const fast = within(
      50,
      'from 20 to 50',
      (now) => now.weight.canary >= 20,
      (then) => then.weight.canary >= 50,
    )
    expect(brokenAt(fast, ramp)).toBeUndefined()
    const slow = within(
      49,
      'from 20 to 50',
      (now) => now.weight.canary >= 20,
      (then) => then.weight.canary >= 50,
    )
    expect(brokenAt(slow, ramp)).toBe(60)
    const cancelled = [state(0, 20), state(10, 0), state(200, 0)]
    expect(brokenAt(slow, cancelled)).toBeUndefined()
  })

  it('within counts the quiet time up to the end of the run, and proves nothing beyond it', () => {
    const soon = within(
      100,
      'ends',
      (now) => now.weight.canary === 100,
      (then) => then.weight.canary === 0,
    )
    expect(brokenAt(soon, ramp, 190)).toBeUndefined()
    expect(brokenAt(soon, ramp, 191)).toBe(191)
  })

  it('until, before and monotone', () => {
    const low = (now: StrategyState): boolean => now.weight.canary <= 20
    expect(
      brokenAt(
        until('low until a minute', low, (now) => now.atSeconds >= 60),
        ramp,
      ),
    ).toBeUndefined()
    expect(
      brokenAt(
        until('low for ever', low, () => false),
        ramp,
      ),
    ).toBe(60)
    const proven = (now: StrategyState): boolean => now.analysisPassed
    const half = (now: StrategyState): boolean => now.weight.canary >= 50
    expect(brokenAt(combinators.before('proof before half', proven, half), ramp)).toBe(60)
    const proof = combinators.before('proof', proven, half)
    expect(brokenAt(proof, [state(0, 0, { analysisPassed: true }), ...ramp])).toBeUndefined()
    expect(
      brokenAt(
        monotone('up', 'only up', (now) => now.weight.canary),
        [...ramp, state(95, 0)],
      ),
    ).toBe(95)
    expect(
      brokenAt(
        monotone('down', 'only down', (now) => now.weight.canary),
        ramp,
      ),
    ).toBe(10)
  })

  it('shows numbers of the state in which it broke', () => {
    const { next } = judge([never('above 40', (now) => now.weight.canary > 40)], {
      healedAtSeconds: 0,
      settleSeconds: 0,
    })
    expect(ramp.map(next).find(Boolean)?.seen).toBe(
      'Progressing, canary weight 50 %, stable 2/2 and canary 2/2 pods available',
    )
  })
})
