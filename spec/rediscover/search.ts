import { knownInvariants } from '../../src/check/catalog'
import { findFacts, installedRollout, type StrategyFacts } from '../../src/check/facts'
import { readRanges } from '../../src/check/generate/ranges'
import { rolloutEdits } from '../../src/check/generate/rolloutEdits'
import { rollouts, strategies } from '../../src/check/generate/rollouts'
import { scenarios, type WideScenarios } from '../../src/check/generate/scenarios'
import type { Violation } from '../../src/check/invariant'
import { type Run, runWhole, type Scenario } from '../../src/check/scenario'
import { type ControllerVersion, controllerVersions } from '../../src/model/controllerVersion'
import { givenObject } from '../../src/model/given'
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
const mostTurns = 300

/** Small worlds are cheap. */
const ranges = { mostReplicas: 12, mostSteps: 4, mostSeconds: 90 }

/** Of every role, so that another strategy finds its own. */
const services = ['canary', 'stable', 'ping', 'pong', 'active', 'preview'].map(
  (role): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `web-${role}`, namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  }),
)

function wideFor(facts: StrategyFacts): WideScenarios | undefined {
  const rollout = installedRollout(facts)
  if (!rollout) return undefined
  const switched = strategies(readRanges(ranges)).map(
    (strategy): KubeObject => ({ ...rollout, spec: { ...givenObject(rollout.spec), strategy } }),
  )
  return { edits: fc.oneof(rolloutEdits(rollout, ranges), switched), controllers: controllerVersions }
}

/** Violations of generated Rollouts in generated worlds, without an end; everything follows from the seed. */
export function* search(controller: ControllerVersion, seed: number): Generator<Hit | 'nothing'> {
  for (let round = 0; ; round++) {
    const [drawn] = fc.sample(fc.noBias(rollouts(ranges)), { numRuns: 1, seed: seed + round })
    const manifests = [...(drawn ?? []), ...services]
    const { facts } = findFacts(manifests, undefined, { controller })
    if (!facts) {
      yield 'nothing'
      continue
    }
    for (const scenario of fc.sample(scenarios(facts, wideFor(facts)), {
      numRuns: runsPerRollout,
      seed: seed + round,
    })) {
      const run = runWhole(facts, scenario, knownInvariants, mostTurns)
      for (const violation of run.violations) yield { manifests, facts, scenario, run, violation, round }
      yield 'nothing'
    }
  }
}
