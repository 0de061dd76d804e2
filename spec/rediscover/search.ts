import { knownInvariants } from '../../src/check/catalog'
import { findFacts, type StrategyFacts } from '../../src/check/facts'
import { rollouts } from '../../src/check/generate/rollouts'
import { scenarios } from '../../src/check/generate/scenarios'
import type { Violation } from '../../src/check/invariant'
import { type Run, runWhole, type Scenario } from '../../src/check/scenario'
import type { ControllerVersion } from '../../src/model/controllerVersion'
import type { KubeObject } from '../../src/model/meta'
import { fc } from '../properties/fc'

/** A run of a generated Rollout in which a sentence does not hold. */
export interface Hit {
  readonly manifests: readonly KubeObject[]
  readonly facts: StrategyFacts
  readonly scenario: Scenario
  readonly run: Pick<Run, 'states'>
  readonly violation: Violation
  /** The Rollout is the one of the seed plus this number. */
  readonly round: number
}

const runsPerRollout = 4

/** Violations of generated Rollouts in generated worlds, without an end; everything follows from the seed. */
export function* search(controller: ControllerVersion, seed: number): Generator<Hit | 'nothing'> {
  for (let round = 0; ; round++) {
    const [manifests] = fc.sample(fc.noBias(rollouts()), { numRuns: 1, seed: seed + round })
    const { facts } = manifests ? findFacts(manifests, undefined, { controller }) : {}
    if (!manifests || !facts) {
      yield 'nothing'
      continue
    }
    for (const scenario of fc.sample(scenarios(facts), { numRuns: runsPerRollout, seed: seed + round })) {
      const run = runWhole(facts, scenario, knownInvariants)
      for (const violation of run.violations) yield { manifests, facts, scenario, run, violation, round }
      yield 'nothing'
    }
  }
}
