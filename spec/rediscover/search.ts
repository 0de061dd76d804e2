import { knownInvariants } from '../../src/check/catalog'
import { startCorpus } from '../../src/check/corpus'
import { findFacts, installedRollout, type StrategyFacts } from '../../src/check/facts'
import { type KeptRun, mutants } from '../../src/check/generate/mutants'
import { readRanges } from '../../src/check/generate/ranges'
import { rolloutEdits } from '../../src/check/generate/rolloutEdits'
import { rollouts, strategies } from '../../src/check/generate/rollouts'
import { type RunPlan, scenarioOf } from '../../src/check/generate/runPlan'
import { runPlans } from '../../src/check/generate/scenarios'
import type { WideScenarios } from '../../src/check/generate/someEvents'
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
  /** The Rollout is the one of the seed plus this number, or comes from those before it. */
  readonly round: number
}

const runsPerRollout = 3
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

/** A run that reached something new, and its Rollout. */
interface Kept extends KeptRun {
  readonly facts: StrategyFacts
}

type Manifests = readonly KubeObject[]

/** Violations of generated Rollouts in generated worlds, without an end; everything follows from the seed. */
export function* search(controller: ControllerVersion, seed: number): Generator<Hit | 'nothing'> {
  const corpus = startCorpus<Kept>()
  const draw = <T>(values: fc.Arbitrary<T>, round: number, numRuns: number): readonly T[] =>
    fc.sample(values, { numRuns, seed: seed + round })

  function plansOf(round: number): { readonly facts: StrategyFacts; readonly plans: readonly RunPlan[] } | undefined {
    const kept = corpus.kept()
    const [chosen] = draw(fc.record({ isNew: fc.boolean(), isEdited: fc.nat(3), at: fc.nat(), with: fc.nat() }), round, 1)
    const [parent, other] = [kept[(chosen?.at ?? 0) % kept.length], kept[(chosen?.with ?? 0) % kept.length]]
    if (!parent || !other || chosen?.isNew) {
      const [drawn] = draw(fc.noBias(rollouts(ranges)), round, 1)
      const { facts } = findFacts([...(drawn ?? []), ...services], undefined, { controller })
      return facts && { facts, plans: draw(runPlans(facts, wideFor(facts)), round, runsPerRollout) }
    }
    const facts = chosen?.isEdited === 0 ? (edited(parent.facts, round) ?? parent.facts) : parent.facts
    return { facts, plans: draw(fc.noBias(mutants(facts, [parent, parent, other], wideFor(facts))), round, runsPerRollout) }
  }

  /** The facts of a Rollout that is a little different. */
  function edited({ manifests }: StrategyFacts, round: number): StrategyFacts | undefined {
    const [rollout, ...others] = manifests as Manifests
    const [next] = rollout ? draw(fc.noBias(rolloutEdits(rollout, ranges)), round, 1) : []
    return next && findFacts([next, ...others], undefined, { controller }).facts
  }

  for (let round = 0; ; round++) {
    const { facts, plans = [] } = plansOf(round) ?? {}
    for (const plan of facts ? plans : []) {
      if (!facts) break
      const scenario = scenarioOf(facts, plan)
      const run = runWhole(facts, scenario, knownInvariants, mostTurns)
      corpus.note({ plan, facts }, scenario, run.states)
      const manifests = facts.manifests as Manifests
      for (const violation of run.violations) yield { manifests, facts, scenario, run, violation, round }
      yield 'nothing'
    }
    yield 'nothing'
  }
}
