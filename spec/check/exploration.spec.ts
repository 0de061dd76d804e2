import { describe, expect, it } from 'vitest'
import { tryStrategy } from '../../src/check/check'
import { coverageText } from '../../src/check/checkText'
import { never } from '../../src/check/combinators'
import { findFacts } from '../../src/check/facts'
import { type KeptRun, mutants } from '../../src/check/generate/mutants'
import { planFrom, scenarioOf } from '../../src/check/generate/runPlan'
import { runPlans } from '../../src/check/generate/scenarios'
import { runScenario } from '../../src/check/scenario'
import { eventfulSeconds, situationsIn } from '../../src/check/situations'
import { smallerScenario } from '../../src/check/smaller'
import { fc } from '../properties/fc'
import { nginx, rolloutOf, steps } from './strategies'

// How a check chooses its runs by what those before reached.

const manifests = [rolloutOf({ canary: { ...nginx, steps } })]
const { facts } = findFacts(manifests, undefined, {})
if (!facts) throw new Error('the strategy can be tried')
const holds = never('nothing serves', (now) => now.replicas < 0)
const invariants = [holds]

describe('runs are kept, and change', () => {
  it('a run that is read back is the run that was saved', () => {
    fc.assert(
      fc.property(runPlans(facts), (plan) => {
        const scenario = scenarioOf(facts, plan)
        const again = scenarioOf(facts, planFrom(facts, scenario))
        expect({ ...again, router: undefined }).toEqual({ ...scenario, router: undefined })
      }),
      { numRuns: 100 },
    )
  })

  it('a changed run is another one, ends after its last disturbance, and is made of events of the simulator', () => {
    const [plan] = fc.sample(runPlans(facts), { numRuns: 1, seed: 4 })
    const { states } = runScenario(facts, scenarioOf(facts, plan!), [])
    const kept: readonly KeptRun[] = [{ plan: plan!, moments: eventfulSeconds(states, 100) }]
    let different = 0
    fc.assert(
      fc.property(mutants(facts, kept), (changed) => {
        if (JSON.stringify(changed) !== JSON.stringify(plan)) different++
        const { events, healedAtSeconds, untilSeconds } = scenarioOf(facts, changed)
        expect(Math.max(...changed.events.map(({ atSeconds = 0 }) => atSeconds))).toBeLessThan(healedAtSeconds)
        expect(events.every(({ atSeconds = 0 }) => atSeconds <= untilSeconds)).toBe(true)
      }),
      { numRuns: 100 },
    )
    expect(different).toBeGreaterThan(80)
  })

  it('without runs to change there are new ones', () => {
    expect(fc.sample(mutants(facts, []), { numRuns: 3, seed: 1 })).toHaveLength(3)
  })

  it('two runs of one plan are in the same situations, and an abort adds some', () => {
    const plan = { ...fc.sample(runPlans(facts), { numRuns: 1, seed: 4 })[0]!, points: {} }
    const of = (more: typeof plan) => situationsIn(runScenario(facts, scenarioOf(facts, more), []).states)
    const aborted = { ...plan, events: [...plan.events, { atSeconds: 40, command: 'abort' as const }] }
    expect(of(plan)).toEqual(of(plan))
    expect([...of(aborted)].some((one) => !of(plan).has(one))).toBe(true)
  })
})

describe('a check', () => {
  it('tries the runs of an earlier check first, and reaches what that one reached', () => {
    const first = tryStrategy(manifests, { invariants, runs: 8 })
    expect(first.corpus.length).toBeGreaterThan(3)
    const again = tryStrategy(manifests, { invariants, runs: first.corpus.length, seed: 99, corpus: first.corpus })
    for (const part of ['phases', 'steps', 'commands'] as const)
      expect(Object.keys(again.coverage[part])).toEqual(expect.arrayContaining(Object.keys(first.coverage[part])))
  })

  it('finds in the corpus what breaks now', () => {
    const { corpus } = tryStrategy(manifests, { invariants, runs: 8 })
    const ten = never('canary above 10 %', (now) => now.weight.canary > 10)
    const { runs, counterexamples } = tryStrategy(manifests, { invariants: [ten], runs: 1, corpus })
    expect([runs, counterexamples.length]).toEqual([1, 1])
  })

  it('leaves out what is no run', () => {
    const given = [null, 7, {}, { events: 'none' }] as never
    const plain = tryStrategy(manifests, { invariants, runs: 2 })
    expect(tryStrategy(manifests, { invariants, runs: 2, corpus: given })).toEqual(plain)
  })

  it('says what no run reached, and tries for it at the end', () => {
    const one = tryStrategy(manifests, { invariants, runs: 1 })
    const [missing = 'nothing'] = one.coverage.unreached
    expect(missing).not.toBe('nothing')
    expect(coverageText(one, invariants)).toMatch(new RegExp(`never {5}.*${missing}`))
    const many = tryStrategy(manifests, { invariants, runs: 12 })
    expect(many.coverage.unreached.length).toBeLessThan(one.coverage.unreached.length)
  })
})

it('what is not needed is left out of a run that was changed', () => {
  const ten = never('canary above 10 %', (now) => now.weight.canary > 10)
  const events = [
    { atSeconds: 10, image: 'shop/web:good-1' },
    { atSeconds: 20, losePods: { role: 'stable', count: 1 } },
    { atSeconds: 30, crashAfterChanges: 1 },
  ] as const
  const [plan] = fc.sample(runPlans(facts), { numRuns: 1, seed: 1 })
  const whole = scenarioOf(facts, { ...plan!, events, firstInstall: false })
  const small = smallerScenario(facts, whole, ten)
  expect(runScenario(facts, small, [ten]).violation).toBeDefined()
  const early = small.events.filter(({ atSeconds = 0, whenPaused }) => !whenPaused && atSeconds < small.healedAtSeconds)
  expect(early).toEqual([events[0]])
  expect([small.series, small.pods, small.router]).toEqual([{}, {}, {}])
})
