import * as fc from 'fast-check'
import type { SeriesPoint } from '../../model/series'
import type { RouterModel } from '../../simulate/router'
import type { SimulatedCommand, WorldDeed, WorldEvent } from '../../simulate/worldEvent'
import { longestLagSeconds, type StrategyFacts } from '../facts'
import type { Scenario } from '../scenario'
import { type Disturbance, disturbancesOfRun } from './disturbances'
import { type RunPlan, scenarioOf, type TimedPoint } from './runPlan'
import { type DeedName, deedsOf, imageOf, momentsOf, updateKinds, type WideScenarios } from './someEvents'

const verdicts = ['Successful', 'Failed', 'Error', 'Inconclusive'] as const

/** What providers answer without data: nothing, a list without elements, not a number. */
const noData: readonly SeriesPoint[] = [{ value: null }, { value: [] }, { value: Number.NaN }]

/**
 * Runs of one strategy, from a single update without disturbances to everything at once; they shrink towards the
 * former.
 */
export const scenarios = (facts: StrategyFacts, wide?: WideScenarios): fc.Arbitrary<Scenario> =>
  runPlans(facts, wide).map((plan) => scenarioOf(facts, plan))

/**
 * The same, before their ends are worked out. Without bias: the first ones would be in a world where nothing happens.
 */
export const runPlans = (facts: StrategyFacts, wide?: WideScenarios): fc.Arbitrary<RunPlan> =>
  fc.noBias(ingredients(facts, wide).map((chosen) => planOf(facts, chosen)))

/** What a run is made for. */
export interface Aim {
  /** Only these disturbances. */
  readonly on: readonly Disturbance[]
  readonly command?: SimulatedCommand
}

/** Runs that are likely to reach something. */
export const aimedPlans = (facts: StrategyFacts, { on, command }: Aim): fc.Arbitrary<RunPlan> =>
  fc.noBias(
    fc.tuple(ingredients(facts, undefined), momentsOf(facts)).map(([chosen, atSeconds]) => {
      const plan = planOf(facts, { ...chosen, on })
      return command === undefined ? plan : { ...plan, events: [...plan.events, { atSeconds, command }] }
    }),
  )

type Ingredients = ReturnType<typeof ingredients> extends fc.Arbitrary<infer Drawn> ? Drawn : never

/** How many of each may come in a run. */
const mostOf: Readonly<Partial<Record<DeedName, number>>> = {
  updates: 3,
  commands: 4,
  lostPods: 3,
  scaling: 2,
  crashes: 3,
  stale: 2,
  lostEvents: 2,
  repeats: 2,
  clockSteps: 2,
  otherWriters: 2,
}

/** Of these half of the runs have two kinds only: some things show where nothing else comes after them. */
const swarming: ReadonlySet<string> = new Set<DeedName>(['updates', 'commands'])

/** Deeds at their moments; in half of the runs all of them are among two that are drawn first. */
function ofFewKinds(
  atSeconds: fc.Arbitrary<number>,
  deed: fc.Arbitrary<WorldDeed>,
  maxLength: number | undefined,
): fc.Arbitrary<readonly WorldEvent[]> {
  return fc
    .tuple(
      fc.boolean(),
      fc.tuple(deed, deed),
      fc.array(fc.tuple(atSeconds, deed), maxLength === undefined ? {} : { maxLength }),
    )
    .map(([isSwarm, few, drawn]) =>
      drawn.map(([second, own], index) => ({ atSeconds: second, ...(isSwarm ? few[index % 2] : own) }) as WorldEvent),
    )
}

function ingredients(facts: StrategyFacts, wide: WideScenarios | undefined) {
  const atSeconds = momentsOf(facts)
  const timed = (deed: fc.Arbitrary<WorldDeed>): fc.Arbitrary<WorldEvent> =>
    fc.tuple(atSeconds, deed).map(([second, done]) => ({ atSeconds: second, ...done }) as WorldEvent)
  const deeds = Object.entries(deedsOf(facts, wide)).map(([name, any]) => {
    const [deed, maxLength] = [any as fc.Arbitrary<WorldDeed>, mostOf[name as DeedName]]
    if (swarming.has(name)) return [name, ofFewKinds(atSeconds, deed, maxLength)] as const
    const one = timed(deed)
    return [name, maxLength === undefined ? one.map((event) => [event]) : fc.array(one, { maxLength })] as const
  })
  return fc.record({
    on: disturbancesOfRun(wide !== undefined),
    first: fc.constantFrom(...updateKinds.filter((kind) => kind !== 'stable')),
    deeds: fc.record<Readonly<Record<string, readonly WorldEvent[]>>>(Object.fromEntries(deeds)),
    readyAfterSeconds: fc.integer({ min: 0, max: facts.slowestReadySeconds }),
    startEverySeconds: fc.integer({ min: 0, max: 5 }),
    refusal: fc.record({ fromSeconds: atSeconds, forSeconds: fc.integer({ min: 1, max: 900 }) }),
    lagSeconds: fc.integer({ min: 0, max: longestLagSeconds }),
    verifies: fc.boolean(),
    promotesFrom: atSeconds,
    failing: fc.record({ afterSeconds: atSeconds, isRefused: fc.boolean() }),
    points: pointsOf(facts, atSeconds),
  })
}

/** An analysis with one measurement can fail only at one moment, so half of the verdicts are valid from the start. */
function pointsOf({ metrics }: StrategyFacts, atSeconds: fc.Arbitrary<number>) {
  const points = [...verdicts.map((phase): SeriesPoint => ({ phase })), ...noData]
  const verdict = fc.record({
    atSeconds: fc.oneof(fc.constant(1), atSeconds),
    point: fc.constantFrom(...points),
  })
  const each = metrics.map((metric) => [metric, fc.array(verdict, { maxLength: 3 })] as const)
  return fc.record<Readonly<Record<string, readonly TimedPoint[]>>>(Object.fromEntries(each))
}

const firstUpdateSeconds = 10

function planOf(facts: StrategyFacts, chosen: Ingredients): RunPlan {
  const { on, deeds, readyAfterSeconds, startEverySeconds, failing } = chosen
  const has = (disturbance: Disturbance): boolean => on.includes(disturbance)
  const first = { atSeconds: firstUpdateSeconds, image: imageOf(facts, has('updates') ? chosen.first : 'good', 1) }
  const isSlow = has('slowPods')
  const later = on.flatMap((disturbance) => deeds[disturbance] ?? [])
  const isAfterUpdate = has('afterUpdate')
  return {
    firstInstall: has('firstInstall'),
    events: [first, ...(isAfterUpdate ? delayed(later, facts) : later)],
    readyAfterSeconds: isSlow ? readyAfterSeconds : 0,
    startEverySeconds: isSlow ? startEverySeconds : 0,
    ...(has('failingStable') && { failingStable: failing }),
    router: routerOf(facts, chosen, has),
    points: has('verdicts') ? chosen.points : {},
    ...(has('people') && { promotesFrom: chosen.promotesFrom }),
    ...(isAfterUpdate && { promotesFrom: firstUpdateSeconds }),
    waits: has('longWait'),
  }
}

/** Nobody waits for an update of weeks. */
const longestDelaySeconds = 7200

/** What comes once the first update is over: the next one, or the way back. */
const delayed = (events: readonly WorldEvent[], { updateSeconds }: StrategyFacts): readonly WorldEvent[] =>
  events.map((event) => ({
    ...event,
    atSeconds: (event.atSeconds ?? 0) + Math.min(updateSeconds, longestDelaySeconds),
  }))

function routerOf(
  { routed }: StrategyFacts,
  { lagSeconds, verifies, refusal: { fromSeconds, forSeconds } }: Ingredients,
  has: (disturbance: Disturbance) => boolean,
): RouterModel {
  return {
    lagSeconds: has('routerLag') ? lagSeconds : 0,
    verifies,
    ...(has('routerLies') && { lies: true }),
    ...(has('routerRefuses') && routed && { refuses: { fromSeconds, untilSeconds: fromSeconds + forSeconds } }),
  }
}
