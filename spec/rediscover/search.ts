import { knownInvariants } from '../../src/check/catalog'
import { type SavedCorpus, startCorpus } from '../../src/check/corpus'
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
const mostChanges = 200
/** The same for reconciles, most of which change nothing. */
const maxReconciles = 2500

/** Small worlds are cheap. */
const ranges = { mostReplicas: 12, mostSteps: 7, mostSeconds: 90 }

const object = (apiVersion: string, kind: string, name: string, spec: object): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
})

const ingress = (name: string, service: string): KubeObject => {
  const backend = { service: { name: service, port: { name: 'use-annotation' } } }
  const rules = [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }]
  return object('networking.k8s.io/v1', 'Ingress', name, { rules })
}

const virtualService = (name: string, hosts: readonly [string, string]): KubeObject => {
  const route = hosts.map((host, index) => ({ destination: { host }, weight: index === 0 ? 100 : 0 }))
  return object('networking.istio.io/v1', 'VirtualService', name, { hosts: ['*'], http: [{ route }] })
}

/** Of every role and router, so that another strategy finds its own. */
const others: readonly KubeObject[] = [
  ...['canary', 'stable', 'ping', 'pong', 'active', 'preview', 'root'].map((role) =>
    object('v1', 'Service', `web-${role}`, { selector: { app: 'web' }, ports: [{ port: 80 }] }),
  ),
  ingress('web-nginx', 'web-stable'),
  ingress('web-alb', 'web-root'),
  virtualService('web', ['web-stable', 'web-canary']),
  virtualService('web-ping-pong', ['web-ping', 'web-pong']),
]

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
  /** Turns of the run: what it costs to try others like it. */
  readonly turns: number
}

/** Where a search is, to go on another day. */
export interface SearchState {
  readonly round: number
  readonly corpus: SavedCorpus<Kept>
}

export interface Search {
  /** The violations of the next runs. */
  readonly next: () => readonly Hit[]
  readonly state: () => SearchState
}

type Manifests = readonly KubeObject[]

interface Drawn {
  readonly facts: StrategyFacts
  readonly plans: readonly RunPlan[]
}

const choices = fc.record({
  isNew: fc.boolean(),
  isEdited: fc.boolean(),
  at: fc.nat(),
  instead: fc.nat(),
  other: fc.nat(),
})

/** Violations of generated Rollouts in generated worlds, without an end; everything follows from the seed. */
export function startSearch(controller: ControllerVersion, seed: number, saved?: SearchState): Search {
  const corpus = startCorpus<Kept>(saved?.corpus)
  let round = saved?.round ?? 0
  const draw = <T>(values: fc.Arbitrary<T>, numRuns = 1): readonly T[] =>
    fc.sample(fc.noBias(values), { numRuns, seed: seed + round })
  const factsOf = (manifests: Manifests): StrategyFacts | undefined =>
    findFacts(manifests, undefined, { controller }).facts

  /** Runs of a new Rollout. */
  function fresh(): Drawn | undefined {
    const [drawn] = draw(rollouts(ranges))
    const facts = factsOf([...(drawn ?? []), ...others])
    return facts && { facts, plans: draw(runPlans(facts, wideFor(facts)), runsPerRollout) }
  }

  /** Runs like one that reached something new, of the same Rollout or of one that is a little different. */
  function changed({ facts, ...run }: Kept, other: Kept, isEdited: boolean): Drawn {
    const own = (isEdited && edited(facts)) || facts
    return { facts: own, plans: draw(mutants(own, [run, run, other], wideFor(own)), runsPerRollout) }
  }

  function edited({ manifests }: StrategyFacts): StrategyFacts | undefined {
    const [rollout, ...others] = manifests as Manifests
    const [next] = rollout ? draw(rolloutEdits(rollout, ranges)) : []
    return next && factsOf([next, ...others])
  }

  function drawn(): Drawn | undefined {
    const kept = corpus.kept()
    const [choice] = draw(choices)
    const [one, instead] = [choice?.at, choice?.instead].map((at) => kept[(at ?? 0) % kept.length])
    // Of two, the shorter one: long runs cost much and hide what matters in them.
    const parent = one && instead && instead.turns < one.turns ? instead : one
    const other = kept[(choice?.other ?? 0) % kept.length]
    return !parent || !other || choice?.isNew ? fresh() : changed(parent, other, choice?.isEdited === true)
  }

  function hitsOf(facts: StrategyFacts, plan: RunPlan): readonly Hit[] {
    const scenario = scenarioOf(facts, plan)
    const run = runWhole({ ...facts, maxReconciles }, scenario, knownInvariants, mostChanges)
    corpus.note({ plan, facts, turns: run.states.length }, scenario, run.states)
    const manifests = facts.manifests as Manifests
    return run.violations.map((violation) => ({ manifests, facts, scenario, run, violation, round }))
  }

  return {
    next: () => {
      const { facts, plans = [] } = drawn() ?? {}
      const hits = facts ? plans.flatMap((plan) => hitsOf(facts, plan)) : []
      round++
      return hits
    },
    state: () => ({ round, corpus: corpus.saved() }),
  }
}
