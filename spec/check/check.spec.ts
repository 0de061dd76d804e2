import { describe, expect, it } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { checkStrategy, tryStrategy } from '../../src/check/check'
import { never } from '../../src/check/combinators'
import { replayScenario } from '../../src/check/replay'
import { scenarioOf, simulationOf } from '../../src/scenario/counterexample'
import { readSimulation } from '../../src/scenario/readSimulation'
import { runSimulation } from '../../src/scenario/runSimulation'
import { analysisTemplate, nginx, rolloutOf, steps } from './strategies'

const canary = [rolloutOf({ canary: { steps } })]

describe('a strategy is tried', () => {
  it('a sentence that holds is tried in every run, and the report says what was reached', () => {
    const report = tryStrategy(canary, { invariants: [never('nothing serves', (now) => now.replicas < 0)], runs: 12 })
    expect(report).toMatchObject({ passed: true, runs: 12, counterexamples: [], issues: [] })
    // A first version whose pods are refused never gets to Healthy.
    expect(report.coverage.phases.Healthy).toBeGreaterThan(8)
    expect(report.coverage.steps['8']).toBeGreaterThan(0)
  })

  it('the smallest run is one update in a quiet world where that already breaks the sentence', () => {
    const ten = never('canary above 10 %', (now) => now.weight.canary > 10)
    const { counterexamples, passed } = tryStrategy(canary, { invariants: [ten], runs: 20, seed: 7 })
    expect(passed).toBe(false)
    const [first] = counterexamples
    const disturbed = first?.scenario.events.filter(
      ({ whenPaused, atSeconds = 0 }) => !whenPaused && atSeconds < (first.scenario.healedAtSeconds ?? 0),
    )
    expect(disturbed).toEqual([{ atSeconds: 10, image: 'shop/web:good-1' }])
    expect(first).toMatchObject({ sentence: 'canary above 10 %', atSeconds: 10 })
    expect(first?.story).toContain('set image shop/web:good-1')
  })

  it('an image that is needed for the break stays in the smallest run', () => {
    const degraded = never('degraded', (now) => now.phase === 'Degraded')
    const { counterexamples } = tryStrategy(canary, { invariants: [degraded], runs: 60, seed: 6 })
    const [first] = counterexamples
    const kinds = first?.scenario.events.flatMap(({ image, command }) => image ?? command ?? []) ?? []
    expect(kinds.some((kind) => /broken|half|crashing|abort/.test(kind))).toBe(true)
    expect(first?.story).toMatch(/Degraded/)
  })

  it('every sentence that breaks has its own run', () => {
    const invariants = [
      never('canary above 10 %', (now) => now.weight.canary > 10),
      never('canary above 50 %', (now) => now.weight.canary > 50),
    ]
    const { counterexamples } = tryStrategy(canary, { invariants, runs: 20 })
    expect(counterexamples.map(({ invariant }) => invariant)).toEqual(invariants.map(({ id }) => id))
  })

  it('the same seed gives the same report, byte for byte', () => {
    const once = (): string =>
      JSON.stringify(tryStrategy([rolloutOf({ canary: { ...nginx, steps } })], { runs: 6, seed: 5 }))
    expect(once()).toBe(once())
  })

  it('a counterexample that was saved as a Simulation and read back breaks the same sentence again', () => {
    const ten = never('canary above 10 %', (now) => now.weight.canary > 10)
    const report = tryStrategy(canary, { invariants: [ten], runs: 5 })
    const saved = report.counterexamples.map((one) => simulationOf(one, { manifests: canary }))
    const [read] = readSimulation(JSON.stringify(saved[0])).simulations
    const { manifests, scenario, issues } = scenarioOf(read!.simulation, {})
    expect(issues).toEqual([])
    expect(replayScenario(manifests, scenario, { invariants: [ten] })).toEqual({
      counterexample: report.counterexamples[0],
      issues: [],
    })
  })

  it('a saved counterexample of a known invariant is a test that fails at the same second', () => {
    const experiment = {
      duration: '60s',
      templates: [{ name: 'e', specRef: 'canary' }],
      analyses: [{ name: 'a', templateName: 'rate', requiredForCompletion: true }],
    }
    const manifests = [rolloutOf({ canary: { steps: [{ setWeight: 20 }, { experiment }] } }), analysisTemplate]
    const invariants = knownInvariants.filter(({ id }) => id === 'L3')
    const broken = tryStrategy(manifests, { runs: 20, seed: 3, invariants }).counterexamples[0]!
    const { passed, expectations, issues } = runSimulation(simulationOf(broken, { manifests }))
    expect(issues.filter(({ severity }) => severity !== 'warning')).toEqual([])
    expect(passed).toBe(false)
    expect(expectations).toMatchObject([{ holds: false, atSeconds: broken.atSeconds, seen: broken.seen }])
  })

  it('checkStrategy throws the story, and is silent where all holds', () => {
    const ten = never('canary above 10 %', (now) => now.weight.canary > 10)
    expect(() => checkStrategy(canary, { invariants: [ten], runs: 3 })).toThrow(
      /"canary above 10 %" does not hold at 10 s/,
    )
    expect(checkStrategy(canary, { invariants: [never('x', () => false)], runs: 2 }).passed).toBe(true)
  })

  it('manifests that cannot be tried are told, not passed', () => {
    const invalid = tryStrategy([rolloutOf({ canary: { steps: [{ setWeight: 500 }] } })], { runs: 3 })
    expect(invalid).toMatchObject({ passed: false, runs: 0 })
    expect(invalid.issues[0]?.message).toMatch(/SetWeight needs to be between 0 and 100/)
    const stuck = tryStrategy([rolloutOf({ canary: { steps: [{ pause: {} }] } }, { paused: true })], { runs: 3 })
    expect(stuck.passed).toBe(false)
    expect(stuck.issues.length).toBeGreaterThan(0)
  })
})

describe('what it finds', () => {
  it('an experiment step whose analysis is Inconclusive makes Experiments without end (seen while recording)', () => {
    const experiment = {
      duration: '60s',
      templates: [{ name: 'e', specRef: 'canary' }],
      analyses: [{ name: 'a', templateName: 'rate', requiredForCompletion: true }],
    }
    const manifests = [
      rolloutOf({ canary: { steps: [{ setWeight: 20 }, { experiment }, { setWeight: 60 }] } }),
      analysisTemplate,
    ]
    const { counterexamples } = tryStrategy(manifests, {
      runs: 20,
      seed: 3,
      invariants: knownInvariants.filter(({ id }) => id === 'L3'),
    })
    expect(counterexamples.find(({ invariant }) => invariant === 'L3')?.seen).toMatch(/Experiments for one step/)
  })

  it('an aborted canary behind a router switches its Service to and fro (AR#3078)', () => {
    const invariants = knownInvariants.filter(({ id }) => id === 'L3')
    const { counterexamples } = tryStrategy([rolloutOf({ canary: { ...nginx, steps } })], { runs: 20, invariants })
    expect(counterexamples.find(({ invariant }) => invariant === 'L3')?.seen).toMatch(
      /there and back in one decision: selectPods/,
    )
  })
})

describe('which sentence a run breaks', () => {
  it('a sentence that holds where its run is repeated has no counterexample, and fails no check', () => {
    let asked = 0
    const moody = never('moody', () => ++asked === 5)
    expect(tryStrategy(canary, { invariants: [moody], runs: 3 })).toMatchObject({ passed: true, counterexamples: [] })
  })

  it('two sentences of one id are one', () => {
    const twice = [1, 2].map(() => never('canary above 10 %', (now) => now.weight.canary > 10))
    const { counterexamples } = tryStrategy(canary, { invariants: twice, runs: 5 })
    expect(counterexamples.map(({ invariant }) => invariant)).toEqual(['canary above 10 %'])
  })

  it('each has a run that breaks it, also where the run breaks another one before', () => {
    const invariants = [10, 30].map((most) => never(`above ${most} %`, (now) => now.weight.canary > most))
    const { counterexamples } = tryStrategy(canary, { invariants, runs: 10 })
    expect(counterexamples.map(({ invariant }) => invariant).sort()).toEqual(['above 10 %', 'above 30 %'])
    for (const { invariant, scenario } of counterexamples) {
      const own = invariants.filter(({ id }) => id === invariant)
      expect(replayScenario(canary, scenario, { invariants: own }).counterexample?.invariant).toBe(invariant)
    }
  })
})
