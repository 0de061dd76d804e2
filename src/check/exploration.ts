import * as fc from 'fast-check'
import { startCorpus } from './corpus'
import { type Coverage, coverageNotes } from './coverage'
import type { StrategyFacts } from './facts'
import { type KeptRun, mutants } from './generate/mutants'
import { planFrom, type RunPlan } from './generate/runPlan'
import { aimedPlans, runPlans } from './generate/scenarios'
import type { Run, Scenario } from './scenario'
import { unreachedBy } from './unreached'

/** A plan, and whether it is another run that was changed: such a one does not shrink by itself. */
export interface DrawnPlan {
  readonly plan: RunPlan
  readonly isChanged: boolean
}

/** Which runs are tried next, by what those before reached. */
export interface Exploration {
  readonly facts: StrategyFacts
  readonly plans: () => fc.Arbitrary<DrawnPlan>
  readonly note: (plan: RunPlan, scenario: Scenario, run: Run) => void
  readonly results: () => { readonly coverage: Coverage; readonly kept: readonly Scenario[] }
}

interface Kept extends KeptRun {
  readonly scenario: Scenario
}

/** Of the runs, the last ones try for what no run has reached. */
const aimedShare = 0.1

/**
 * First the given runs, then new ones and changed ones of those that reached something new, and at the end runs for
 * what is still unreached.
 */
export function startExploration(facts: StrategyFacts, given: readonly Scenario[], runs: number): Exploration {
  const corpus = startCorpus<Kept>()
  const notes = coverageNotes()
  const aimedFrom = runs - Math.floor(runs * aimedShare)
  let noted = 0
  const drawn = (plans: fc.Arbitrary<RunPlan>, isChanged = false): fc.Arbitrary<DrawnPlan> =>
    plans.map((plan) => ({ plan, isChanged }))

  function next(): fc.Arbitrary<DrawnPlan> {
    const saved = given[noted]
    if (saved) return drawn(fc.constant(planFrom(facts, saved)), true)
    const targets = noted < aimedFrom ? [] : unreachedBy(facts, notes.coverage())
    const target = targets[noted % Math.max(1, targets.length)]
    if (target) return drawn(aimedPlans(facts, target))
    const kept = corpus.kept()
    const fresh = drawn(runPlans(facts))
    return kept.length === 0
      ? fresh
      : fc.oneof(
          { arbitrary: fresh, weight: 2 },
          { arbitrary: drawn(fc.noShrink(mutants(facts, kept)), true), weight: 1 },
        )
  }

  return {
    facts,
    plans: () => fc.constant(undefined).chain(next),
    note: (plan, scenario, run) => {
      noted++
      notes.note(scenario, run)
      corpus.note({ plan, scenario }, scenario, run.states)
    },
    results: () => {
      const coverage = notes.coverage()
      const unreached = unreachedBy(facts, coverage).map(({ name }) => name)
      return { coverage: { ...coverage, unreached }, kept: corpus.kept().map(({ scenario }) => scenario) }
    },
  }
}
