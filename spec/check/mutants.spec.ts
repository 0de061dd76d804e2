import { describe, expect, test } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { findFacts } from '../../src/check/facts'
import { scenarios } from '../../src/check/generate/scenarios'
import { runScenario } from '../../src/check/scenario'

import { fc } from '../properties/fc'
import { type Mutant, mutants } from './mutants'

// An engine with a defect is tried like any other: random runs have to notice it, by the invariant that is about it.

const seeds = [1, 4, 2, 3, 13]
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
})
