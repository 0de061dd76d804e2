import { describe, expect, test } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { findFacts } from '../../src/check/facts'
import { scenarios } from '../../src/check/generate/scenarios'
import { runScenario } from '../../src/check/scenario'

import { fc } from '../properties/fc'
import { type Mutant, mutants } from './mutants'

// An engine with a defect is tried like any other: random runs have to notice it, by the invariant that is about it.

const mostRuns = 150

/** The run of the mutant that breaks the sentence first, and whether the engine without the defect breaks it there too. */
function noticed({ invariant, manifests, reducers }: Mutant): { readonly run: number; readonly isOwn: boolean } {
  const { facts, issues } = findFacts(manifests, undefined, {})
  if (!facts) throw new Error(JSON.stringify(issues))
  const invariants = knownInvariants.filter(({ id }) => id === invariant)
  const runs = fc.sample(scenarios(facts), { numRuns: mostRuns, seed: 18 }).filter((scenario) => !scenario.firstInstall)
  const run = runs.findIndex((scenario) => runScenario(facts, scenario, invariants, reducers).violation)
  const scenario = runs[run]
  return { run, isOwn: scenario !== undefined && runScenario(facts, scenario, invariants).violation !== undefined }
}

describe('defects of an engine are noticed', () => {
  test.for(mutants)('$invariant: $what', (mutant) => {
    const { run, isOwn } = noticed(mutant)
    expect(run).toBeGreaterThanOrEqual(0)
    expect(isOwn).toBe(false)
  })
})
