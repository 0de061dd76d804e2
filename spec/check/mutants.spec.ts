import { describe, expect, test } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { findFacts } from '../../src/check/facts'
import { scenarios } from '../../src/check/generate/scenarios'
import { runScenario, type Scenario } from '../../src/check/scenario'
import type { Reducers } from '../../src/simulate/reducers'
import { fc } from '../properties/fc'
import { type Mutant, mutants } from './mutants'

// An engine with a defect is tried like any other: random runs have to notice it, by the invariant that is about it.

/** Each of them is enough; the second is a reserve for generators that change. */
const seeds = [2, 3]
const mostRuns = 75

/** A run in which the mutant breaks the sentence, and the engine without the defect keeps it. */
function isNoticed({ invariant, manifests, reducers }: Mutant): boolean {
  const { facts, issues } = findFacts(manifests, undefined, {})
  if (!facts) throw new Error(JSON.stringify(issues))
  const invariants = knownInvariants.filter(({ id }) => id === invariant)
  const runs = (seed: number) => fc.sample(scenarios(facts), { numRuns: mostRuns, seed })
  return seeds.some((seed) =>
    runs(seed).some(
      (scenario) =>
        runScenario(facts, scenario, invariants, reducers).violation !== undefined &&
        runScenario(facts, scenario, invariants).violation === undefined,
    ),
  )
}

describe('defects of an engine are noticed', () => {
  test.for(mutants)('$invariant: $what', (mutant) => expect(isNoticed(mutant)).toBe(true))

  // Judges read the spec of the cluster: an engine that wrote another deadline there would be judged by that one.
  test.for(mutants)('and leave the spec as users write it: $what', ({ manifests, reducers }) => {
    const { facts } = findFacts(manifests, undefined, {})
    if (!facts) throw new Error('no facts')
    const [scenario] = fc.sample(scenarios(facts), { numRuns: 1, seed: 1 })
    const specOf = (engine?: Reducers) => {
      const install = { ...(scenario as Scenario), firstInstall: true }
      const { strategy, progressDeadlineSeconds } =
        runScenario(facts, install, [], engine).states.at(-1)?.rollout?.spec ?? {}
      return { strategy, progressDeadlineSeconds }
    }
    expect(specOf(reducers)).toEqual(specOf())
  })
})
