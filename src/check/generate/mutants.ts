import * as fc from 'fast-check'
import type { WorldDeed, WorldEvent } from '../../simulate/worldEvent'
import type { StrategyFacts } from '../facts'
import { isStrange } from './disturbances'
import type { RunPlan } from './runPlan'
import { runPlans } from './scenarios'
import { deedsOf, type WideScenarios } from './someEvents'

/** A run that is worth to be changed, and the seconds in which something happened in it. */
export interface KeptRun {
  readonly plan: RunPlan
  readonly moments: readonly number[]
}

/** Changes a run. */
type Change = (run: KeptRun) => RunPlan

/** What is due right after, in the next second, or once something slow has begun. */
const laterSeconds = fc.constantFrom(0, 0, 1, 2, 5, 10, 20, 35, 60)

const picked = <T>(all: readonly T[], place: number): T | undefined => all[place % Math.max(1, all.length)]

/**
 * Runs that differ a little from one of the given runs: an event more or less, or at another moment, which is one at
 * which something happened; another router, other pods or verdicts; the events of two runs together.
 */
export function mutants(facts: StrategyFacts, kept: readonly KeptRun[], wide?: WideScenarios): fc.Arbitrary<RunPlan> {
  const [first] = kept
  if (!first) return runPlans(facts, wide)
  const place = fc.nat({ max: kept.length - 1 })
  return fc
    .record({ place, changes: fc.array(changesOf(facts, kept, wide), { minLength: 1, maxLength: 3, size: 'max' }) })
    .map(({ place: at, changes }) => {
      const run = kept[at] ?? first
      return changes.reduce((plan, change) => change({ ...run, plan }), run.plan)
    })
}

function changesOf(
  facts: StrategyFacts,
  kept: readonly KeptRun[],
  wide: WideScenarios | undefined,
): fc.Arbitrary<Change> {
  const place = fc.nat({ max: 1000 })
  const deeds = Object.entries(deedsOf(facts, wide)).map(([name, arbitrary]) => ({
    arbitrary: arbitrary as fc.Arbitrary<WorldDeed>,
    weight: isStrange(name) ? 1 : 4,
  }))
  const deed = fc.oneof(...deeds)
  const fresh = runPlans(facts, wide)
  return fc.oneof(
    { arbitrary: fc.tuple(place, laterSeconds, deed).map((drawn) => withEvent(...drawn)), weight: 5 },
    { arbitrary: fc.tuple(place, place, laterSeconds).map((drawn) => withMoved(...drawn)), weight: 2 },
    { arbitrary: place.map(withoutEvent), weight: 1 },
    { arbitrary: fc.tuple(fc.constantFrom(...worldParts), fresh).map((drawn) => withPart(...drawn)), weight: 3 },
    { arbitrary: place.map((at) => together(picked(kept, at))), weight: 1 },
  )
}

const momentOf = ({ moments }: KeptRun, place: number, later: number): number =>
  Math.max(1, (picked(moments, place) ?? 10) + later)

const withEvents = (plan: RunPlan, events: readonly WorldEvent[]): RunPlan => ({ ...plan, events })

const withEvent =
  (place: number, later: number, deed: WorldDeed): Change =>
  (run) =>
    withEvents(run.plan, [...run.plan.events, { atSeconds: momentOf(run, place, later), ...deed } as WorldEvent])

const withMoved =
  (which: number, place: number, later: number): Change =>
  (run) => {
    const moved = picked(run.plan.events, which)
    const atSeconds = momentOf(run, place, later)
    return withEvents(
      run.plan,
      run.plan.events.map((event) => (event === moved ? { ...event, atSeconds } : event)),
    )
  }

const withoutEvent =
  (which: number): Change =>
  ({ plan }) => {
    const gone = picked(plan.events, which)
    return withEvents(
      plan,
      plan.events.filter((event) => event !== gone),
    )
  }

/** What a run has beside its events, in parts that belong together. */
const worldParts: readonly (readonly (keyof RunPlan)[])[] = [
  ['firstInstall'],
  ['readyAfterSeconds', 'startEverySeconds'],
  ['failingStable'],
  ['router'],
  ['points'],
  ['points'],
  ['promotesFrom'],
  ['waits'],
]

const withPart =
  (names: readonly (keyof RunPlan)[], fresh: RunPlan): Change =>
  ({ plan }) => ({ ...plan, ...Object.fromEntries(names.map((name) => [name, fresh[name]])) })

const together =
  (other: KeptRun | undefined): Change =>
  ({ plan }) =>
    other ? withEvents(plan, [...plan.events, ...other.plan.events].slice(0, mostEvents)) : plan

const mostEvents = 16
